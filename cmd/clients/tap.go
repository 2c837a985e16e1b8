package main

import (
	"net"
	"slices"
	"sync"
)

// tap is a listener whose connections keep what they receive.
type tap struct{ net.Listener }

// Accept waits for the next connection.
func (t tap) Accept() (net.Conn, error) {
	connection, err := t.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &tapped{Conn: connection}, nil
}

// tapped is a connection that keeps what it receives.
type tapped struct {
	net.Conn
	mutex    sync.Mutex
	received []byte
}

// Read keeps what it reads.
func (t *tapped) Read(into []byte) (int, error) {
	count, err := t.Conn.Read(into)
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.received = append(t.received, into[:count]...)
	return count, err
}

// bytes returns all that came so far.
func (t *tapped) bytes() []byte {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	return slices.Clone(t.received)
}
