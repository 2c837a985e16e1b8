package variant

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// methods differ in how GET, HEAD, PUT, PATCH and DELETE are answered.
func methods() []Variant {
	const open = "REF-5: these methods never issue tokens; how they are answered is left open"
	answered := func(name, sentence string, hooks reference.Hooks) Variant {
		return hooked("other-methods-"+name, "Answers other methods than POST with "+sentence+".", open, hooks.Only(change.OtherMethod))
	}
	return []Variant{
		answered("404", "404", change.Failing(http.StatusNotFound, "Not found")),
		answered("405-empty", "405 and no body", change.Page(http.StatusMethodNotAllowed, "", "")),
		answered("400", "400", change.Failing(http.StatusBadRequest, "Bad request")),
		answered("403", "403", change.Failing(http.StatusForbidden, "Forbidden")),
		answered("500", "500", change.Failing(http.StatusInternalServerError, "Internal server error")),
		answered("500-page", "500 and a page", change.Page(http.StatusInternalServerError, "text/html", "<h1>Server Error (500)</h1>")),
		answered("501", "501", change.Failing(http.StatusNotImplemented, "Not implemented")),
		answered("204", "204", reference.Hooks{Encoded: func(_ *reference.Call, a *reference.Answer) {
			a.Status, a.Body = http.StatusNoContent, nil
		}}),
		answered("200-page", "200 and a page about the endpoint", change.Page(http.StatusOK, "text/html; charset=utf-8",
			`<!doctype html><title>get_access_token</title><p>POST username, company_name and password to get an <code>access_token</code>.</p>`)),
		answered("200-example", "200 and an example of a token response", change.Page(http.StatusOK, "application/json",
			`{"post":{"responses":{"200":{"example":{"access_token":"string","refresh_token":"string","release_version":"7.8.9"}}}}}`)),
		answered("200-null-tokens", "200 and null tokens", nullTokens().Then(change.Composing(func(a *reference.Answer) { a.Status = http.StatusOK }))),
	}
}
