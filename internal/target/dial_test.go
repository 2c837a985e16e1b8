package target

import (
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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
	dial := dialer(10 * time.Second)
	connection, err := dial(t.Context(), "tcp", listener.Addr().String())
	require.NoError(t, err)
	require.NoError(t, connection.Close())
	require.NoError(t, listener.Close())
	_, err = dial(t.Context(), "tcp", listener.Addr().String())
	assert.Error(t, err)
}
