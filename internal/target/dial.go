package target

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/exchange"
)

// dialer returns the dialer of a run. With loopbackOnly it connects to no address beyond loopback, whatever name was
// resolved to it.
func dialer(timeout time.Duration, loopbackOnly bool) *net.Dialer {
	dial := &net.Dialer{Timeout: timeout, KeepAlive: -1}
	if loopbackOnly {
		dial.ControlContext = exchange.LoopbackOnly
	}
	return dial
}

// speaking returns a dial function for connections on which the client speaks first. Names under localhost are
// this machine: what may go to it in clear text is not left to a name server.
func speaking(dial *net.Dialer) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if host, port, err := net.SplitHostPort(address); err == nil && config.Localhost(host) {
			address = net.JoinHostPort("localhost", port)
		}
		connection, err := dial.DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &conn{Conn: connection, spoken: make(chan struct{})}, nil
	}
}

// conn is a connection of which nothing is read until something was written to it. A transport that reads sooner takes
// an early greeting or an early end for something between two requests: it prints the one to the standard log, and
// reports the other in words of its own.
type conn struct {
	net.Conn
	once   sync.Once
	spoken chan struct{}
}

func (c *conn) speak() { c.once.Do(func() { close(c.spoken) }) }

func (c *conn) Read(into []byte) (int, error) {
	<-c.spoken
	return c.Conn.Read(into)
}

func (c *conn) Write(text []byte) (int, error) {
	c.speak()
	return c.Conn.Write(text)
}

func (c *conn) Close() error {
	c.speak()
	return c.Conn.Close()
}
