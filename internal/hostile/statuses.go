package hostile

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

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
