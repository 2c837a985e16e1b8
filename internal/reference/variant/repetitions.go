package variant

import (
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// repetitions differ in how errors repeat the URL that was asked for.
func repetitions() []Variant {
	const allowed = "ERR-7: a response that merely repeats the URL or the query of the request reveals nothing"
	repeating := func(name, sentence, contentType string, text func(*url.URL) string) Variant {
		return hooked("url-repeated-"+name, sentence, allowed, reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
			a.Status, a.Body = http.StatusMethodNotAllowed, []byte(text(c.Request.URL))
			a.Header.Set("Content-Type", contentType)
		}}.Only(change.OtherMethod))
	}
	field := func(name string, text func(*url.URL) string) Variant {
		return hooked("url-repeated-in-"+name, "Repeats the URL in the field "+name+" of errors.", allowed, reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
			a.Header.Set(name, text(c.Request.URL))
		}}.Only(change.All(change.Queried, change.Not(change.Granted))))
	}
	decoded := func(target *url.URL) string {
		text, _ := url.QueryUnescape(target.RequestURI()) // the server has parsed it
		return text
	}
	asJSON := func(value any) string {
		text, _ := json.Marshal(value) // texts and lists of them can always be written
		return string(text)
	}
	return []Variant{
		repeating("decoded", "Repeats the URL percent-decoded.", "text/plain; charset=utf-8", func(target *url.URL) string { return "No route for " + decoded(target) }),
		repeating("decoded-in-html", "Repeats the URL percent-decoded in a page.", "text/html", func(target *url.URL) string {
			return "<h1>" + html.EscapeString(decoded(target)) + " was not found</h1>"
		}),
		repeating("as-parameters", "Repeats the query as parameters in JSON.", "application/json", func(target *url.URL) string {
			return asJSON(map[string]any{"args": target.Query(), "url": target.RequestURI()})
		}),
		repeating("as-table", "Repeats the query as a table in a page.", "text/html", func(target *url.URL) string {
			rows := ""
			for name, values := range target.Query() {
				rows += fmt.Sprintf("<tr><td>%s</td><td class=\"code\"><pre>%s</pre></td></tr>", name, html.EscapeString("'"+values[0]+"'"))
			}
			return "<h2>GET</h2><table>" + rows + "</table>"
		}),
		hooked("url-repeated-as-member", "Names the URL in every error.", allowed,
			change.MemberOf("path", func(c *reference.Call) any { return c.Request.URL.RequestURI() }).
				Only(change.All(change.Not(change.Granted), change.Not(change.Options)))),
		field("Link", func(target *url.URL) string { return "<" + target.RequestURI() + `>; rel="canonical"` }),
		field("X-Original-Url", decoded),
		field("Set-Cookie", func(target *url.URL) string {
			return "back=" + url.QueryEscape(target.RequestURI()) + "; Path=/; HttpOnly"
		}),
		hooked("other-methods-sent-to-login", "Redirects other methods than POST to a login page that knows where to come back to.", allowed,
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Status = http.StatusFound
				a.Header.Set("Location", "/login?next="+url.QueryEscape(c.Request.URL.RequestURI()))
			}}.Only(change.OtherMethod)),
	}
}
