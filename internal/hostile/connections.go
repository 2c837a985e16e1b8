package hostile

import (
	"time"
)

// Times by which a server and a client that gets little time from it miss each other.
const (
	little = 300 * time.Millisecond
	pause  = 100 * time.Millisecond
)

// connections are broken before there is an answer, or in the middle of one.
func connections() []Misbehaviour {
	silent := func(c *Call) bool { c.hang(); return false }
	return []Misbehaviour{
		Misbehaviour{Name: "nobody listens", Down: true}.absent(1, "refuses connections"),
		Misbehaviour{Name: "resets every connection", Accepted: func(c *Call) bool { c.reset(); return false }}.
			absent(1, "broke the connection off"),
		Misbehaviour{Name: "closes every connection", Accepted: func(*Call) bool { return false }}.
			absent(1, "look at the service's log"),
		Misbehaviour{Name: "closes after the request", Answer: func(*Call) {}}.
			absent(1, "closed the connection without an answer"),
		Misbehaviour{Name: "resets before the body", Answer: func(c *Call) { c.head(); c.reset() }}.
			absent(1, "broke the connection off"),
		Misbehaviour{Name: "resets in the middle of the body", Answer: func(c *Call) {
			c.head()
			c.write(string(c.Body[:len(c.Body)/2]))
			c.reset()
		}}.absent(1, "broke the connection off"),
		Misbehaviour{Name: "accepts and never reads", Accepted: silent}.within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "never answers", Answer: (*Call).hang}.within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "never ends the header", Answer: func(c *Call) { c.open(); c.hang() }}.within(little).
			absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "never ends the body", Answer: func(c *Call) {
			c.head()
			c.write(string(c.Body[1:]))
			c.hang()
		}}.within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "drips the header byte by byte", Answer: func(c *Call) { c.drip("HTTP/1.1 200 OK\r\nX: y\r\n", pause) }}.
			within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "drips the body byte by byte", Answer: func(c *Call) {
			c.head()
			c.drip(string(c.Body), pause)
		}}.within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "never answers what is refused", Answer: func(c *Call) {
			if c.Status == 401 {
				c.hang()
				return
			}
			c.answer()
		}}.within(2 * time.Second).inconclusive(),
	}
}
