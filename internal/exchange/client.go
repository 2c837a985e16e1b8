package exchange

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"sync"
	"syscall"
	"time"

	"github.com/klearstack/conformance/internal/outcome"
)

// HeaderLimit bounds the header of an answer, in bytes: floods of cookies are allowed, endless headers are not read.
const HeaderLimit = 1 << 19

// mostFields is how many header fields are taken: more than any client of the samples takes.
const mostFields = 5000

// Client sends requests to one base URL.
type Client struct {
	Base      *url.URL
	Transport *http.Transport
	Timeout   time.Duration // of one exchange, from dialling to the last byte
	UserAgent string
	Quote     func(text string) string // redacts what certificates name; nil quotes it as it is
	Own       func(text string) string // redacts what the settings name; nil leaves it as it is

	counting  sync.Mutex
	kept      int        // bytes of memory, of all responses
	digesting sync.Mutex // a window of Brotli takes 16 MiB: one body at a time
}

// Do sends the request and records what comes back. It follows no redirect and never fails: what goes wrong is part of
// the record.
func (c *Client) Do(ctx context.Context, request Request) *Exchange {
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	e := &Exchange{Request: request, Base: c.Base, Sent: time.Now()}
	// A transport of its own for each exchange: one that is shared hands one HTTP/2 connection to two of them.
	transport := c.Transport.Clone()
	defer transport.CloseIdleConnections()
	if transport.Proxy == nil {
		ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(got httptrace.GotConnInfo) {
			e.Loopback = isLoopback(got.Conn.RemoteAddr().String())
		}})
	}
	response, err := c.send(ctx, transport, e)
	e.Received = time.Now()
	if err == nil {
		defer response.Body.Close()
		err = fewFields(response.Header)
	}
	if err == nil {
		e.Status, e.Header, e.ContentLength = response.StatusCode, response.Header, response.ContentLength
		err = c.keep(e, headerWeight(e.Header))
	}
	if err == nil {
		response.Body = &metered{response.Body, func(n int) error { return c.keep(e, e.kept+n) }}
		err = e.read(response)
	}
	e.Done = time.Now()
	if err == nil {
		err = c.digest(e)
	}
	if err != nil {
		e.Failure = c.Failed(err)
		if errors.Is(context.Cause(ctx), outcome.ErrTimeLimit) {
			e.Failure = &Failure{Sentence: outcome.AtTimeLimit}
		}
	}
	var kept *keptError
	if errors.As(err, &kept) {
		e.Header, e.Raw, e.body, e.partial, e.value = nil, nil, nil, nil, nil
		_ = c.keep(e, 0) // nothing is never too much
	}
	return e
}

// isLoopback reports whether an address and port are this machine's alone.
func isLoopback(address string) bool {
	peer, err := netip.ParseAddrPort(address)
	return err == nil && peer.Addr().Unmap().IsLoopback()
}

// LoopbackOnly is a dialer's ControlContext: it fails where the address, to which a name may have been resolved, is not a
// loopback address.
func LoopbackOnly(_ context.Context, _, address string, _ syscall.RawConn) error {
	if isLoopback(address) {
		return nil
	}
	return ErrBeyond
}

// fewFields is nil where the header has no more fields than are taken.
func fewFields(header http.Header) error {
	count := 0
	for _, values := range header {
		count += len(values)
	}
	if count > mostFields {
		return &fieldsError{}
	}
	return nil
}

func (c *Client) send(ctx context.Context, transport *http.Transport, e *Exchange) (*http.Response, error) {
	message, err := e.Request.Message(ctx, c.Base, c.UserAgent)
	if err != nil {
		return nil, err
	}
	return transport.RoundTrip(message)
}

// read takes the body in. A body that ends early is part of the answer (OK-3); one that breaks off is not an answer.
func (e *Exchange) read(response *http.Response) error {
	if e.Status == http.StatusSwitchingProtocols { // what follows is not a body, and may never end
		return nil
	}
	limit := e.limit()
	body, err := io.ReadAll(io.LimitReader(response.Body, int64(limit)+1))
	if len(body) > limit {
		e.Raw, e.Cut = body[:limit], true
		return nil
	}
	e.Raw = body
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		// Where nothing tells the length, the end of the connection is the end of the body, even over a TLS
		// connection that was closed without notice.
		framed := response.ContentLength >= 0 || len(response.TransferEncoding) > 0 || response.ProtoMajor > 1
		e.Short, err = framed, nil
	case lacksTrailer(err):
		err = nil
	}
	return err
}

// lacksTrailer tells whether nothing but the line break after the last chunk is missing: the body is complete then
// (RFC 9112, section 8). The transport's error for it has no type.
func lacksTrailer(err error) bool {
	return err != nil && err.Error() == "http: unexpected EOF reading trailer"
}
