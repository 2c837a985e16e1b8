package hostile

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// instead sends other bytes for the body of a login.
func instead(body func([]byte) []byte) func(*Call) {
	return onLogins(func(c *Call) { c.Body = body(c.Body); c.answer() })
}

// bodies are token responses that JSON's readers choke on.
func bodies() []Misbehaviour {
	fixed := func(text string) func(*Call) { return instead(func([]byte) []byte { return []byte(text) }) }
	member := func(text string) func(*Call) {
		return instead(func(body []byte) []byte { return []byte(strings.TrimSuffix(string(body), "}") + "," + text + "}") })
	}
	replace := func(old, new string) func(*Call) {
		return instead(func(body []byte) []byte { return bytes.Replace(body, []byte(old), []byte(new), 1) })
	}
	deep := func(depth int) string { return strings.Repeat("[", depth) + strings.Repeat("]", depth) }
	return []Misbehaviour{
		Misbehaviour{Name: "200 with an empty body for a login", Answer: fixed("")}.violates("OK-3"),
		Misbehaviour{Name: "blanks for a login", Answer: fixed(" \r\n\t")}.violates("OK-3"),
		Misbehaviour{Name: "NUL bytes for a login", Answer: fixed(strings.Repeat("\x00", 5000))}.violates("OK-3"),
		Misbehaviour{Name: "null for a login", Answer: fixed("null")}.violates("OK-2"),
		Misbehaviour{Name: "an array for a login", Answer: fixed("[]")}.violates("OK-2"),
		Misbehaviour{Name: "a huge number for a login", Answer: fixed("1e999999999")}.violates("OK-2"),
		Misbehaviour{Name: "arrays 100,000 deep", Answer: fixed(deep(100_000))}.violates("OK-3"),
		Misbehaviour{Name: "arrays 100,000 deep that never close", Answer: fixed(strings.Repeat("[", 100_000))}.violates("OK-3"),
		Misbehaviour{Name: "objects 100,000 deep in a member", Much: true, Answer: member(`"a":` + strings.Repeat(`{"a":`, 100_000) + "1" + strings.Repeat("}", 100_000))}.
			violates("OK-3"),
		Misbehaviour{Name: "arrays 100 deep in a member", Answer: member(`"a":` + deep(100))}.conforms(),
		Misbehaviour{Name: "a text of 10 MB", Much: true, Answer: onLogins(func(c *Call) {
			tenMB(strings.TrimSuffix(string(c.Body), "}")+`,"a":"`, "a", `"}`).send(c)
		})}.inconclusive(),
		Misbehaviour{Name: "a text of 900 kB", Much: true, Answer: member(`"a":"` + strings.Repeat("a", 900_000) + `"`)}.conforms(),
		Misbehaviour{Name: "9,000 members", Much: true, Answer: member(members(9_000))}.conforms(),
		Misbehaviour{Name: "50,000 members", Much: true, Answer: member(members(50_000))}.inconclusive(),
		Misbehaviour{Name: "a token of 10 MB", Much: true, Answer: onLogins(func(c *Call) {
			before, after, _ := strings.Cut(string(c.Body), `"access_token":"`)
			tenMB(before+`"access_token":"`, "a", after).send(c)
		})}.inconclusive(),
		Misbehaviour{Name: "invalid UTF-8 in a member", Answer: member("\"a\":\"\xff\xfe\"")}.violates("OK-3"),
		Misbehaviour{Name: "a NUL byte in a member", Answer: member("\"a\":\"\x00\"")}.violates("OK-3"),
		Misbehaviour{Name: "an escaped NUL in a member", Answer: member(`"a":"\u0000"`)}.conforms(),
		Misbehaviour{Name: "an escaped NUL in release_version", Answer: replace(`"7.8.9"`, `"7.8.9\u0000"`)}.violates("OK-4"),
		Misbehaviour{Name: "a lone surrogate in a member", Answer: member(`"a":"\ud800"`)}.conforms(),
		Misbehaviour{Name: "a member twice", Answer: member(`"release_version":"7.8.9"`)}.violates("OK-3"),
		Misbehaviour{Name: "a member twice, once escaped", Answer: member(`"release_versio\u006e":"7.8.9"`)}.violates("OK-3"),
		Misbehaviour{Name: "the password as the name of a member twice", Change: change.Hooked(reference.Hooks{Encoded: func(call *reference.Call, answer *reference.Answer) {
			name := jsonQuote(call.User.Password)
			answer.Body = []byte("{" + name + ":1," + name + ":1}")
		}}.Only(change.Granted))}.violates("OK-3"),
		Misbehaviour{Name: "members that differ in case", Answer: member(`"Access_Token":"x"`)}.conforms(),
		Misbehaviour{Name: "UTF-16", Answer: instead(func(body []byte) []byte {
			wide := []byte{0xff, 0xfe}
			for _, b := range body {
				wide = append(wide, b, 0)
			}
			return wide
		})}.violates("OK-3"),
		Misbehaviour{Name: "a script around the JSON", Answer: instead(func(body []byte) []byte { return []byte(")]}',\n" + string(body)) })}.violates("OK-3"),
		Misbehaviour{Name: "the JSON twice", Answer: instead(func(body []byte) []byte { return append(body, body...) })}.violates("OK-3"),
	}
}

func members(count int) string {
	text := make([]string, count)
	for i := range text {
		text[i] = `"m` + strconv.Itoa(i) + `":0`
	}
	return strings.Join(text, ",")
}

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
