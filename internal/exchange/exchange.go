package exchange

import (
	"fmt"
	"net/http"
	"net/url"
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
	Failure  *Failure  // why there is nothing to judge; nil where there is an answer

	Status        int
	Header        http.Header
	ContentLength int64  // as announced; -1 where it was not
	Raw           []byte // the body as it came, cut where it is too long
	Cut           bool   // the body went on after Raw
	Short         bool   // the body ended before all of it had come

	alone     *sync.Mutex // held while the body is unpacked, where there is one
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
// gateway that speaks in its stead (429, 502, 503, 504).
func (e *Exchange) Answered() bool { return e.Failure == nil && !e.Gateway() }

// Gateway tells whether something before the endpoint answered in its stead.
func (e *Exchange) Gateway() bool {
	switch e.Status {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	default:
		return false
	}
}

// Unanswered says, as an outcome, why there is no answer to judge.
func (e *Exchange) Unanswered() error {
	switch {
	case e.Failure != nil && e.Failure.Clause != "":
		return &outcome.Blocked{By: e.Failure.Clause, Reason: e.Failure.Sentence}
	case e.Failure != nil:
		return &outcome.Unknown{Reason: e.Failure.Sentence}
	case e.Status == http.StatusTooManyRequests:
		sentence := "the target answered 429 Too Many Requests: run again later, or raise its limit for this client"
		password, _ := e.Request.Value("password")
		if seconds := e.Header.Get("Retry-After"); isDigits(seconds) && len(seconds) < 8 && seconds != password {
			sentence += " (it asks to wait " + seconds + " seconds)"
		}
		return &outcome.Unknown{Reason: sentence}
	default:
		return &outcome.Unknown{Reason: fmt.Sprintf("a gateway answered %d %s in the endpoint's stead: run again when the service is up",
			e.Status, http.StatusText(e.Status))}
	}
}

func isDigits(text string) bool {
	return text != "" && strings.Trim(text, "0123456789") == ""
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

// ContentType returns the declared media type, lower-case and without its parameters; "" where there is none.
func (e *Exchange) ContentType() string {
	mediaType, _, _ := strings.Cut(e.Header.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(mediaType))
}
