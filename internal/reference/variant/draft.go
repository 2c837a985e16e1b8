package variant

import (
	"bytes"
	"fmt"
	"net"
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

// draft is a whole answer before it goes out. It is an http.ResponseWriter.
type draft struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header returns the header fields (http.ResponseWriter).
func (d *draft) Header() http.Header { return d.header }

// WriteHeader notes the status (http.ResponseWriter).
func (d *draft) WriteHeader(status int) { d.status = status }

// Write notes a part of the body (http.ResponseWriter).
func (d *draft) Write(data []byte) (int, error) { return d.body.Write(data) }

// sending sends answers in another way; Content-Length is not set then.
func sending(send func(w http.ResponseWriter, d *draft)) reference.Hooks {
	return reference.Hooks{Wrap: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodHead || r.Method == http.MethodOptions {
				next.ServeHTTP(w, r)
				return
			}
			d := &draft{header: http.Header{}, status: http.StatusOK}
			next.ServeHTTP(d, r)
			d.header.Del("Content-Length")
			send(w, d)
		})
	}}
}

// begin sends the draft's status and header.
func (d *draft) begin(w http.ResponseWriter) {
	for name, values := range d.header {
		w.Header()[name] = values
	}
	w.WriteHeader(d.status)
}

// raw sends the bytes that text makes of the draft, and closes the connection.
func raw(text func(d *draft) string) reference.Hooks {
	return sending(func(w http.ResponseWriter, d *draft) {
		hijacker, ok := w.(http.Hijacker)
		if !ok {
			http.Error(w, "the connection cannot be taken over", http.StatusNotImplemented)
			return
		}
		connection, _, err := hijacker.Hijack()
		if err != nil {
			return // the client has gone away
		}
		_, _ = connection.Write([]byte(text(d))) // nobody is left to tell
		shut(connection)
	})
}

// shut ends a connection in order: what was sent arrives, whatever of the request is unread.
func shut(connection net.Conn) {
	if tcp, ok := connection.(*net.TCPConn); ok {
		_ = tcp.CloseWrite() // it may be closed already
	}
	_ = connection.Close()
}

// lines returns the header fields as they are sent, spelt by name.
func (d *draft) lines(name func(string) string) string {
	var lines bytes.Buffer
	for field, values := range d.header {
		for _, value := range values {
			fmt.Fprintf(&lines, "%s: %s\r\n", name(field), value)
		}
	}
	return lines.String()
}
