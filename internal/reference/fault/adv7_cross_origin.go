package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

func crossOrigin() []Fault {
	const (
		origin  = "Access-Control-Allow-Origin"
		methods = "Access-Control-Allow-Methods"
		headers = "Access-Control-Allow-Headers"
	)
	allowing := func(origins ...string) reference.Hooks {
		return composing(func(a *reference.Answer) { a.Header[origin] = origins })
	}
	asked := func(c *reference.Call) bool { return c.Request.Header.Get("Origin") != "" }
	return of("ADV-7",
		hooked("origin-twice-in-answers", "Gives permission twice in the answers to POST.", allowing("*", "*").Only(all(post, asked))),
		hooked("origin-twice-in-one-field", "Gives permission twice in one field of the answers to POST.", allowing("*, *").Only(all(post, asked))),
		hooked("origin-and-wildcard-in-answers", "Gives permission to any origin and to the one that asked in the answers to POST.",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Header[origin] = []string{"*", c.Request.Header.Get("Origin")}
			}}.Only(all(post, asked))),
		hooked("origin-twice-in-errors", "Gives permission twice in errors.", allowing("*", "*").Only(all(post, not(granted)))),
		hooked("origin-twice-in-tokens", "Gives permission twice in token responses.", allowing("*", "*").Only(granted)),
		hooked("origin-twice-in-preflight", "Answers a preflight with permission twice.", allowing("*", "*").Only(preflight)),
		hooked("origin-twice-in-one-field-of-preflight", "Answers a preflight with permission twice in one field.", allowing("*, *").Only(preflight)),
		hooked("origin-twice-everywhere", "Gives permission twice in every answer.", allowing("*", "*")),
		hooked("origins-listed", "Names two origins in one field of every answer.", allowing("https://a.example, https://b.example")),
		hooked("preflight-allows-get-alone", "Answers a preflight with permission for GET alone.", header(methods, "GET").Only(preflight)),
		hooked("preflight-allows-content-type-alone", "Answers a preflight with permission for the content-type header alone.",
			header(headers, "content-type").Only(preflight)),
		hooked("preflight-allows-no-header", "Answers a preflight without permission for any header.", header(headers, "").Only(preflight)),
		hooked("preflight-wildcard-for-headers", "Answers a preflight with a wildcard for headers, which does not cover authorization.",
			header(headers, "*").Only(preflight)),
		hooked("preflight-refused-with-permission", "Answers a preflight with permission, but with status 401.",
			failing(http.StatusUnauthorized, "Authentication credentials were not provided.").Only(preflight)),
		hooked("no-permission-on-answers", "Gives permission in the preflight and not in the answers to POST.", header(origin, "").Only(post)),
		hooked("no-permission-on-errors", "Gives permission in the preflight and in token responses, but not in errors.",
			header(origin, "").Only(all(post, not(granted)))),
		hooked("no-permission-on-tokens", "Gives permission in the preflight and in errors, but not in token responses.",
			header(origin, "").Only(granted)),
		hooked("permission-for-another-origin", "Gives permission in the answers to POST to an origin that did not ask.",
			header(origin, "https://app.example.com").Only(post)),
		hooked("posts-from-other-origins-barred", "Gives permission in the preflight, and answers a POST from another origin with 403.",
			barring(all(post, not(unnamed("Origin")), not(ofOwnOrigin)))),
		hooked("posts-from-other-origins-barred-without-permission",
			"Gives permission in the preflight, and answers a POST from another origin with 403 and without permission.",
			barring(all(post, not(unnamed("Origin")), not(ofOwnOrigin))).Then(header(origin, "").Only(all(post, not(granted))))),
	)
}
