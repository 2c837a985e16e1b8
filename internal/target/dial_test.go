package target

import (
	"context"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/klearstack/conformance/internal/exchange"
)

// read starts a read and returns what comes of it.
func read(from net.Conn) <-chan error {
	done := make(chan error, 1)
	go func() {
		_, err := io.ReadFull(from, make([]byte, 2))
		done <- err
	}()
	return done
}

func pending(done <-chan error) bool { return len(done) == 0 }

// pair returns both ends of a connection, of which the client's was dialled.
func pair() (client, server net.Conn) {
	near, far := net.Pipe()
	return &conn{Conn: near, spoken: make(chan struct{})}, far
}

func TestNothingIsReadBeforeSomethingIsWritten(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, server := pair()
		defer client.Close()
		defer server.Close()
		go func() { _, _ = server.Write([]byte("hi")) }() // a greeting that nobody asked for
		done := read(client)
		synctest.Wait()
		assert.True(t, pending(done), "the greeting was read before anything was written")

		go func() { _, _ = io.ReadFull(server, make([]byte, 2)) }()
		for range 2 {
			_, err := client.Write([]byte("x"))
			require.NoError(t, err)
		}
		synctest.Wait()
		require.False(t, pending(done))
		assert.NoError(t, <-done)
	})
}

func TestCloseEndsARead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client, server := pair()
		defer server.Close()
		done := read(client)
		synctest.Wait()
		require.True(t, pending(done))
		require.NoError(t, client.Close())
		assert.Error(t, <-done)
	})
}

func TestDial(t *testing.T) {
	t.Parallel()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	dial := speaking(dialer(10*time.Second, true))
	connection, err := dial(t.Context(), "tcp", listener.Addr().String())
	require.NoError(t, err)
	require.NoError(t, connection.Close())
	require.NoError(t, listener.Close())
	_, err = dial(t.Context(), "tcp", listener.Addr().String())
	assert.Error(t, err)
}

// resolver is one that gives every name an address.
func resolver(address [4]byte) *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go func() {
			defer far.Close()
			text := make([]byte, 1<<10)
			for {
				n, err := far.Read(text) // a length of two bytes, and the question
				var query dnsmessage.Message
				if err != nil || query.Unpack(text[2:n]) != nil {
					return
				}
				query.Response, query.Additionals = true, nil
				if question := query.Questions[0]; question.Type == dnsmessage.TypeA {
					query.Answers = []dnsmessage.Resource{{
						Header: dnsmessage.ResourceHeader{Name: question.Name, Class: question.Class}, Body: &dnsmessage.AResource{A: address},
					}}
				}
				reply, err := query.AppendPack([]byte{0, 0})
				if err != nil {
					return
				}
				reply[0], reply[1] = byte((len(reply)-2)>>8), byte(len(reply)-2)
				if _, err := far.Write(reply); err != nil {
					return
				}
			}
		}()
		return near, nil
	}}
}

// Where a password goes in clear text is for the address to say, not for the name.
func TestDialsLoopbackAlone(t *testing.T) {
	t.Parallel()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = listener.Close() }()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	for _, name := range []string{"staging.example.com", "localhost.example.com"} {
		here, beyond := dialer(10*time.Second, true), dialer(10*time.Second, true)
		here.Resolver, beyond.Resolver = resolver([4]byte{127, 0, 0, 1}), resolver([4]byte{192, 0, 2, 1})
		connection, err := speaking(here)(t.Context(), "tcp", net.JoinHostPort(name, port))
		require.NoError(t, err)
		require.NoError(t, connection.Close())
		_, err = speaking(beyond)(t.Context(), "tcp", net.JoinHostPort(name, port))
		require.ErrorIs(t, err, exchange.ErrBeyond)
	}
	assert.Nil(t, dialer(time.Second, false).ControlContext)
}
