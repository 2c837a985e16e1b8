package hostile

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// wavering servers answer now one way, now another.
func wavering() []Misbehaviour {
	alternating := func(spoilt reference.Hooks) func(*reference.Config) {
		return change.Hooked(spoilt.Only(change.Every(2)))
	}
	return []Misbehaviour{
		Misbehaviour{Name: "every other login fails", Change: alternating(change.Failing(http.StatusInternalServerError, "Please try again"))}.violates("OK-5"),
		Misbehaviour{Name: "every other login lacks a member", Change: alternating(change.Without(reference.MemberRelease))}.violates("OK-5"),
		Misbehaviour{Name: "every other login is declared as text", Change: alternating(change.Header("Content-Type", "text/plain"))}.violates("OK-5"),
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
