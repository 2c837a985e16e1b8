package exchange

import (
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/klearstack/conformance/internal/outcome"
)

// How much of a body is read, and how much is unpacked from it: more than any answer of the contract needs.
const (
	successLimit = 1 << 20 // of an answer of the class 2xx
	refusalLimit = 1 << 19 // of any other
)

// Exchange is one request and what came back. It is shared read-only once it is recorded.
type Exchange struct {
	Request  Request
	Base     *url.URL  // the base URL of the target
	Sent     time.Time // just before the request
	Received time.Time // when the header had come
	Done     time.Time // when the body had come, or the failure
	Loopback bool      // it went to a loopback address, by no proxy
	Failure  *Failure  // why there is nothing to judge; nil where there is an answer

	Status        int
	Header        http.Header
	ContentLength int64  // as announced; -1 where it was not
	Raw           []byte // the body as it came, cut where it is too long; nil where it is unpacked and not needed
	Cut           bool   // the body went on after Raw
	Short         bool   // the body ended before all of it had come

	kept      int // bytes of memory, counted by the client
	unpacking sync.Once
	body      []byte
	partial   []byte // what was unpacked before that failed
	whole     bool
	bodyErr   error

	decoding sync.Once
	value    any
	valueErr error
}

// Answered tells whether there is an answer that says something about the endpoint: neither a failed transport nor a
// gateway that speaks in its stead.
func (e *Exchange) Answered() bool { return e.Failure == nil && !e.Gateway() }

// Gateway reports whether something before the endpoint responded in its stead: a limit, or a proxy to which the endpoint
// did not respond. No endpoint has a reason to send these status codes itself.
func (e *Exchange) Gateway() bool {
	switch e.Status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests,
		http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout,
		460, 464, 561, // AWS's load balancers
		499,      // nginx, and what is made after it
		598, 599: // proxies that ran into a timeout
		return true
	default:
		return e.Status >= 520 && e.Status <= 530 || // Cloudflare, and whoever overloads an edge (529)
			e.Status >= 550 && e.Status <= 555 // EdgeOne, beside 520 to 525
	}
}

// Unanswered says, as an outcome, why there is no answer to judge.
func (e *Exchange) Unanswered() error {
	switch {
	case e.Failure != nil && e.Failure.Clause != "":
		return &outcome.Unjudged{By: e.Failure.Clause, Reason: e.Failure.Sentence}
	case e.Failure != nil:
		return &outcome.Unknown{Reason: e.Failure.Sentence}
	case e.Limited():
		return &outcome.Unknown{Reason: e.Limit("")}
	default:
		status := strings.TrimSpace(fmt.Sprintf("%d %s", e.Status, http.StatusText(e.Status)))
		return &outcome.Unknown{Reason: "a gateway answered " + status + " in the endpoint's stead: run again when the service is up"}
	}
}

// Limited reports whether a rate limit, rather than the endpoint, responded: status 429, or 503 with a time to wait.
func (e *Exchange) Limited() bool {
	_, told := e.RetryAfter()
	return e.Status == http.StatusTooManyRequests || e.Status == http.StatusServiceUnavailable && told
}

// RetryAfter returns how long the response asks to wait from when it was received, in seconds or until a date (RFC 9110,
// section 10.2.3), and whether it does.
func (e *Exchange) RetryAfter() (wait time.Duration, told bool) {
	value := strings.TrimSpace(e.Header.Get("Retry-After"))
	if value != "" && strings.Trim(value, "0123456789") == "" {
		const most = int64(math.MaxInt64 / time.Second)
		seconds, err := strconv.ParseInt(value, 10, 64)
		if err != nil { // nothing but digits: too many of them
			seconds = most
		}
		return time.Duration(min(seconds, most)) * time.Second, true
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return 0, false
	}
	now := e.Received
	if date, told := e.Date(); told { // by the same clock
		now = date
	}
	return max(0, until.Sub(now)), true
}

// Limit says, of a response that is limited, what to do about it, with more about the limit in between. How long it asks
// to wait is left out where that is absurd or the password.
func (e *Exchange) Limit(more string) string {
	const absurd = 10_000_000
	wait, told := e.RetryAfter()
	seconds := int64(math.Ceil(wait.Seconds()))
	if password, _ := e.Request.Value("password"); told && seconds < absurd && password != strconv.FormatInt(seconds, 10) {
		more = fmt.Sprintf(" and asks to wait %d s", seconds) + more
	}
	return fmt.Sprintf("the target responds with %d %s%s: run again later, raise the limit for this client, or set KLEARSTACK_RATE "+
		"(requests per second) below it", e.Status, http.StatusText(e.Status), more)
}

// limit is how many bytes of the body are read.
func (e *Exchange) limit() int {
	if e.Success() {
		return successLimit
	}
	return refusalLimit
}

// Success tells whether the answer is of the class 2xx (RFC 9110, section 15.3).
func (e *Exchange) Success() bool { return e.Status >= 200 && e.Status <= 299 }

// Redirect tells whether the answer sends the client elsewhere (REF-6).
func (e *Exchange) Redirect() bool {
	return e.Status >= 300 && e.Status <= 399 && e.Status != http.StatusNotModified
}
