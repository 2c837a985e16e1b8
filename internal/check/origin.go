package check

import (
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// Allows tells whether an answer lets pages of the request's origin read it (the Fetch standard's CORS check).
func Allows(e *exchange.Exchange) bool {
	allowed := e.Header.Get("Access-Control-Allow-Origin")
	return e.Failure == nil && allowed != "" && (allowed == "*" || allowed == e.Request.Header.Get("Origin"))
}

// Permission is nil where the preflight gives its origin permission to ask; what follows from the permission can be judged then (ADV-7).
func (j *Judge) Permission(preflight *exchange.Exchange) error {
	if !preflight.Answered() {
		return preflight.Unanswered()
	}
	if !Allows(preflight) {
		return &outcome.Inapplicable{Reason: "the target lets no page of an unknown origin ask for tokens"}
	}
	return nil
}

// PermissionCovers judges that the permission covers POST and the authorization header (ADV-7).
func (j *Judge) PermissionCovers(preflight *exchange.Exchange) error {
	methods := preflight.Header.Values("Access-Control-Allow-Methods")
	// Browsers need no permission for POST; a list without it still says something else than the page.
	if len(methods) > 0 && !lists(methods, "POST") && !lists(methods, "*") {
		return &outcome.Violation{Expected: "permission for POST", Got: "Access-Control-Allow-Methods " + j.Secrets.Quote(strings.Join(methods, ", "))}
	}
	if headers := preflight.Header.Values("Access-Control-Allow-Headers"); !lists(headers, "authorization") {
		return &outcome.Violation{Expected: "permission for the authorization header", Got: "Access-Control-Allow-Headers " + j.Secrets.Quote(strings.Join(headers, ", "))}
	}
	if !preflight.Success() {
		return &outcome.Violation{Expected: "a preflight answered with success", Got: j.status(preflight)}
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
	return &outcome.Violation{
		Expected: "Access-Control-Allow-Origin in the answer to " + e.Request.Name + ", as in the preflight's",
		Got:      j.status(e) + " with Access-Control-Allow-Origin " + j.Secrets.Quote(e.Header.Get("Access-Control-Allow-Origin")),
	}
}
