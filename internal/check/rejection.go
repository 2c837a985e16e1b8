package check

import (
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// Rejects reports whether a response rejects a login in a way that expired passwords and locked accounts explain (OK-1).
func Rejects(e *exchange.Exchange) bool {
	if e.Failure != nil {
		return false
	}
	switch e.Status {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusLocked:
		return true
	}
	return false
}

// Rejection says what is known of the rejection of every valid login, login being the first. Unknown is the response to
// an unknown user; nil where none was tried. Reserved tells that the configured values have characters that could be
// decoded wrongly.
func (j *Judge) Rejection(login, unknown *exchange.Exchange, reserved bool) *outcome.Rejection {
	made := &outcome.Rejection{
		Status:   login.Status,
		Response: j.describe(login),
		Check:    "whether the configured username, password and company name are right, and whether the account is locked or its password has expired",
	}
	switch {
	case unknown == nil:
		made.Unknown = "no unknown user was tried"
	case !unknown.Answered():
		made.Unknown = "an unknown user got no response"
	case SameRefusal(unknown, login):
		made.Unknown = "an unknown user gets the same response"
	default:
		made.Unknown = "an unknown user gets a different response (" + j.describe(unknown) + ")"
	}
	if reserved {
		made.Check += "; the values have reserved or non-ASCII characters, which the endpoint may decode wrongly (REQ-6)"
	}
	if len(j.Suspicions) > 0 {
		made.Check += "; " + strings.Join(j.Suspicions, "; ")
	}
	return made
}
