package spelling_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/spelling"
)

// written holds what the notations of the web escape, and what only some of them do.
const written = "Pä ö+%41&w=o;\"r\" it's <b>/\\ ~!*()[]{}|^`@:,?#$€😀x"

// each writes every character, or every byte, with a format.
func each[T rune | byte](text []T, format string) string {
	var out strings.Builder
	for _, char := range text {
		fmt.Fprintf(&out, format, char)
	}
	return out.String()
}

func quoted(t *testing.T, text string) string {
	t.Helper()
	spelt, err := json.Marshal(text)
	require.NoError(t, err)
	return string(spelt[1 : len(spelt)-1])
}

// dump is what hexdump -C and the like print.
func dump(text string) string { return hex.Dump([]byte(text)) }

// xxd prints groups of two bytes.
func xxd(text string) string {
	var out strings.Builder
	for at := 0; at < len(text); at += 16 {
		line := text[at:min(at+16, len(text))]
		fmt.Fprintf(&out, "%08x:", at)
		for i := 0; i < len(line); i += 2 {
			fmt.Fprintf(&out, " %x", line[i:min(i+2, len(line))])
		}
		fmt.Fprintf(&out, "  %s\n", strings.Map(func(char rune) rune {
			if char < ' ' || char > '~' {
				return '.'
			}
			return char
		}, line))
	}
	return out.String()
}

// words prints words of 16 bits, as hexdump does.
func words(text string) string {
	var out strings.Builder
	for at := 0; at < len(text); at += 16 {
		fmt.Fprintf(&out, "%07x", at)
		for i := at; i+1 < min(at+16, len(text)); i += 2 {
			fmt.Fprintf(&out, " %02x%02x", text[i+1], text[i])
		}
		out.WriteString("\n")
	}
	return out.String()
}

// wrapped breaks lines as MIME does.
func wrapped(text, end string) string {
	var lines []string
	for ; len(text) > 24; text = text[24:] {
		lines = append(lines, text[:24])
	}
	return strings.Join(append(lines, text), end)
}

// utf16Bytes is text in UTF-16, little endian.
func utf16Bytes(text string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return out
}

// Whatever programs make of a text, one of the readings of it is that text.
func TestEveryNotationIsRead(t *testing.T) {
	t.Parallel()
	escaped := func(format string) string {
		var out strings.Builder
		for _, unit := range utf16.Encode([]rune(written)) {
			fmt.Fprintf(&out, format, unit)
		}
		return out.String()
	}
	numbers := strings.Trim(fmt.Sprint([]byte(written)), "[]")
	for name, spelt := range map[string]string{
		"as it is":               written,
		"a form":                 strings.ReplaceAll(url.QueryEscape(written), "+", "%20"),
		"a path":                 url.PathEscape(written),
		"every byte in a URL":    each([]byte(written), "%%%02x"),
		"JavaScript's escape":    escaped("%%u%04X"),
		"JSON":                   quoted(t, written),
		"JSON, every unit":       escaped(`\u%04x`),
		"JSON in JSON":           quoted(t, quoted(t, written)),
		"JSON in JSON in JSON":   quoted(t, quoted(t, quoted(t, written))),
		"Go":                     fmt.Sprintf("%+q", written),
		"Python's bytes":         each([]byte(written), `\x%02x`),
		"octal":                  each([]byte(written), `\%03o`),
		"JavaScript's braces":    each([]rune(written), `\u{%x}`),
		"HTML":                   html.EscapeString(written),
		"HTML, decimal":          each([]rune(written), "&#%d;"),
		"HTML, no semicolons":    each([]rune(written), "&#%d"),
		"HTML, hexadecimal":      each([]rune(written), "&#X%x;"),
		"HTML of JSON":           html.EscapeString(quoted(t, written)),
		"a URL of HTML of JSON":  url.PathEscape(html.EscapeString(quoted(t, written))),
		"UTF-16":                 string(utf16Bytes("it is " + written[strings.Index(written, "it's"):strings.Index(written, "€")])),
		"base64":                 base64.StdEncoding.EncodeToString([]byte(written)),
		"base64url, raw":         base64.RawURLEncoding.EncodeToString([]byte(written)),
		"base64 of a pair":       "Basic " + base64.StdEncoding.EncodeToString([]byte("user:"+written)),
		"base64, cut in front":   base64.StdEncoding.EncodeToString([]byte("ab:" + written))[3:],
		"base64, wrapped":        wrapped(base64.StdEncoding.EncodeToString([]byte(written)), "\r\n  "),
		"base64, wrapped, JSON":  wrapped(base64.StdEncoding.EncodeToString([]byte(written)), `\n`),
		"base64 of base64":       base64.StdEncoding.EncodeToString([]byte(base64.URLEncoding.EncodeToString([]byte(written)))),
		"base64 of a form":       base64.StdEncoding.EncodeToString([]byte("a=b&c=" + strings.ReplaceAll(url.QueryEscape(written), "+", "%20"))),
		"base64 in a URL":        url.QueryEscape(base64.StdEncoding.EncodeToString([]byte(written))),
		"hexadecimal":            hex.EncodeToString([]byte(written)),
		"hexadecimal, capitals":  strings.ToUpper(hex.EncodeToString([]byte(written))),
		"hexadecimal, cut":       hex.EncodeToString([]byte("a" + written))[1:],
		"hexadecimal, dashes":    strings.Trim(each([]byte(written), "%02X-"), "-"),
		"hexadecimal, blanks":    "<Buffer " + each([]byte(written), "%02x ") + ">",
		"hexadecimal, Go":        fmt.Sprintf("%#v", []byte(written)),
		"hexadecimal of base64":  hex.EncodeToString([]byte(base64.StdEncoding.EncodeToString([]byte(written)))),
		"hexadecimal, wrapped":   wrapped(hex.EncodeToString([]byte(written)), "\n"),
		"a dump":                 dump("before " + written),
		"a dump in JSON":         quoted(t, dump(written)),
		"xxd's dump":             "It was\n" + xxd(written) + "as said",
		"a dump of words":        words(written + " "),
		"decimal":                "[" + numbers + "]",
		"decimal, commas":        `{"type":"Buffer","data":[` + strings.ReplaceAll(numbers, " ", ",") + `]}`,
		"decimal, a line each":   "[\n  " + strings.ReplaceAll(numbers, " ", ",\n  ") + "\n]",
		"in the middle of words": "words:" + quoted(t, written) + "; more words",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := written
			if name == "UTF-16" {
				want = written[strings.Index(written, "it's"):strings.Index(written, "€")]
			}
			forms := spelling.Escapes(want) // with less and less of what looks like an escape in it
			found := false
			spelling.Locate(spelt, 8, func(r *spelling.Reading) bool {
				for _, form := range forms[:min(len(forms), r.Layers+1)] {
					at := bytes.Index(r.Text, []byte(form))
					if at < 0 {
						continue
					}
					found = true
					start, end := r.Origin(at, at+len(form))
					assert.GreaterOrEqual(t, start, 0)
					assert.LessOrEqual(t, end, len(spelt))
				}
				return !found
			})
			assert.True(t, found, spelt)
		})
	}
}

// What was escaped comes from its escapes, and from no more.
func TestOrigin(t *testing.T) {
	t.Parallel()
	for spelt, want := range map[string]string{
		`a \u0068i b`: `\u0068i`, "a %68%69 b": "%68%69", "a h&#105; b": "h&#105;", "a hi b": "hi", `a \\u0068i b`: `\\u0068i`, "a %2568i b": "%2568i",
	} {
		got := ""
		spelling.Locate(spelt, 0, func(r *spelling.Reading) bool {
			if at := bytes.Index(r.Text, []byte("hi")); at >= 0 {
				start, end := r.Origin(at, at+2)
				got = spelt[start:end]
			}
			return true
		})
		assert.Equal(t, want, got, spelt)
	}
}

// What is no escape stays as it is.
func TestEscapes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":             {""},
		"plain":        {"plain"},
		"100% & more":  {"100% & more"},
		"a&amp;amp;b":  {"a&amp;amp;b", "a&amp;b", "a&b"},
		"%2541":        {"%2541", "%41", "A"},
		`\q \`:         {`\q \`, `q \`},
		`\ud800 \u12`:  {`\ud800 \u12`, "\uFFFD u12"},
		`\U00110000`:   {`\U00110000`, "\uFFFD"},
		"&#1114112;&;": {"&#1114112;&;"},
		"&nothing; &#": {"&nothing; &#"},
		"&copy=1":      {"&copy=1"},
		`\0\n\101`:     {`\0\n\101`, "\x00\nA", "\nA"},
		`\u{41}\x{42}`: {`\u{41}\x{42}`, "AB"},
		"a\x00b":       {"a\x00b", "ab"},
		"%%%41":        {"%%%41", "%%A"},
	} {
		assert.Equal(t, want, spelling.Escapes(text), text)
	}
	assert.Equal(t, "a b c", spelling.Unescaped("a+b%2bc"))
	assert.Len(t, spelling.Escapes("%"+strings.Repeat("25", 9)+"41"), 6, "layers are bounded")
}

// What a whole text is encoded as is the whole of it, and of nothing else.
func TestWhole(t *testing.T) {
	t.Parallel()
	encoded := base64.StdEncoding.EncodeToString([]byte("seldom seen"))
	for spelt, want := range map[string]bool{
		"seldom seen": true, "seldom%20seen": true, encoded: true, " " + encoded + "\n": true, url.QueryEscape(encoded): true,
		hex.EncodeToString([]byte("seldom seen")): true, fmt.Sprint([]byte("seldom seen")): true,
		"Basic " + encoded: false, encoded + ".": false,
	} {
		whole := false
		spelling.Each(spelt, 8, func(r *spelling.Reading) bool {
			whole = whole || string(r.Text) == "seldom seen" && r.Whole
			return true
		})
		assert.Equal(t, want, whole, spelt)
	}
}

// A text made to be read in many ways is not read without end.
func TestWhatIsReadIsBounded(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("%25", 100)
	for range 6 {
		text = base64.StdEncoding.EncodeToString([]byte(text))
	}
	read := 0
	spelling.Each(text, 1, func(r *spelling.Reading) bool {
		read += len(r.Text)
		return true
	})
	assert.Less(t, read, 70*len(text))
}
