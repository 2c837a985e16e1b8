package variant

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// origins differ in what pages of other origins may do.
func origins() []Variant {
	const open = "ADV-7 asks for something only where the preflight is answered with Access-Control-Allow-Origin"
	const allow = "Access-Control-Allow-Origin"
	preflight := func(name, sentence string, hooks reference.Hooks) Variant {
		return hooked("preflight-"+name, sentence, open, hooks.Only(change.Options))
	}
	unlisted := change.Header(allow)
	return []Variant{
		hooked("no-cors", "Sends no CORS headers at all.", open, change.Composing(func(a *reference.Answer) {
			for name := range a.Header {
				if len(name) > 21 && name[:21] == "Access-Control-Allow-" {
					a.Header[name] = nil
				}
			}
		})),
		hooked("cors-for-one-origin", "Allows one origin of its own.", open, change.Header(allow, "https://app.example.com")),
		hooked("cors-null", "Allows the origin null.", open, change.Header(allow, "null")),
		hooked("cors-echoed", "Allows whichever origin asks.", "ADV-7: answers carry the CORS headers",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Header[allow] = nil
				a.Header.Set("Vary", "Origin")
				if change.OfOtherOrigin(c) {
					a.Header.Set(allow, c.Request.Header.Get("Origin"))
					a.Header.Set("Access-Control-Allow-Credentials", "true")
				}
			}}),
		preflight("200", "Answers a preflight with 200 and permission.", change.Composing(func(a *reference.Answer) { a.Status = http.StatusOK })),
		preflight("lists", "Answers a preflight with permission for much, in small letters.", change.Composing(func(a *reference.Answer) {
			a.Header["Access-Control-Allow-Methods"] = []string{"DELETE, GET, OPTIONS, PATCH, POST, PUT"}
			a.Header["Access-Control-Allow-Headers"] = []string{"accept, AUTHORIZATION", "content-type, x-csrftoken"}
			a.Header.Set("Access-Control-Max-Age", "86400")
		})),
		preflight("without-permission", "Answers a preflight without permission.", unlisted),
		preflight("404", "Knows no OPTIONS: 404.", unlisted.Then(change.Failing(http.StatusNotFound, "Not found"))),
		preflight("405", "Knows no OPTIONS: 405.", unlisted.Then(change.Failing(http.StatusMethodNotAllowed, "Method not allowed"))),
		preflight("500", "Fails at OPTIONS: 500.", unlisted.Then(change.Failing(http.StatusInternalServerError, "Internal error"))),
		hooked("foreign-origin-forbidden", "Answers whatever another origin asks with 403.", open,
			change.Page(http.StatusForbidden, "text/plain", "Invalid CORS request").Only(change.OfOtherOrigin), unlisted.Only(change.OfOtherOrigin)),
	}
}
