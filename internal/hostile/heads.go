package hostile

import (
	"fmt"
	"strings"

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
