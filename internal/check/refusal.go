package check

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// Direct judges that an answer to a POST is no redirect (REF-6).
func (j *Judge) Direct(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	if e.Request.Method != http.MethodPost || !e.Redirect() {
		return nil
	}
	return &outcome.Violation{
		Expected: "a direct answer to " + e.Request.Name,
		Got:      j.status(e) + " to " + j.Secrets.QuoteAddress(e.Header.Get("Location")),
	}
}

// volatile is what may differ between two refusals without telling them apart: request ids, times, counters.
var volatile = regexp.MustCompile(`[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]*[0-9][0-9a-fA-F]*`)

// SameRefusal tells whether two refusals look the same to a client that knows what it sent.
func SameRefusal(one, other *exchange.Exchange) bool {
	return one.Status == other.Status && masked(one) == masked(other)
}

func masked(e *exchange.Exchange) string {
	body, _, err := e.Body()
	if err != nil {
		return ""
	}
	text := string(body)
	for _, param := range e.Request.Params {
		if param.Value != "" {
			text = strings.ReplaceAll(text, param.Value, "")
		}
	}
	return volatile.ReplaceAllString(text, "0")
}

// RefusedAlike judges that an unknown user and a wrong password are refused alike (ADV-3).
func (j *Judge) RefusedAlike(unknown, wrong *exchange.Exchange) error {
	for _, e := range []*exchange.Exchange{unknown, wrong} {
		if !e.Answered() {
			return e.Unanswered()
		}
	}
	if SameRefusal(unknown, wrong) {
		return nil
	}
	return &outcome.Violation{
		Expected: "an unknown user and a wrong password to be refused alike",
		Got:      j.describe(unknown) + " for the unknown user; " + j.describe(wrong) + " for the wrong password",
	}
}

var basicChallenge = regexp.MustCompile(`(?i)(?:^|,)\s*basic(?:\s|,|$)`)

// NoBasicChallenge judges that an answer does not ask for Basic authorization (ADV-8).
func (j *Judge) NoBasicChallenge(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	for _, challenge := range e.Header.Values("WWW-Authenticate") {
		if basicChallenge.MatchString(challenge) {
			return &outcome.Violation{
				Expected: "no Basic challenge in the answer to " + e.Request.Name,
				Got:      j.status(e) + " with WWW-Authenticate " + j.Secrets.Quote(challenge),
			}
		}
	}
	return nil
}
