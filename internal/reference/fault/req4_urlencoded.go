package fault

import (
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
)

func urlencodedForms() []Fault {
	rawSpace := all(urlencoded, func(c *reference.Call) bool { return strings.Contains(string(c.RawBody), " ") })
	percent20 := AlsoBroken{"REQ-6", "a body with every byte percent-encoded spells its spaces as %20 too"}
	return of("REQ-4",
		hooked("urlencoded-unsupported", "Answers urlencoded forms with 415.",
			failing(http.StatusUnsupportedMediaType, "The body must be a multipart form").Only(urlencoded)),
		hooked("urlencoded-taken-as-json", "Answers urlencoded forms with 400, because they are not JSON.",
			failing(http.StatusBadRequest, "JSON parse error: expecting value").Only(urlencoded)),
		hooked("plus-not-decoded", "Keeps a plus sign in a urlencoded value instead of taking it as a space.",
			decoding(func(text string) string {
				return reference.DecodeUrlencoded(strings.ReplaceAll(text, "+", "%2B"))
			})),
		hooked("percent-20-not-decoded", "Keeps %20 in a urlencoded value instead of taking it as a space.",
			decoding(func(text string) string {
				return reference.DecodeUrlencoded(strings.ReplaceAll(text, "%20", "%2520"))
			}), percent20),
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
			failing(http.StatusBadRequest, "The body cannot be read").Only(rawSpace)),
	)
}

// decoding reads urlencoded names and values in another way.
func decoding(decode func(string) string) reference.Hooks {
	return reference.Hooks{Parsed: func(c *reference.Call) {
		c.Form = reference.ParseUrlencoded(string(c.RawBody), decode)
	}}.Only(urlencoded)
}
