package variant

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// headers differ in header fields.
func headers() []Variant {
	const typed = "OK-3: application/json, any case, any parameters"
	declared := func(contentType string) reference.Hooks {
		return change.Header("Content-Type", contentType).Only(change.WithBody)
	}
	all := []Variant{
		hooked("no-cache-control", "Sends no Cache-Control.", "ADV-1 is an advisory", change.Header("Cache-Control")).against("ADV-1"),
		hooked("no-cache-control-now-and-then", "Sends Cache-Control with every second token response.",
			"ADV-1 is an advisory, which a server need not keep every time", change.Header("Cache-Control").Only(change.Every(2))).against("ADV-1"),
		hooked("no-sniff-absent", "Sends no X-Content-Type-Options.", "ADV-5 is an advisory", change.Header("X-Content-Type-Options")).against("ADV-5"),
		hooked("cache-control-among-others", "Sends no-store in capitals among other directives.", "ADV-1 asks for no-store, whatever else",
			change.Header("Cache-Control", "private, max-age=0", "NO-STORE ,no-cache")),
		hooked("bare-headers", "Sends only the headers that clauses ask for.", "the rest is advised at most",
			change.Composing(func(a *reference.Answer) {
				for name := range a.Header {
					if name != "Content-Type" {
						a.Header[name] = nil
					}
				}
			})).against("ADV-1", "ADV-5"),
		hooked("gateway-headers", "Sends what gateways and hosts add.", "no clause forbids further header fields", change.Composing(func(a *reference.Answer) {
			for name, value := range map[string]string{
				"Server": "nginx/1.25.3", "Via": "1.1 vegur, 2.0 cloud (Proxy)", "X-Request-Id": "0b1e2d3c-4f5a-6789-abcd-ef0123456789",
				"Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload", "Alt-Svc": `h3=":443"; ma=86400`,
				"X-Amzn-Trace-Id": "Root=1-62bd0cd5-00aa11bb22cc33dd44ee55ff;Sampled=1", "Cf-Ray": "72345abcde-FRA",
				"Content-Security-Policy": "default-src 'none'", "X-Runtime": "0.012345", "Content-Language": "en",
			} {
				a.Header.Set(name, value)
			}
		})),
		hooked("many-headers", "Sends 200 header fields more.", "no clause bounds the header", change.Composing(func(a *reference.Answer) {
			for i := range 200 {
				a.Header.Set(fmt.Sprintf("X-Trace-%03d", i), strings.Repeat("x", 100))
			}
		})),
		hooked("https-bare", "Sends only the headers that clauses ask for, over HTTP/2.", "the rest is advised at most",
			change.Header("Date"), change.Header("Access-Control-Allow-Origin")).servedBy(TrustedTLS),
		hooked("tokens-in-headers-too", "Sends the access token of a login in a header field, too.", "ERR-7 forbids it to errors alone",
			change.Composing(func(a *reference.Answer) {
				if access, ok := a.Members.Get(reference.MemberAccess).(string); ok {
					a.Header.Set("Authorization", "Bearer "+access)
				}
			}).Only(change.Granted)),
		hooked("retry-after", "Sends Retry-After with refusals.", "REF-1 asks for a refusal, not for its header", change.Header("Retry-After", "30").Only(change.Refused)),
	}
	for _, each := range []struct{ name, contentType string }{
		{"charset", "application/json; charset=utf-8"},
		{"charset-quoted", `Application/JSON;charset="UTF-8"`},
		{"charset-spaced", "application/json ; charset=UTF-8"},
		{"charset-of-ascii", "application/json; charset=us-ascii"},
		{"other-parameter", "application/json; odata.metadata=minimal; streaming"},
		{"trailing-semicolon", "application/json;"},
		{"type-in-capitals", "APPLICATION/JSON"},
	} {
		all = append(all, hooked("content-type-"+each.name, "Declares JSON as "+each.contentType+".", typed, declared(each.contentType)))
	}
	const first = "ADV-5: the first value counts, as in browsers"
	all = append(all,
		hooked("no-sniff-twice", "Sends X-Content-Type-Options twice.", first, change.Header("X-Content-Type-Options", "nosniff", "nosniff")),
		hooked("no-sniff-twice-in-one-field", "Sends X-Content-Type-Options with two values.", first, change.Header("X-Content-Type-Options", "nosniff, nosniff")),
		hooked("no-sniff-before-others", "Sends X-Content-Type-Options with another value after nosniff.", first, change.Header("X-Content-Type-Options", "NoSniff,none")))
	const once = "OK-3: Content-Type fields that agree declare JSON"
	return append(all,
		hooked("content-type-twice", "Declares JSON twice.", once, change.Header("Content-Type", "application/json", "application/json").Only(change.WithBody)),
		hooked("content-type-twice-with-charset", "Declares JSON twice, once in capitals and with a charset.", once,
			change.Header("Content-Type", "application/json", "Application/JSON; charset=utf-8").Only(change.WithBody)),
		hooked("content-type-twice-in-one-field", "Declares JSON twice in one field.", once, declared("application/json, application/json")),
		hooked("status-of-options", "Answers OPTIONS with a page.", "no clause says what OPTIONS is answered",
			change.Page(http.StatusOK, "text/html", "<!doctype html><title>Options</title>").Only(change.Options)))
}
