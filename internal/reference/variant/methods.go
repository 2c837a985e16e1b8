package variant

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

// methods differ in how GET, HEAD, PUT, PATCH and DELETE are answered.
func methods() []Variant {
	const open = "REF-5: these methods never issue tokens; how they are answered is left open"
	answered := func(name, sentence string, hooks reference.Hooks) Variant {
		return hooked("other-methods-"+name, "Answers other methods than POST with "+sentence+".", open, hooks.Only(unasked))
	}
	return []Variant{
		answered("404", "404", failing(http.StatusNotFound, "Not found")),
		answered("405-empty", "405 and no body", page(http.StatusMethodNotAllowed, "", "")),
		answered("400", "400", failing(http.StatusBadRequest, "Bad request")),
		answered("403", "403", failing(http.StatusForbidden, "Forbidden")),
		answered("500", "500", failing(http.StatusInternalServerError, "Internal server error")),
		answered("500-page", "500 and a page", page(http.StatusInternalServerError, "text/html", "<h1>Server Error (500)</h1>")),
		answered("501", "501", failing(http.StatusNotImplemented, "Not implemented")),
		answered("204", "204", reference.Hooks{Encoded: func(_ *reference.Call, a *reference.Answer) {
			a.Status, a.Body = http.StatusNoContent, nil
		}}),
		answered("200-page", "200 and a page about the endpoint", page(http.StatusOK, "text/html; charset=utf-8",
			`<!doctype html><title>get_access_token</title><p>POST username, company_name and password to get an <code>access_token</code>.</p>`)),
		answered("200-example", "200 and an example of a token response", page(http.StatusOK, "application/json",
			`{"post":{"responses":{"200":{"example":{"access_token":"string","refresh_token":"string","release_version":"7.8.9"}}}}}`)),
		answered("200-null-tokens", "200 and null tokens", nullTokens().Then(composing(func(a *reference.Answer) { a.Status = http.StatusOK }))),
	}
}
