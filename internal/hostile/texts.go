package hostile

import (
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// rude is what a terminal or a CI system would take for a command, where it began a line or went through as it is.
const rude = "\x1b[31m\x1b]0;owned\x07\r\n::error::owned\n##[error]owned\n::stop-commands::x\n\u0085\u2028::add-mask::a\u202e\x7f\x08"

// texts are errors and refusals that say too much.
func texts() []Misbehaviour {
	saying := func(body string, where func(*Call) bool) func(*Call) {
		return func(c *Call) {
			if where(c) {
				c.Body = []byte(body)
			}
			c.answer()
		}
	}
	refusal := func(c *Call) bool { return c.Status == http.StatusUnauthorized }
	names := "username, password, company_name "
	return []Misbehaviour{
		Misbehaviour{Name: "errors with commands for terminals", Answer: saying(`{"error":`+jsonQuote(rude)+`}`, (*Call).missing)}.violates(parameterClauses()...),
		Misbehaviour{Name: "raw commands for terminals instead of errors", Answer: saying(rude, (*Call).missing)}.
			violates(append(parameterClauses(), "OK-3")...),
		Misbehaviour{Name: "commands for terminals instead of logins", Answer: func(c *Call) {
			if c.granted() {
				c.Status, c.Body = http.StatusTeapot, []byte(rude)
			}
			c.answer()
		}}.violates("OK-1"),
		Misbehaviour{Name: "commands for terminals in the content type", Answer: onLogins(func(c *Call) {
			c.Header.Set("Content-Type", "::error::owned")
			c.answer()
		})}.violates("OK-3"),
		Misbehaviour{Name: "commands for terminals in release_version", Answer: instead(func(body []byte) []byte {
			return []byte(strings.Replace(string(body), `"7.8.9"`, jsonQuote(rude), 1))
		})}.violates("OK-4"),
		Misbehaviour{Name: "commands for terminals as the name of a member twice", Answer: instead(func([]byte) []byte {
			return []byte("{" + jsonQuote(rude) + ":1," + jsonQuote(rude) + ":1}")
		})}.violates("OK-3"),
		Misbehaviour{Name: "errors nested 100,000 deep", Much: true, Answer: saying(
			strings.Repeat(`{"error":`, 100_000)+jsonQuote(names)+strings.Repeat("}", 100_000), (*Call).missing)}.violates("OK-3"),
		Misbehaviour{Name: "errors of 10 MB", Much: true, Answer: tenMB(`{"error":"`+names, "x", `"}`).where((*Call).missing)}.inconclusive(),
		Misbehaviour{Name: "refusals of 10 MB", Much: true, Answer: tenMB("", "x", "").where(refusal)}.inconclusive(),
		Misbehaviour{Name: "refusals of 10 MB of quotes", Much: true, Answer: tenMB("", `"\`, "").where(refusal)}.inconclusive(),
		Misbehaviour{Name: "refusals of 10 MB of dots", Much: true, Answer: tenMB("", "aaaaaaaa.", "").where(refusal)}.inconclusive(),
		Misbehaviour{Name: "invalid UTF-8 in errors", Answer: saying("{\"error\":\""+names+"\xff\"}", (*Call).missing)}.violates("OK-3"),
		Misbehaviour{Name: "an error twice", Answer: saying(`{"error":"`+names+`","error":"x"}`, (*Call).missing)}.violates("OK-3"),
		// A refusal that carries tokens leaks them (ERR-7) whatever else it breaks.
		Misbehaviour{Name: "tokens behind 300 kB in a refusal of GET", Change: change.Hooked(change.Leaking(func(answer *reference.Answer, pair reference.Pair) {
			answer.Members.Set("padding", strings.Repeat("x", 300_000))
			answer.Members.Set(reference.MemberAccess, pair.Access)
		}).Only(func(call *reference.Call) bool { return call.Request.Method == http.MethodGet }))}.violates("ERR-7", "REF-5"),
		Misbehaviour{Name: "an error that is called Error", Answer: saying(`{"Error":"`+names+`"}`, (*Call).missing)}.violates("ERR-5"),
	}
}
