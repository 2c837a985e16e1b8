package hostile

import (
	"net/http"
	"sync/atomic"
	"time"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// limits are rate limits of all kinds: what can be tested in spite of them is, and a fault behind one is found.
func limits() []Misbehaviour {
	// limit rejects requests as where says, which gets their number.
	limit := func(status int, retryAfter string, where func(call *reference.Call, number int64) bool) func(*reference.Config) {
		return func(config *reference.Config) {
			var number atomic.Int64
			config.Hooks.Composed = func(call *reference.Call, answer *reference.Answer) {
				if where(call, number.Add(1)) {
					answer.Fail(status, "Slow down")
					answer.Header.Set("Retry-After", retryAfter)
				}
			}
		}
	}
	always := func(*reference.Call, int64) bool { return true }
	wrongPassword := change.Because(change.WrongPassword)
	but := func(one, two int64) func(*reference.Call, int64) bool { // so many of so many, but no wrong password
		return func(call *reference.Call, number int64) bool { return number%two < one && !wrongPassword(call) }
	}
	from := func(first int64) func(*reference.Call, int64) bool {
		return func(_ *reference.Call, number int64) bool { return number >= first }
	}
	logins := func(call *reference.Call, number int64) bool {
		return change.Granted(call) && number%2 == 0
	}
	hour := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	const past = "Wed, 21 Oct 2015 07:28:00 GMT"
	return []Misbehaviour{
		Misbehaviour{Name: "429 on everything", Change: limit(429, "", always)}.absent(1, "429 Too Many Requests, still after a wait of 63 s"),
		Misbehaviour{Name: "429 on everything for 17 seconds", Change: limit(429, "17", always)}.absent(1, "429 Too Many Requests and asks to wait 17 s"),
		Misbehaviour{Name: "429 on everything for an hour", Change: limit(429, hour, always)}.absent(1, "longer than the 60 s"),
		Misbehaviour{Name: "503 on everything", Change: limit(503, "", always)}.absent(2, "503 Service Unavailable"),
		Misbehaviour{Name: "503 on everything for 17 seconds", Change: limit(503, "17", always)}.absent(1, "503 Service Unavailable and asks to wait 17 s"),
		Misbehaviour{Name: "503 on everything for an hour", Change: limit(503, "3600", always)}.absent(1, "503 Service Unavailable and asks to wait 3600 s, which is longer"),
		Misbehaviour{Name: "503 on every third request", Change: limit(503, "soon", but(1, 3))}.inconclusive(),
		Misbehaviour{Name: "503 on every third request for 17 seconds", Change: limit(503, "17", but(1, 3))}.conforms(),
		Misbehaviour{Name: "429 on every third request", Change: limit(429, "", but(1, 3))}.conforms(),
		Misbehaviour{Name: "429 on two of three requests", Change: limit(429, past, but(2, 3))}.conforms(),
		Misbehaviour{Name: "429 on six of seven requests", Change: limit(429, "0", but(6, 7))}.stopped("429 Too Many Requests"),
		Misbehaviour{Name: "429 on logins", Change: limit(429, "1", logins)}.conforms(),
		Misbehaviour{Name: "429 on wrong passwords", Change: limit(429, "17", func(call *reference.Call, _ int64) bool { return wrongPassword(call) })}.inconclusive(),
		Misbehaviour{Name: "429 from the second request on", Change: limit(429, "1", from(2))}.stopped("429 Too Many Requests and asks to wait 1 s, still after"),
		Misbehaviour{Name: "429 from the twentieth request on", Change: limit(429, "60", from(20))}.stopped("429 Too Many Requests and asks to wait 60 s"),
		Misbehaviour{Name: "429 for an hour from the thirtieth request on", Change: limit(429, hour, from(30))}.stopped("longer than the 60 s"),
		Misbehaviour{Name: "a fault behind a rate limit", Change: func(config *reference.Config) {
			config.AccessLifetime = 15 * time.Hour
			limit(429, "1", but(1, 3))(config)
		}}.violates("TOK-4"),
		Misbehaviour{Name: "a fault behind a rate limit that remains", Change: func(config *reference.Config) {
			config.AccessLifetime = 15 * time.Hour
			limit(429, "3600", from(30))(config)
		}}.violates("TOK-4").stopping("429 Too Many Requests"),
	}
}

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
