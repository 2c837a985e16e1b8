package hostile

import (
	"bytes"
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
