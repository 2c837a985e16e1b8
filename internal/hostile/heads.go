package hostile

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
	"github.com/klearstack/conformance/internal/result"
)

// raw answers everything with the same bytes.
func raw(text string) func(*Call) { return func(c *Call) { c.write(text) } }

// heads are status lines, interim answers and headers that are wrong, or too many.
func heads() []Misbehaviour {
	const notHTTP = "something that is not HTTP"
	extra := func(header string) func(*Call) {
		return func(c *Call) {
			c.open()
			c.write(fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", header, len(c.Body), c.Body))
		}
	}
	after := func(interim string) func(*Call) { return func(c *Call) { c.write(interim); c.answer() } }
	return []Misbehaviour{
		Misbehaviour{Name: "HTTP/0.9", Answer: raw("<html>hello</html>\n")}.absent(1, notHTTP),
		Misbehaviour{Name: "another protocol's greeting", Accepted: func(c *Call) bool { c.write("SSH-2.0-OpenSSH_9.2\r\n"); return false }}.
			absent(1, notHTTP),
		Misbehaviour{Name: "a status of letters", Answer: raw("HTTP/1.1 OK 200\r\n\r\n")}.absent(1, notHTTP),
		Misbehaviour{Name: "a status of four digits", Answer: raw("HTTP/1.1 2000 OK\r\n\r\n")}.absent(1, notHTTP),
		Misbehaviour{Name: "a version that does not exist", Answer: raw("HTTP/x.y 200 OK\r\n\r\n")}.absent(1, notHTTP),
		Misbehaviour{Name: "binary rubbish", Answer: raw(strings.Repeat("\x00\x1b\xff\r\n", 2000))}.absent(1, notHTTP),
		Misbehaviour{Name: "header injection in a name", Answer: extra("X-One\x1b[31m ::error::\rtwo: y\r\n")}.absent(1, notHTTP),
		Misbehaviour{Name: "a header without a colon", Answer: extra("no colon\r\n")}.absent(1, notHTTP),
		Misbehaviour{Name: "endless headers", Much: true, Answer: func(c *Call) { c.open(); c.flood("X-Padding: " + strings.Repeat("a", 1000) + "\r\n") }}.
			absent(1, "a header of over 512 KiB"),
		Misbehaviour{Name: "an endless header value", Much: true, Answer: func(c *Call) {
			c.open()
			c.write("X-Padding: ")
			c.flood(strings.Repeat("a", 1<<16))
		}}.absent(1, "a header of over 512 KiB"),
		Misbehaviour{Name: "an endless status line", Much: true, Answer: func(c *Call) { c.write("HTTP/1.1 200 "); c.flood(strings.Repeat("OK", 1<<15)) }}.
			absent(1, "a header of over 512 KiB"),
		Misbehaviour{Name: "50,000 header fields", Much: true, Answer: extra(fields(50_000))}.absent(1, "more than 5000 header fields"),
		Misbehaviour{Name: "4,000 header fields", Much: true, Answer: extra(fields(4_000))}.conforms(),
		Misbehaviour{Name: "a flood of cookies", Much: true, Answer: extra(strings.Repeat("Set-Cookie: crumb="+strings.Repeat("c", 100)+"; Path=/\r\n", 1000))}.conforms(),
		Misbehaviour{Name: "a huge header value", Much: true, Answer: extra("X-Padding: " + strings.Repeat("a", 500_000) + "\r\n")}.conforms(),
		// What each of them may send is too much where all do.
		Misbehaviour{Name: "4,000 header fields, 9,000 members and 400 kB of text", Much: true, Answer: func(c *Call) {
			c.Body = []byte(strings.TrimSuffix(string(c.Body), "}") + "," + members(9_000) + `,"a":"` + strings.Repeat("a", 400_000) + `"}`)
			extra(fields(4_000))(c)
		}}.inconclusive(),
		Misbehaviour{Name: "interim answers before the answer", Answer: after(
			"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n")}.conforms(),
		Misbehaviour{Name: "forty interim answers before the answer", Answer: after(strings.Repeat("HTTP/1.1 103 Early Hints\r\n\r\n", 40))}.conforms(),
		Misbehaviour{Name: "endless interim answers", Much: true, Answer: func(c *Call) { c.flood("HTTP/1.1 100 Continue\r\n\r\n") }}.
			absent(1, notHTTP),
		Misbehaviour{Name: "endless interim answers with headers", Answer: func(c *Call) {
			c.flood("HTTP/1.1 103 Early Hints\r\nLink: </" + strings.Repeat("a", 1000) + ">\r\n\r\n")
		}}.absent(1, notHTTP),
		{Name: "switches protocols", Verdict: result.Violates, Violated: []string{"OK-1"}, Answer: func(c *Call) {
			if !c.granted() {
				c.answer()
				return
			}
			c.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: rubbish\r\n\r\n")
			c.flood(strings.Repeat("rubbish", 1000))
		}},
	}
}

// fields are small header fields, each by a name of its own.
func fields(count int) string {
	var text strings.Builder
	for i := range count {
		fmt.Fprintf(&text, "f%d:\r\n", i)
	}
	return text.String()
}

// parameterClauses are those about missing parameters that another status than 500 breaks.
func parameterClauses() []string { return []string{"ERR-1", "ERR-2", "ERR-3", "ERR-4"} }

// statuses are answers whose status says something else than the contract.
func statuses() []Misbehaviour {
	answer := func(status int, where func(*Call) bool) func(*Call) {
		return func(c *Call) {
			if where(c) {
				c.Status, c.Body = status, nil
				c.Header = http.Header{"Date": c.Header["Date"]}
			}
			c.answer()
		}
	}
	failing := func(status int, text string) func(*reference.Config) {
		return change.Hooked(change.Failing(status, text).Only(change.Granted))
	}
	always := func(*Call) bool { return true }
	login := (*Call).granted
	own := func(c *Call) bool { return strings.HasPrefix(c.Request.UserAgent(), "klearstack-conformance/") }
	third := func(c *Call) bool { return c.Number%3 == 0 }
	var all []Misbehaviour
	for _, status := range []int{408, 460, 464, 499, 520, 521, 522, 523, 524, 525, 526, 527, 528, 529, 530, 550, 555, 561, 598, 599} {
		all = append(all, Misbehaviour{Name: fmt.Sprintf("%d on everything", status), Answer: answer(status, always)}.absent(2, fmt.Sprintf("a gateway answered %d", status)))
	}
	return append(all,
		Misbehaviour{Name: "408 on every third request", Answer: answer(408, third)}.inconclusive(),
		Misbehaviour{Name: "524 on every third request", Answer: answer(524, third)}.inconclusive(),
		Misbehaviour{Name: "520 on every login", Answer: answer(520, login)}.inconclusive(),
		Misbehaviour{Name: "531 for a login", Answer: answer(531, login)}.violates("OK-1"),
		Misbehaviour{Name: "502 on everything", Answer: answer(502, always)}.absent(2, "502 Bad Gateway"),
		Misbehaviour{Name: "504 on everything", Answer: answer(504, always)}.absent(2, "504 Gateway Timeout"),
		Misbehaviour{Name: "502 on every third request", Answer: answer(502, third)}.inconclusive(),
		Misbehaviour{Name: "504 on every login", Answer: answer(504, login)}.inconclusive(),
		Misbehaviour{Name: "403 for this suite's User-Agent", Answer: answer(403, own)}.inconclusive(),
		Misbehaviour{Name: "200 with an empty body for this suite's User-Agent", Answer: answer(200, own)}.inconclusive(),
		Misbehaviour{Name: "403 for this suite's User-Agent and for none", Answer: answer(403, func(c *Call) bool {
			return own(c) || c.Request.UserAgent() == ""
		})}.violates("REQ-5"),
		Misbehaviour{Name: "400 for a login", Answer: answer(400, login)}.inconclusive(),
		Misbehaviour{Name: "401 for a login, as for a wrong password", Change: failing(401, "Invalid credentials")}.inconclusive(),
		Misbehaviour{Name: "403 for a login, as the account may not log in", Change: failing(403, "The account may not log in")}.inconclusive(),
		Misbehaviour{Name: "422 for a login, as the password has expired", Change: failing(422, "The password has expired")}.inconclusive(),
		Misbehaviour{Name: "423 for a login, as the account is locked", Change: failing(423, "Locked")}.inconclusive(),
		Misbehaviour{Name: "values beyond ASCII are decoded as Latin-1 in both encodings", Change: change.Hooked(reference.Hooks{Parsed: func(call *reference.Call) {
			for i, field := range call.Form {
				call.Form[i].Value = change.Latin1(field.Value)
			}
		}})}.inconclusive(),
		Misbehaviour{Name: "401 for every form, whatever is missing", Change: change.Hooked(change.Failing(401, "Invalid credentials").Only(func(call *reference.Call) bool {
			return change.Missing(call) || change.Granted(call)
		}))}.violates(append(parameterClauses(), "OK-1")...),
		Misbehaviour{Name: "422 with the form for every form, which it takes for JSON", Change: change.Hooked(change.Failing(422, "The body is no JSON object").
			Then(change.MemberOf("input", func(call *reference.Call) any { return string(call.RawBody) })).Only(change.Post))}.violates(append(parameterClauses(), "ERR-7", "OK-1")...),
		Misbehaviour{Name: "204 for a login", Answer: answer(204, login)}.violates("OK-1"),
		Misbehaviour{Name: "304 for a login", Answer: answer(304, login)}.violates("OK-1"),
		Misbehaviour{Name: "418 for a login", Answer: answer(418, login)}.violates("OK-1"),
		Misbehaviour{Name: "a status beyond all classes for a login", Answer: answer(999, login)}.violates("OK-1"),
		Misbehaviour{Name: "200 with an empty body on everything", Answer: answer(200, always)}.
			violates(append(parameterClauses(), "OK-3")...),
		Misbehaviour{Name: "202 with an empty body on everything, as from a bot filter", Answer: answer(202, always)}.
			violates(append(parameterClauses(), "OK-1")...),
		Misbehaviour{Name: "200 with a sign-in page on everything", Answer: func(c *Call) {
			c.Status, c.Body = http.StatusOK, []byte("<!doctype html><title>Sign in</title><form><input name=username></form>")
			c.Header = http.Header{"Content-Type": {"text/html"}, "Date": c.Header["Date"]}
			c.answer()
		}}.violates(append(parameterClauses(), "OK-3")...),
		Misbehaviour{Name: "202 with an empty body for all complete forms", Answer: answer(202, func(c *Call) bool {
			return c.Request.Method == http.MethodPost && !c.missing()
		})}.violates("OK-1"),
		Misbehaviour{Name: "202 for a login, and tokens for unknown users", Change: change.Hooked(
			reference.Hooks{Decided: func(call *reference.Call) {
				call.Grant(reference.User{ID: 1000, Username: call.Form.Value(reference.ParamUsername)})
			}}.Only(change.Because(change.UnknownUser)),
			change.Composing(func(answer *reference.Answer) {
				answer.Status, answer.Members = http.StatusAccepted, nil
			}).Only(func(call *reference.Call) bool { return change.Granted(call) && call.User.ID != 1000 }))}.violates("OK-1", "REF-2"),
		Misbehaviour{Name: "500 with an empty body on everything", Answer: answer(500, always)}.
			violates(append(parameterClauses(), "OK-1")...),
		Misbehaviour{Name: "404 on everything", Answer: answer(404, always)}.absent(2, "check KLEARSTACK_BASE_URL"),
	)
}

// redirects send the client elsewhere. None is followed, so none may lead anybody astray.
func redirects() []Misbehaviour {
	to := func(status int, location func(*Call) string) func(*Call) {
		return func(c *Call) {
			c.Header = http.Header{"Location": {location(c)}}
			c.Status, c.Body = status, nil
			c.answer()
		}
	}
	itself := func(c *Call) string { return c.Request.URL.Path }
	elsewhere := func(c *Call) string {
		return fmt.Sprintf("http://%s%s", c.running.elsewhere.Addr(), c.Request.URL.Path)
	}
	fixed := func(location string) func(*Call) string { return func(*Call) string { return location } }
	return []Misbehaviour{
		Misbehaviour{Name: "a redirect to itself", Answer: to(302, itself)}.violates("REF-6"),
		Misbehaviour{Name: "a redirect to another host", Answer: to(302, elsewhere)}.violates("REF-6"),
		Misbehaviour{Name: "a redirect of the whole request to another host", Answer: to(307, elsewhere)}.violates("REF-6"),
		Misbehaviour{Name: "a permanent redirect of the whole request to another host", Answer: to(308, elsewhere)}.violates("REF-6"),
		Misbehaviour{Name: "a redirect of valid logins to another host", Answer: func(c *Call) {
			if c.granted() {
				to(307, elsewhere)(c)
				return
			}
			c.answer()
		}}.violates("REF-6"),
		Misbehaviour{Name: "a redirect to https", Answer: to(308, func(c *Call) string {
			return "https://" + c.Request.Host + c.Request.URL.Path
		})}.absent(1, "begin with https://"),
		Misbehaviour{Name: "a redirect to nowhere", Answer: to(302, fixed(""))}.violates("REF-6"),
		Misbehaviour{Name: "a redirect to what is no URL", Answer: to(302, fixed("http://[::1%25 ::error::x ##[error]x/%zz"))}.violates("REF-6"),
		Misbehaviour{Name: "a redirect with commands for terminals", Answer: to(302, fixed("/\x1b[31mred"))}.
			absent(1, "something that is not HTTP"),
		Misbehaviour{Name: "a redirect to a file", Answer: to(301, fixed("file:///etc/passwd"))}.violates("REF-6"),
	}
}
