package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// mostBody is how many bytes of a body are taken; the samples send far less.
const mostBody = 64 << 10

// call is one request to the endpoint, byte by byte, and the status that it was answered with; 0 where it was not.
type call struct {
	raw    []byte
	status int
}

// recorder stands before an endpoint and keeps the calls that it gets.
type recorder struct {
	endpoint http.Handler
	mutex    sync.Mutex
	kept     []call
}

// connectionKey is where a request's context holds its connection.
type connectionKey struct{}

// ServeHTTP keeps a request and hands it on.
func (r *recorder) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, request.Body, mostBody))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	connection, tapping := request.Context().Value(connectionKey{}).(*tapped)
	if !tapping {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	r.mutex.Lock()
	number := len(r.kept)
	// There is one request to a connection, and it has been read to its end.
	r.kept = append(r.kept, call{raw: connection.bytes()})
	r.mutex.Unlock()
	answered := func(status int) {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.kept[number].status = status
	}
	handed := request.Clone(request.Context())
	handed.Body = io.NopCloser(bytes.NewReader(body))
	r.endpoint.ServeHTTP(&statusWriter{ResponseWriter: w, answered: answered}, handed)
}

// calls returns what was recorded so far.
func (r *recorder) calls() []call {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.Clone(r.kept)
}

// statusWriter tells the status of an answer when it is written.
type statusWriter struct {
	http.ResponseWriter
	answered func(status int)
}

// WriteHeader tells the status and writes it.
func (s *statusWriter) WriteHeader(status int) {
	s.answered(status)
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

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

// headerTimeout bounds how long a client may take over a request's header; clients may open connections in advance.
const headerTimeout = 20 * time.Second

// site is a server on a loopback port of its own. Close it.
type site struct {
	url    string // without a slash at its end
	server *http.Server
	served chan struct{}
}

// open serves a handler. Each connection is for one request.
func open(ctx context.Context, handler http.Handler) (*site, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("no port on loopback can be opened for a client to come to: free some, or let this command listen on 127.0.0.1")
	}
	s := &site{url: "http://" + listener.Addr().String(), served: make(chan struct{})}
	s.server = &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ErrorLog:          log.New(io.Discard, "", 0),
		ConnContext: func(ctx context.Context, connection net.Conn) context.Context {
			return context.WithValue(ctx, connectionKey{}, connection)
		},
	}
	s.server.SetKeepAlivesEnabled(false)
	go func() {
		defer close(s.served)
		_ = s.server.Serve(tap{listener}) // it returns when it is closed
	}()
	return s, nil
}

// close ends the server and cuts what is under way.
func (s *site) close() {
	_ = s.server.Close() // says no more than that a connection was closed already
	<-s.served
}
