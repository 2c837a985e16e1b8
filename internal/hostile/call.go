package hostile

import (
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Call is one connection with a request on it. Errors of writing mean that the client has gone, which is its right.
type Call struct {
	// Number counts the connections of the server, from 1.
	Number int64
	// Request has been read to its end.
	Request *http.Request
	// Status, Header and Body are what the reference server answers.
	Status int
	Header http.Header
	Body   []byte

	conn    net.Conn
	running *Running
}

// granted reports whether the reference server grants a login.
func (c *Call) granted() bool { return c.Status == http.StatusOK }

// missing reports whether the reference server misses a parameter.
func (c *Call) missing() bool { return c.Status == http.StatusInternalServerError }

// offers reports whether the client takes gzip.
func (c *Call) offers() bool {
	return strings.Contains(c.Request.Header.Get("Accept-Encoding"), "gzip")
}

// write sends text and reports whether the client is still there.
func (c *Call) write(text string) bool {
	_, err := io.WriteString(c.conn, text)
	return err == nil
}

// flood sends text again and again until the client has had enough.
func (c *Call) flood(text string) {
	for c.write(text) {
	}
}

// fields are the header as it is sent, without a length.
func (c *Call) fields() string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(c.Header)) {
		if name == "Content-Length" {
			continue
		}
		for _, value := range c.Header[name] {
			fmt.Fprintf(&text, "%s: %s\r\n", name, value)
		}
	}
	return text.String()
}

// open sends the status line and the header but for its end, without a length.
func (c *Call) open() {
	c.write(fmt.Sprintf("HTTP/1.1 %d %s\r\nConnection: close\r\n", c.Status, http.StatusText(c.Status)) + c.fields())
}

// head sends the whole header.
func (c *Call) head() {
	length := fmt.Sprintf("Content-Length: %d\r\n", len(c.Body))
	if c.Status == http.StatusNoContent {
		length = ""
	}
	c.open()
	c.write(length + "\r\n")
}

// answer sends what the reference server answers, as it stands in c.
func (c *Call) answer() {
	c.head()
	if c.Request.Method != http.MethodHead {
		c.write(string(c.Body))
	}
}

// hang waits until the client has gone.
func (c *Call) hang() { _, _ = io.Copy(io.Discard, c.conn) }

// drip sends text in single bytes with a pause after each, until the client has gone.
func (c *Call) drip(text string, pause time.Duration) {
	for _, b := range []byte(text) {
		select {
		case <-c.running.closing:
			return
		case <-time.After(pause):
		}
		if !c.write(string([]byte{b})) {
			return
		}
	}
}

// reset breaks the connection off without a farewell.
func (c *Call) reset() {
	conn := c.conn
	if wrapped, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = wrapped.NetConn()
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // where it fails the connection is closed anyway
		_ = tcp.Close()
	}
}
