package exchange

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
)

// Failure says, in one sentence, why there is no answer and what to do about it. It holds no text of the target's, but for
// what certificates name.
type Failure struct {
	Sentence string
	Clause   string // the broken clause because of which the request was not sent; "" where there is none
}

// Withheld is the record of a request that was not sent.
func Withheld(request Request, failure Failure) *Exchange {
	return &Exchange{Request: request, Failure: &failure}
}

// Tunnelled is a transport's OnProxyConnectResponse: it fails where the proxy lets nobody through to the target.
func Tunnelled(_ context.Context, _ *url.URL, _ *http.Request, response *http.Response) error {
	if response.StatusCode == http.StatusOK {
		return nil
	}
	return &tunnelError{status: response.StatusCode}
}

type tunnelError struct{ status int }

func (t *tunnelError) Error() string { return fmt.Sprintf("the proxy answered %d", t.status) }

// ErrBeyond is the error of [LoopbackOnly].
var ErrBeyond = errors.New("an address beyond loopback")

type fieldsError struct{}

func (*fieldsError) Error() string { return fmt.Sprintf("more than %d header fields", mostFields) }

type keptError struct{}

func (*keptError) Error() string { return fmt.Sprintf("more than %d MiB of responses", mostKept>>20) }

// streamError is the transport's error of that shape, which it does not export: the target ended an HTTP/2 stream
// (RFC 9113, section 5.4.2).
type streamError struct {
	StreamID uint32
	Code     uint32
	Cause    error
}

func (s streamError) Error() string { return "the stream was reset" }

// Failed says what an error of the client's transport means to its user. It quotes nothing that came but certificates: that
// may hold the password.
func (c *Client) Failed(err error) *Failure {
	var (
		tunnel  *tunnelError
		dns     *net.DNSError
		op      *net.OpError
		network net.Error
		stream  streamError
		fields  *fieldsError
		kept    *keptError
	)
	say := func(format string, args ...any) *Failure { return &Failure{Sentence: fmt.Sprintf(format, args...)} }
	where := c.where(c.Base.Host)
	switch {
	case errors.Is(err, context.Canceled):
		return say("the run was interrupted before %s had answered: start it again", where)
	case errors.Is(err, ErrBeyond):
		return say("%s is no loopback address, so the password would be sent in clear text: use https, or set KLEARSTACK_ALLOW_HTTP=true to "+
			"send it all the same", where)
	case errors.As(err, &op) && (op.Op == "proxyconnect" || op.Op == "socks connect"):
		return say("the proxy that the environment names can't be reached: check HTTP_PROXY, HTTPS_PROXY and NO_PROXY")
	case errors.As(err, &tunnel):
		return say("the proxy that the environment names answered %d instead of connecting to %s: check HTTPS_PROXY, with "+
			"the user name and password that the proxy may ask for, and NO_PROXY", tunnel.status, where)
	case errors.As(err, &dns) && !dns.IsTimeout:
		return say("the name %s does not resolve: check KLEARSTACK_BASE_URL", c.where(c.Base.Hostname()))
	case errors.As(err, &fields):
		return say("%s answered with more than %d header fields: look at what adds them", where, mostFields)
	case errors.As(err, &kept):
		return say("the responses of %s are larger together than the %d MiB that are kept of a run: look at what makes them so large", where, mostKept>>20)
	case errors.Is(err, syscall.ECONNREFUSED):
		return say("%s refuses connections: check KLEARSTACK_BASE_URL and that the service is up", where)
	case c.untrusted(err) != "":
		return &Failure{Sentence: c.untrusted(err)}
	case noTLS(err) != "":
		return say(noTLS(err), where)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return say("%s did not answer completely within %s: raise KLEARSTACK_TIMEOUT if it is known to be slow", where, c.Timeout)
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed), errors.As(err, &stream):
		return say("%s broke the connection off before it had answered completely: look at the service's log", where)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), endedEarly(err):
		return say("%s closed the connection without an answer: check the scheme of KLEARSTACK_BASE_URL, or look at the service's log", where)
	case errors.As(err, &op) && op.Op == "dial":
		return say("%s can't be reached over the network: check KLEARSTACK_BASE_URL, routes and firewalls", where)
	default:
		return say("%s answered with something that is not HTTP, or with a header of over 512 KiB: check the scheme and the port of KLEARSTACK_BASE_URL", where)
	}
}

// where is a host as a sentence names it.
func (c *Client) where(host string) string {
	if c.Own != nil {
		return c.Own(host)
	}
	return host
}

// noTLS says what is wrong with a TLS connection, with a %s for the target; "" where nothing is.
func noTLS(err error) string {
	var (
		op     *net.OpError
		record tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &record):
		return "%s does not speak TLS on this port: check the scheme and the port of KLEARSTACK_BASE_URL"
	case errors.As(err, &op) && op.Op == "remote error" && op.Err.Error() == "tls: certificate required":
		return "%s asks for a client certificate, which this suite can't present: have it let in without one"
	// Some of what package crypto/tls says has no type.
	case errors.As(err, &op) && (op.Op == "remote error" || op.Op == "local error"), strings.HasPrefix(err.Error(), "tls: "):
		return "%s and this client agree on no version of TLS or its parameters: TLS 1.2 or newer, without a client certificate, is needed"
	default:
		return ""
	}
}

// endedEarly tells whether the connection ended before the request was under way, for which the transport has an error
// without a type.
func endedEarly(err error) bool { return err.Error() == "http: server closed idle connection" }
