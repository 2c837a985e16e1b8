package hostile

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

// wavering servers answer now one way, now another.
func wavering() []Misbehaviour {
	alternating := func(spoil func(*reference.Answer)) func(*reference.Config) {
		return func(config *reference.Config) {
			config.Hooks.Composed = func(call *reference.Call, answer *reference.Answer) {
				if call.Login > 0 && call.Login%2 == 0 {
					spoil(answer)
				}
			}
		}
	}
	return []Misbehaviour{
		Misbehaviour{Name: "every other login fails", Change: alternating(func(a *reference.Answer) {
			a.Fail(http.StatusInternalServerError, "Please try again")
		})}.violates("OK-5"),
		Misbehaviour{Name: "every other login lacks a member", Change: alternating(func(a *reference.Answer) {
			a.Members.Delete(reference.MemberRelease)
		})}.violates("OK-5"),
		Misbehaviour{Name: "every other login is declared as text", Change: alternating(func(a *reference.Answer) {
			a.Header.Set("Content-Type", "text/plain")
		})}.violates("OK-5"),
		Misbehaviour{Name: "every other connection is reset", Answer: func(c *Call) {
			if c.Number%2 == 0 {
				c.reset()
				return
			}
			c.answer()
		}}.inconclusive(),
		Misbehaviour{Name: "dies after twenty requests", Answer: func(c *Call) {
			c.answer()
			if c.Number == 20 {
				c.running.Die()
			}
		}}.inconclusive(),
		Misbehaviour{Name: "dies after the first request", Answer: func(c *Call) {
			c.answer()
			c.running.Die()
		}}.inconclusive(),
		Misbehaviour{Name: "hangs up on everything but logins", Answer: func(c *Call) {
			if c.granted() {
				c.answer()
			}
		}}.inconclusive(),
	}
}
