package hostile

import (
	"fmt"
	"strings"
)

// onLogins misbehaves where the reference server grants a login, and nowhere else.
func onLogins(misbehave func(*Call)) func(*Call) {
	return func(c *Call) {
		if !c.granted() {
			c.answer()
			return
		}
		misbehave(c)
	}
}

// lengths are bodies of another length than the answer says, and those without an end.
func lengths() []Misbehaviour {
	announce := func(more int) func(*Call) {
		return onLogins(func(c *Call) {
			c.open()
			c.write(fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(c.Body)+more, c.Body))
		})
	}
	chunked := func(rest string) func(*Call) {
		return onLogins(func(c *Call) {
			c.open()
			c.write(fmt.Sprintf("Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n%s", len(c.Body), c.Body, rest))
		})
	}
	lined := func(line string) func(*Call) {
		return onLogins(func(c *Call) { c.open(); c.write(line + "\r\n\r\n" + string(c.Body)) })
	}
	padding := strings.Repeat(" ", 1<<16)
	return []Misbehaviour{
		Misbehaviour{Name: "a Content-Length that is too large", Answer: announce(10)}.violates("OK-3"),
		Misbehaviour{Name: "a Content-Length that is too small", Answer: announce(-10)}.violates("OK-3"),
		Misbehaviour{Name: "a Content-Length beyond all bounds", Answer: lined("Content-Length: 9223372036854775807")}.violates("OK-3"),
		Misbehaviour{Name: "a Content-Length that is no number", Answer: lined("Content-Length: 12abc")}.absent(1, "something that is not HTTP"),
		Misbehaviour{Name: "a negative Content-Length", Answer: lined("Content-Length: -1")}.absent(1, "something that is not HTTP"),
		Misbehaviour{Name: "two Content-Lengths", Answer: lined("Content-Length: 5\r\nContent-Length: 6")}.absent(1, "something that is not HTTP"),
		Misbehaviour{Name: "no length at all", Answer: onLogins(func(c *Call) { c.open(); c.write("\r\n" + string(c.Body)) })}.conforms(),
		Misbehaviour{Name: "chunks without a last one", Answer: chunked("")}.violates("OK-3"),
		Misbehaviour{Name: "a chunk whose size is no number", Answer: chunked("zz\r\n")}.absent(1, "something that is not HTTP"),
		Misbehaviour{Name: "a transfer coding that does not exist", Answer: lined("Transfer-Encoding: rot13")}.absent(1, "something that is not HTTP"),
		Misbehaviour{Name: "trailers", Answer: chunked("0\r\nX-Checksum: 1\r\n\r\n")}.conforms(),
		Misbehaviour{Name: "endless trailers", Answer: onLogins(func(c *Call) {
			chunked("0\r\n")(c)
			c.flood("X-Padding: " + strings.Repeat("a", 1000) + "\r\n")
		})}.absent(1, "something that is not HTTP"),
		Misbehaviour{Name: "an endless body", Much: true, Answer: onLogins(func(c *Call) { c.open(); c.write("\r\n{\"access_token\":\""); c.flood(strings.Repeat("a", 1<<16)) })}.inconclusive(),
		Misbehaviour{Name: "endless chunks", Much: true, Answer: onLogins(func(c *Call) {
			c.open()
			c.write("Transfer-Encoding: chunked\r\n\r\n")
			c.flood(fmt.Sprintf("%x\r\n%s\r\n", len(padding), padding))
		})}.inconclusive(),
		Misbehaviour{Name: "an endless end of white space", Much: true, Answer: onLogins(func(c *Call) {
			c.open()
			c.write("\r\n" + string(c.Body))
			c.flood(padding)
		})}.inconclusive(),
	}
}
