package check

import (
	"fmt"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// allowedOrigin is what a response allows to read it, as browsers compare it: several fields make one value, which fits no
// origin.
func allowedOrigin(e *exchange.Exchange) string {
	return strings.Join(e.Header.Values("Access-Control-Allow-Origin"), ", ")
}

// Allows tells whether an answer lets pages of the request's origin read it (the Fetch standard's CORS check).
func Allows(e *exchange.Exchange) bool {
	allowed := allowedOrigin(e)
	return e.Failure == nil && allowed != "" && (allowed == "*" || allowed == e.Request.Header.Get("Origin"))
}

// Permission is nil where the preflight gives its origin permission to ask; what follows from the permission can be judged then (ADV-7).
func (j *Judge) Permission(preflight *exchange.Exchange) error {
	if !preflight.Answered() {
		return preflight.Unanswered()
	}
	if !Allows(preflight) {
		return &outcome.Inapplicable{Reason: "the target does not allow cross-origin requests"}
	}
	return nil
}

// PermissionCovers judges that a preflight that gives a permission gives it to one origin, or to all, and that it covers
// POST and the authorization header (ADV-7).
func (j *Judge) PermissionCovers(preflight *exchange.Exchange) error {
	if preflight.Answered() && len(preflight.Values("Access-Control-Allow-Origin")) > 1 {
		return j.severalOrigins(preflight)
	}
	if err := j.Permission(preflight); err != nil {
		return err
	}
	methods := preflight.Header.Values("Access-Control-Allow-Methods")
	// Browsers need no permission for POST; a list without it still says something else than the page.
	if len(methods) > 0 && !lists(methods, "POST") && !lists(methods, "*") {
		return &outcome.Violation{Expected: "permission for POST", Got: j.field(preflight, "Access-Control-Allow-Methods")}
	}
	if headers := preflight.Header.Values("Access-Control-Allow-Headers"); !lists(headers, "authorization") {
		return &outcome.Violation{Expected: "permission for the authorization header", Got: j.field(preflight, "Access-Control-Allow-Headers")}
	}
	if !preflight.Success() {
		return &outcome.Violation{Expected: "a preflight response of the class 2xx", Got: j.status(preflight)}
	}
	return nil
}

func lists(fields []string, item string) bool {
	for _, each := range strings.Split(strings.Join(fields, ","), ",") {
		if strings.EqualFold(strings.TrimSpace(each), item) {
			return true
		}
	}
	return false
}

// Readable judges that the answer to a POST can be read from the origin that asked (ADV-7).
func (j *Judge) Readable(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	if Allows(e) {
		return nil
	}
	if len(e.Values("Access-Control-Allow-Origin")) > 1 {
		return j.severalOrigins(e)
	}
	return &outcome.Violation{
		Expected: "Access-Control-Allow-Origin, as in the response to the preflight",
		Got:      j.status(e) + " with " + j.field(e, "Access-Control-Allow-Origin"),
	}
}

// severalOrigins is what a response violates that names more than one origin.
func (j *Judge) severalOrigins(e *exchange.Exchange) error {
	got := fmt.Sprintf("%d values in one field", len(e.Values("Access-Control-Allow-Origin")))
	if fields := e.Header.Values("Access-Control-Allow-Origin"); len(fields) > 1 {
		got = fmt.Sprintf("%d fields", len(fields))
	}
	return &outcome.Violation{
		Expected: "Access-Control-Allow-Origin once and with one value",
		Got:      got + ": " + j.Secrets.Quote(allowedOrigin(e)),
		Hint:     "browsers block such a response: is the header added by both the proxy and the application?",
	}
}
