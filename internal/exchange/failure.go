package exchange

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"syscall"
	"time"
)

// Failure says, in one sentence, why there is no answer and what to do about it. It holds no text of the target's.
type Failure struct {
	Sentence string
	Clause   string // the broken clause because of which the request was not sent; "" where there is none
}

// Withheld is the record of a request that was not sent.
func Withheld(request Request, failure Failure) *Exchange {
	return &Exchange{Request: request, Failure: &failure}
}

// failure puts a transport's error into words.
func failure(err error, base *url.URL, timeout time.Duration) *Failure {
	var (
		dns       *net.DNSError
		op        *net.OpError
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		invalid   x509.CertificateInvalidError
		verify    *tls.CertificateVerificationError
		record    tls.RecordHeaderError
		alert     tls.AlertError
		network   net.Error
	)
	say := func(format string, args ...any) *Failure { return &Failure{Sentence: fmt.Sprintf(format, args...)} }
	where := base.Host
	switch {
	case errors.Is(err, context.Canceled):
		return say("the run was interrupted before %s had answered: start it again", where)
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return say("the proxy that the environment names can't be reached: check HTTP_PROXY, HTTPS_PROXY and NO_PROXY")
	case errors.As(err, &dns) && !dns.IsTimeout:
		return say("the name %s does not resolve: check KLEARSTACK_BASE_URL", base.Hostname())
	case errors.Is(err, syscall.ECONNREFUSED):
		return say("%s refuses connections: check KLEARSTACK_BASE_URL and that the service is up", where)
	case errors.As(err, &host):
		return say("the certificate of %s is for another host: check KLEARSTACK_BASE_URL", where)
	case errors.As(err, &authority):
		return say("the certificate of %s is signed by an unknown authority: name its CA in KLEARSTACK_CA_FILE, or, "+
			"knowing what it means, set KLEARSTACK_INSECURE_SKIP_VERIFY=true", where)
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return say("the certificate of %s has expired or is not valid yet: have it renewed, or check this machine's clock", where)
	case errors.As(err, &verify):
		return say("the certificate of %s can't be verified: name its CA in KLEARSTACK_CA_FILE, or have it replaced", where)
	case errors.As(err, &record):
		return say("%s does not speak TLS on this port: check the scheme and the port of KLEARSTACK_BASE_URL", where)
	case errors.As(err, &alert), errors.As(err, &op) && op.Op == "remote error":
		return say("%s and this client agree on no version of TLS or its parameters: TLS 1.2 or newer is needed", where)
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return say("%s did not answer completely within %s: raise KLEARSTACK_TIMEOUT if it is known to be slow", where, timeout)
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, net.ErrClosed):
		return say("%s broke the connection off before it had answered completely: look at the service's log", where)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return say("%s closed the connection without an answer: look at the service's log", where)
	case errors.As(err, &op) && op.Op == "dial":
		return say("%s can't be reached over the network: check KLEARSTACK_BASE_URL, routes and firewalls", where)
	default:
		return say("%s answered with something that is not HTTP, or with a header of over a MiB: check the scheme and the port of KLEARSTACK_BASE_URL", where)
	}
}
