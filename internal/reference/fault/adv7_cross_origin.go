package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func crossOrigin() []Fault {
	const (
		origin  = "Access-Control-Allow-Origin"
		methods = "Access-Control-Allow-Methods"
		headers = "Access-Control-Allow-Headers"
	)
	allowing := func(origins ...string) reference.Hooks { return change.Header(origin, origins...) }
	asked := change.Not(change.WithoutHeader("Origin"))
	return of("ADV-7",
		hooked("origin-twice-in-answers", "Gives permission twice in the answers to POST.", allowing("*", "*").Only(change.All(change.Post, asked))),
		hooked("origin-twice-in-one-field", "Gives permission twice in one field of the answers to POST.", allowing("*, *").Only(change.All(change.Post, asked))),
		hooked("origin-and-wildcard-in-answers", "Gives permission to any origin and to the one that asked in the answers to POST.",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Header[origin] = []string{"*", c.Request.Header.Get("Origin")}
			}}.Only(change.All(change.Post, asked))),
		hooked("origin-twice-in-errors", "Gives permission twice in errors.", allowing("*", "*").Only(change.All(change.Post, change.Not(change.Granted)))),
		hooked("origin-twice-in-tokens", "Gives permission twice in token responses.", allowing("*", "*").Only(change.Granted)),
		hooked("origin-twice-in-preflight", "Answers a preflight with permission twice.", allowing("*", "*").Only(change.Preflight)),
		hooked("origin-twice-in-one-field-of-preflight", "Answers a preflight with permission twice in one field.", allowing("*, *").Only(change.Preflight)),
		hooked("origin-twice-everywhere", "Gives permission twice in every answer.", allowing("*", "*")),
		hooked("origins-listed", "Names two origins in one field of every answer.", allowing("https://a.example, https://b.example")),
		hooked("preflight-allows-get-alone", "Answers a preflight with permission for GET alone.", change.Header(methods, "GET").Only(change.Preflight)),
		hooked("preflight-allows-content-type-alone", "Answers a preflight with permission for the content-type header alone.",
			change.Header(headers, "content-type").Only(change.Preflight)),
		hooked("preflight-allows-no-header", "Answers a preflight without permission for any header.", change.Header(headers).Only(change.Preflight)),
		hooked("preflight-wildcard-for-headers", "Answers a preflight with a wildcard for headers, which does not cover authorization.",
			change.Header(headers, "*").Only(change.Preflight)),
		hooked("preflight-refused-with-permission", "Answers a preflight with permission, but with status 401.",
			change.Failing(http.StatusUnauthorized, "Authentication credentials were not provided.").Only(change.Preflight)),
		hooked("no-permission-on-answers", "Gives permission in the preflight and not in the answers to POST.", change.Header(origin).Only(change.Post)),
		hooked("no-permission-on-errors", "Gives permission in the preflight and in token responses, but not in errors.",
			change.Header(origin).Only(change.All(change.Post, change.Not(change.Granted)))),
		hooked("no-permission-on-tokens", "Gives permission in the preflight and in errors, but not in token responses.",
			change.Header(origin).Only(change.Granted)),
		hooked("permission-for-another-origin", "Gives permission in the answers to POST to an origin that did not ask.",
			change.Header(origin, "https://app.example.com").Only(change.Post)),
		hooked("posts-from-other-origins-barred", "Gives permission in the preflight, and answers a POST from another origin with 403.",
			barring(change.All(change.Post, change.OfOtherOrigin))),
		hooked("posts-from-other-origins-barred-without-permission",
			"Gives permission in the preflight, and answers a POST from another origin with 403 and without permission.",
			barring(change.All(change.Post, change.OfOtherOrigin)).Then(change.Header(origin).Only(change.All(change.Post, change.Not(change.Granted))))),
	)
}
