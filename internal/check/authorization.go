package check

import (
	"net/http"
	"regexp"
	"slices"

	"github.com/klearstack/conformance/internal/exchange"
)

// ofLogin are the words in which a refusal speaks of a login: of who is wrong, not of what is not there.
var ofLogin = regexp.MustCompile(`(?i)\b(?:user ?name|user|log-?in|password|account|company(?:[ _]?name)?|` +
	`(?:invalid|incorrect|wrong|bad|given|unknown) credentials|credentials (?:are|were) (?:invalid|incorrect|wrong|bad))(?:[^-\w]|$)`)

// AsksForAuthorization tells whether an answer refuses a request for want of an authorization (REQ-2), and not for what
// its form says: by a Basic challenge, or in words that are not about a login.
func AsksForAuthorization(e *exchange.Exchange) bool {
	if e.Failure != nil || e.Status != http.StatusUnauthorized && e.Status != http.StatusForbidden {
		return false
	}
	return challengesBasic(e) || !slices.ContainsFunc(bodyTexts(e), ofLogin.MatchString)
}

func challengesBasic(e *exchange.Exchange) bool {
	return slices.ContainsFunc(e.Header.Values("WWW-Authenticate"), asksForBasic)
}
