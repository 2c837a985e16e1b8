package fault

import (
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func urlencodedForms() []Fault {
	rawSpace := change.All(change.Urlencoded, func(c *reference.Call) bool { return strings.Contains(string(c.RawBody), " ") })
	spaced := func(spellings string) change.Match {
		return change.All(change.Urlencoded, func(c *reference.Call) bool {
			return strings.ContainsAny(strings.ReplaceAll(string(c.RawBody), "%20", "\x00"), spellings)
		})
	}
	named := func(agent string) change.Match {
		return change.All(change.Post, change.WithHeader("User-Agent", agent))
	}
	return of("REQ-4",
		hooked("urlencoded-unsupported", "Answers urlencoded forms with 415.",
			change.Failing(http.StatusUnsupportedMediaType, "The body must be a multipart form").Only(change.Urlencoded)),
		hooked("urlencoded-taken-as-json", "Answers urlencoded forms with 400, because they are not JSON.",
			change.Failing(http.StatusBadRequest, "JSON parse error: expecting value").Only(change.Urlencoded)),
		hooked("urlencoded-not-parsed", "Finds no parameters in any urlencoded form.",
			reference.Hooks{Parsed: func(c *reference.Call) { c.Form = nil }}.Only(change.Urlencoded)),
		hooked("urlencoded-not-parsed-but-searched", "Finds no parameters in any urlencoded form, and asks for a company where its name is not in the text.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(change.All(change.Urlencoded, hasCompany)).
				Then(change.Failing(http.StatusInternalServerError, "Company Name").Only(change.All(change.Urlencoded, change.Not(hasCompany))))),
		hooked("urlencoded-login-too-large", "Answers complete urlencoded forms with 413.",
			change.Failing(http.StatusRequestEntityTooLarge, "The form is too large").
				Only(change.All(change.Urlencoded, func(c *reference.Call) bool { return len(c.Form) >= len(reference.Parameters()) }))),
		hooked("plus-not-decoded", "Keeps a plus sign in a urlencoded value instead of taking it as a space.",
			decoding(func(text string) string {
				return reference.DecodeUrlencoded(strings.ReplaceAll(text, "+", "%2B"))
			})),
		hooked("percent-20-not-decoded", "Keeps %20 in a urlencoded value instead of taking it as a space.",
			decoding(func(text string) string {
				return reference.DecodeUrlencoded(strings.ReplaceAll(text, "%20", "%2520"))
			})),
		hooked("raw-space-ends-value", "Ends a urlencoded value at a raw space.",
			decoding(func(text string) string {
				before, _, _ := strings.Cut(text, " ")
				return reference.DecodeUrlencoded(before)
			})),
		hooked("raw-space-dropped", "Drops raw spaces from urlencoded values.",
			decoding(func(text string) string {
				return reference.DecodeUrlencoded(strings.ReplaceAll(text, " ", ""))
			})),
		hooked("raw-space-refused", "Answers a urlencoded form that holds a raw space with 400.",
			change.Failing(http.StatusBadRequest, "The body cannot be read").Only(rawSpace)),
		hooked("percent-20-insisted-on", "Answers a urlencoded form with 400 that spells a space in another way than as %20.",
			change.Failing(http.StatusBadRequest, "The body cannot be read").Only(spaced(" +"))),
		hooked("plus-insisted-on", "Answers a urlencoded form with 400 that spells a space in another way than as a plus sign.",
			change.Failing(http.StatusBadRequest, "The body cannot be read").Only(spaced(" \x00"))),
		hooked("accept-insisted-on", "Answers a POST without an Accept header with 406.",
			change.Failing(http.StatusNotAcceptable, "The Accept header is missing").Only(change.All(change.Post, change.WithoutHeader("Accept"))),
			AlsoBroken{"REQ-5", "the Node.js sample sends no Accept either"}),
		hooked("any-media-type-refused", "Answers a valid login with 406 that accepts any media type.",
			change.Failing(http.StatusNotAcceptable, "The Accept header is too wide").Only(change.All(change.Granted, change.WithHeader("Accept", "*/*"))),
			AlsoBroken{"REQ-5", "the browser sample accepts any media type too"}),
		hooked("deflate-offer-crashes", "Answers a valid login with 500 that offers deflate.",
			change.Failing(http.StatusInternalServerError, "Internal server error").Only(change.All(change.Granted, change.WithHeader("Accept-Encoding", "deflate"))),
			AlsoBroken{"REQ-5", "the browser sample offers deflate too"}),
		hooked("python-barred", "Answers Python's requests with 403, as a filter does that knows it by its User-Agent.", barring(named("python-requests/"))),
		hooked("okhttp-barred", "Answers OkHttp with 403, as a filter does that knows it by its User-Agent.", barring(named("okhttp/"))),
		hooked("curl-barred", "Answers curl with 403, as a filter does that knows it by its User-Agent.", barring(named("curl/"))),
		hooked("programs-barred", "Answers Python's requests, OkHttp and curl with 403, as a filter does that knows them by their User-Agent.",
			barring(func(c *reference.Call) bool {
				return named("python-requests/")(c) || named("okhttp/")(c) || named("curl/")(c)
			})),
		hooked("all-but-browsers-barred", "Answers all clients with 403 that do not name themselves as browsers do.",
			barring(change.All(change.Post, change.Not(named("Mozilla/")))),
			AlsoBroken{"REQ-5", "the Node.js sample does not name itself"}),
	)
}

// barring answers calls as a filter in front of the endpoint does.
func barring(calls change.Match) reference.Hooks {
	return change.Failing(http.StatusForbidden, "error code: 1010").Only(calls)
}

// decoding reads urlencoded names and values in another way.
func decoding(decode func(string) string) reference.Hooks {
	return reference.Hooks{Parsed: func(c *reference.Call) {
		c.Form = reference.ParseUrlencoded(string(c.RawBody), decode)
	}}.Only(change.Urlencoded)
}
