package fault

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func leaks() []Fault {
	return slices.Concat(leakedTokens(), leakedPasswords(), leakedTraces(), debugPages())
}

func leakedTokens() []Fault {
	inBody := func(a *reference.Answer, pair reference.Pair) {
		a.Members.Set(reference.MemberRefresh, pair.Refresh)
		a.Members.Set(reference.MemberAccess, pair.Access)
	}
	return of("ERR-7",
		hooked("missing-error-with-tokens", "Puts tokens into the error about a missing parameter.", change.Leaking(inBody).Only(change.Missing)),
		hooked("missing-error-with-access-token", "Puts an access token into a sentence of the error about a missing parameter.",
			change.Leaking(func(a *reference.Answer, pair reference.Pair) {
				a.Members.Set("hint", "Go on as "+pair.Access+" for now")
			}).Only(change.Missing)),
		hooked("missing-error-with-token-header", "Puts an access token into a header of the error about a missing parameter.",
			change.Leaking(func(a *reference.Answer, pair reference.Pair) { a.Header.Set("X-Access-Token", pair.Access) }).Only(change.Missing)),
		hooked("missing-error-with-token-cookie", "Sets a cookie with an access token in the error about a missing parameter.",
			change.Leaking(func(a *reference.Answer, pair reference.Pair) {
				a.Header.Set("Set-Cookie", (&http.Cookie{Name: "access_token", Value: pair.Access, HttpOnly: true}).String())
			}).Only(change.Missing)),
		hooked("query-with-tokens", "Answers a query string with its URL, tokens and 405.",
			change.Leaking(inBody).Then(change.MemberOf("url", func(c *reference.Call) any { return c.Request.URL.RequestURI() })).
				Only(change.All(change.Queried, change.Not(change.Post))),
			AlsoBroken{"REF-5", "tokens for a query string are issued tokens, whatever the status"}),
		hooked("refusal-with-tokens", "Refuses an unknown company with 401 and tokens.", change.Leaking(inBody).Only(change.Because(change.UnknownCompany)),
			AlsoBroken{"REF-3", "a refusal with tokens is none in the words of the clause that asks for the refusal"}),
	)
}

func leakedPasswords() []Fault {
	echoing := func(name string, echo func(*reference.Call) string) reference.Hooks {
		return change.MemberOf(name, func(c *reference.Call) any { return echo(c) })
	}
	return of("ERR-7",
		hooked("missing-error-echoes-form", "Puts the form into the error about a missing parameter.",
			change.MemberOf("request", func(c *reference.Call) any { return formOf(c) }).Only(change.Missing)),
		hooked("missing-error-echoes-body", "Puts the raw body of a urlencoded form into the error about a missing parameter.",
			reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
				decoded := reference.DecodeUrlencoded(string(c.RawBody))
				a.Body = []byte(`{"body":` + quoted(decoded) + `,` + string(a.Body[1:]))
			}}.Only(change.All(change.Urlencoded, change.Missing))),
		hooked("refusal-echoes-password", "Puts the password into the refusal of an unknown company.",
			echoing("password", func(c *reference.Call) string { return c.Form.Value(reference.ParamPassword) }).Only(change.Because(change.UnknownCompany))),
		hooked("refusal-echoes-password-in-sentence", "Puts the password into a sentence of the refusal of an unknown company.",
			echoing(reference.MemberError, func(c *reference.Call) string {
				return "No account matches " + c.Form.Value(reference.ParamPassword) + " there"
			}).
				Only(change.Because(change.UnknownCompany))),
		hooked("refusal-echoes-password-escaped", "Puts the password into the refusal of an unknown company with every character escaped.",
			reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
				a.Body = []byte(`{"error":"Invalid credentials","sent":"` + change.Escaped(c.Form.Value(reference.ParamPassword)) + `"}`)
			}}.Only(change.Because(change.UnknownCompany))),
		hooked("refusal-echoes-base64-of-login", "Puts base64 of the user name and the password into every refusal.",
			echoing("authorization", func(c *reference.Call) string {
				return "Basic " + base64.StdEncoding.EncodeToString([]byte(c.Form.Value(reference.ParamUsername)+":"+c.Form.Value(reference.ParamPassword)))
			}).Only(change.Refused)),
		hooked("refusal-echoes-wrapped-base64-of-form", "Puts base64 of the form, broken into lines, into a field of the refusal of an unknown company.",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				encoded := base64.URLEncoding.EncodeToString([]byte("f:" + c.Form.Value(reference.ParamPassword) + ":" + c.Form.Value(reference.ParamCompany)))
				a.Members.Set("sent", encoded[:20]+"\r\n"+encoded[20:])
			}}.Only(change.Because(change.UnknownCompany))),
		hooked("refusal-echoes-password-hexadecimal", "Puts the password in hexadecimal digits into every refusal.",
			echoing("sent", func(c *reference.Call) string {
				return hex.EncodeToString([]byte(c.Form.Value(reference.ParamPassword)))
			}).Only(change.Refused)),
		hooked("refusal-echoes-password-in-utf16", "Puts the password in UTF-16, every character escaped, into every refusal.",
			reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
				utf16 := strings.ReplaceAll(change.Escaped(c.Form.Value(reference.ParamPassword)), `\`, `\u0000\`)
				a.Body = []byte(`{"error":"Invalid credentials","sent":"` + utf16 + `"}`)
			}}.Only(change.Refused)),
		hooked("refusal-echoes-password-encoded-twice", "Puts the password, percent-encoded twice, into a header of every refusal.",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Header.Set("X-Debug", "sent="+url.QueryEscape(url.QueryEscape(c.Form.Value(reference.ParamPassword))))
			}}.Only(change.Refused)),
		hooked("missing-error-echoes-base64-of-form", "Puts base64 of the form into the error about a missing parameter.",
			echoing("request", func(c *reference.Call) string { return base64.StdEncoding.EncodeToString(c.RawBody) }).Only(change.Missing)),
		hooked("query-password-echoed", "Puts the password of a query string into a sentence.",
			change.MemberOf(reference.MemberError, func(c *reference.Call) any {
				return "No account matches " + c.Request.URL.Query().Get(reference.ParamPassword) + " there"
			}).Only(change.All(change.Queried, change.Not(change.Post)))),
		hooked("query-password-echoed-beside-url", "Puts the password of a query string into a member beside the URL.",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Members.Set("url", c.Request.URL.RequestURI())
				a.Members.Set("sent", c.Request.URL.Query().Get(reference.ParamPassword))
			}}.Only(change.All(change.Queried, change.Not(change.Post)))),
		hooked("other-methods-echo-form", "Puts the form of other methods than POST into the error.",
			reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
				a.Header.Set("Content-Type", "text/plain")
				a.Body = append([]byte("Cannot "+c.Request.Method+" "+c.Request.URL.RequestURI()+"?"), c.RawBody...)
			}}.Only(change.All(change.OtherMethod, change.Not(change.Queried)))),
	)
}

func leakedTraces() []Fault {
	var faults []Fault
	for _, each := range traces() {
		faults = append(faults,
			hooked("missing-error-with-"+each.name+"-trace", "Puts a "+each.title+" stack trace into the error about a missing parameter.",
				change.Member("trace", each.text).Only(change.Missing)))
	}
	return of("ERR-7", append(faults,
		hooked("query-with-python-trace", "Answers a query string with its URL and a Python stack trace.",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Fail(http.StatusInternalServerError, c.Request.URL.RequestURI()+"\n"+pythonTrace)
			}}.Only(change.All(change.Queried, change.Not(change.Post)))),
		hooked("refusal-with-python-trace", "Puts a Python stack trace into refusals.",
			change.Member("trace", pythonTrace).Only(change.Refused)),
		hooked("refusal-with-node-trace", "Writes refusals as a Node.js stack trace in plain text.",
			change.Page(http.StatusInternalServerError, "text/plain", nodeTrace).Only(change.Refused)))...)
}

func debugPages() []Fault {
	var faults []Fault
	for _, each := range pages() {
		faults = append(faults,
			hooked("refusal-with-"+each.name+"-page", "Answers a refused login with "+each.title+"'s debug page.",
				change.Page(http.StatusInternalServerError, "text/html; charset=utf-8", each.text).Only(change.Refused)))
	}
	return of("ERR-7", append(faults,
		hooked("refusal-with-laravel-debug-json", "Answers a refused login with Laravel's exception and its trace in JSON.",
			change.Page(http.StatusInternalServerError, "application/json", `{"message":"no such account","exception":"RuntimeException","file":"/srv/app/Login.php","line":17,`+
				`"trace":[{"file":"/srv/app/Controller.php","line":41,"function":"login","class":"App\\Login","type":"->"}]}`).Only(change.Refused)),
		hooked("refusal-with-symfony-debug-json", "Answers a refused login with Symfony's exception and its trace in JSON.",
			change.Page(http.StatusInternalServerError, "application/problem+json", `{"title":"An error occurred","status":500,"detail":"no such account","class":"RuntimeException",`+
				`"trace":[{"namespace":"","short_class":"","class":"","type":"","function":"","file":"/srv/app/Login.php","line":17,"args":[]},`+
				`{"namespace":"App","short_class":"Login","class":"App\\Login","type":"->","function":"login","file":"/srv/app/Controller.php","line":41,"args":[]}]}`).Only(change.Refused)),
		hooked("refusal-with-trace-and-status-200", "Answers an unknown user with a Node.js stack trace and 200.",
			change.Page(http.StatusOK, "text/plain", nodeTrace).Only(change.Because(change.UnknownUser)),
			AlsoBroken{"REF-2", "an answer with 200 is no refusal"}))...)
}
