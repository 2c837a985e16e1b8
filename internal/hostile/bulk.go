package hostile

import (
	"fmt"
	"net/http"
	"strings"
)

// bulk is a long body of which only pieces are ever held in memory.
type bulk struct {
	before string
	piece  string
	times  int
	after  string
}

// tenMB is a text of about ten megabytes, made of a short one, between two others.
func tenMB(before, text, after string) bulk {
	const size, step = 10_000_000, 20_000
	piece := strings.Repeat(text, step/len(text))
	return bulk{before: before, piece: piece, times: size / len(piece), after: after}
}

// send answers with the body, under the header that stands in c.
func (b bulk) send(c *Call) {
	c.open()
	c.write(fmt.Sprintf("Content-Length: %d\r\n\r\n", len(b.before)+b.times*len(b.piece)+len(b.after)))
	c.write(b.before)
	for range b.times {
		if !c.write(b.piece) {
			return
		}
	}
	c.write(b.after)
}

// where sends the body where match says so.
func (b bulk) where(match func(*Call) bool) func(*Call) {
	return func(c *Call) {
		if match(c) && c.Request.Method != http.MethodHead {
			b.send(c)
			return
		}
		c.answer()
	}
}
