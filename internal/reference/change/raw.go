package change

import (
	"bytes"
	"fmt"
	"net"
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

// Draft is a whole answer before it goes out. It is an http.ResponseWriter.
type Draft struct {
	Status int
	Body   bytes.Buffer
	header http.Header
}

// NewDraft returns an answer to which nothing is written yet.
func NewDraft() *Draft { return &Draft{header: http.Header{}, Status: http.StatusOK} }

// Header returns the header fields (http.ResponseWriter).
func (d *Draft) Header() http.Header { return d.header }

// WriteHeader notes the status (http.ResponseWriter).
func (d *Draft) WriteHeader(status int) { d.Status = status }

// Write notes a part of the body (http.ResponseWriter).
func (d *Draft) Write(data []byte) (int, error) { return d.Body.Write(data) }

// Sending sends answers in another way; Content-Length is not set then.
func Sending(send func(w http.ResponseWriter, d *Draft)) reference.Hooks {
	return reference.Hooks{Wrap: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodHead || r.Method == http.MethodOptions {
				next.ServeHTTP(w, r)
				return
			}
			d := NewDraft()
			next.ServeHTTP(d, r)
			d.header.Del("Content-Length")
			send(w, d)
		})
	}}
}

// Begin sends the draft's status and header.
func (d *Draft) Begin(w http.ResponseWriter) {
	for name, values := range d.header {
		w.Header()[name] = values
	}
	w.WriteHeader(d.Status)
}

// Raw sends the bytes that text makes of the draft, and closes the connection.
func Raw(text func(d *Draft) string) reference.Hooks {
	return Sending(func(w http.ResponseWriter, d *Draft) {
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

// Lines returns the header fields as they are sent, spelt by name.
func (d *Draft) Lines(name func(string) string) string {
	var lines bytes.Buffer
	for field, values := range d.header {
		for _, value := range values {
			fmt.Fprintf(&lines, "%s: %s\r\n", name(field), value)
		}
	}
	return lines.String()
}

// Opening returns the status line and the header fields as they are sent, spelt by name.
func (d *Draft) Opening(protocol string, name func(string) string) string {
	return fmt.Sprintf("%s %d %s\r\n", protocol, d.Status, http.StatusText(d.Status)) + d.Lines(name)
}
