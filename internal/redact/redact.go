package redact

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// opaque is a run of characters that tokens, signatures and keys are made of, long enough to be one.
var opaque = regexp.MustCompile(`[A-Za-z0-9_+/=-]{40,}|[A-Za-z0-9_+/=-]{8,}(?:\.[A-Za-z0-9_+/=-]{8,}){1,}`)

// shortestOpaque is the length of the shortest text that opaque finds.
const shortestOpaque = 8 + 1 + 8

// opaqueSegment is such a run within one segment of a URL's path.
var opaqueSegment = regexp.MustCompile(`[A-Za-z0-9_+=-]{40,}`)

// Text returns text without the secrets, and without anything long enough and random enough to be one. Paths of files and
// qualified names are not: they show where a stack trace comes from.
func (s *Secrets) Text(text string) string {
	text = s.hide(text, "")
	if longestRun(text) < shortestOpaque {
		return text
	}
	return withoutOpaque(text)
}

func withoutOpaque(text string) string {
	return opaque.ReplaceAllStringFunc(text, func(run string) string {
		if named(run) {
			return run
		}
		return mask
	})
}

// longestRun returns the length of the longest run of characters that opaque is about: it takes no regular expression to
// tell that there is no token in a short word.
func longestRun(text string) int {
	longest, run := 0, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("_+/=-.", c) >= 0:
			run++
			longest = max(longest, run)
		default:
			run = 0
		}
	}
	return longest
}

const (
	shown  = 160     // bytes of the target's text that a message quotes at most
	read   = 1 << 13 // bytes of it that are looked through for secrets
	margin = 1 << 11 // bytes at the end of those that may hold a part of a secret

	excerpted = 2048 // bytes of the target's text that a report shows at most
)

// Excerpt returns text from the target fit to stand in a report: redacted, cut, of valid UTF-8, without control characters
// but line breaks and tabs.
func (s *Secrets) Excerpt(text string) string { return excerpt(text, s.Text) }

// Own returns a text of the suite's user, such as a setting, fit to stand in a report: without secrets and without control
// characters.
func (s *Secrets) Own(text string) string { return printable(s.hide(text, "/:@?&;#=")) }

// Hides reports whether anything in a text is to be hidden.
func (s *Secrets) Hides(text string) bool { return s.hide(text, "") != text }

// quotation finds what a sentence quotes.
var quotation = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// Sentence returns a sentence of the suite's without secrets in what it quotes. Its own words are never masked.
func (s *Secrets) Sentence(text string) string {
	return quotation.ReplaceAllStringFunc(text, func(quoted string) string { return `"` + s.Own(quoted[1:len(quoted)-1]) + `"` })
}

// Plain returns text without what CI systems take for a command in the middle of a line, such as ##[error] and ##vso[task].
func Plain(text string) string {
	for strings.Contains(text, "##") {
		text = strings.ReplaceAll(text, "##", "# #")
	}
	return text
}

// command finds where a line begins with a command of GitHub's.
var command = regexp.MustCompile(`(?m)^(\s*):(:)`)

// Harmless returns text for a log: without control characters but line breaks and tabs, and without what CI systems take for
// a command.
func Harmless(text string) string { return command.ReplaceAllString(Plain(printable(text)), "$1: $2") }

func excerpt(text string, redacted func(string) string) string {
	text, whole := cut(text, redacted, excerpted)
	if text = printable(text); !whole {
		text += "…"
	}
	return text
}

// printable returns text of valid UTF-8, with nothing in it that steers a display but line breaks and tabs.
func printable(text string) string {
	return strings.Map(func(char rune) rune {
		switch {
		case char == '\n' || char == '\t':
			return char
		case !unicode.IsGraphic(char), unicode.Is(unicode.Bidi_Control, char):
			return unicode.ReplacementChar
		default:
			return char
		}
	}, strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\uFFFD"))
}

// Quote returns text from the target fit to stand in a message: redacted, cut, on one line, without control characters.
func (s *Secrets) Quote(text string) string { return quote(text, s.Text, shown) }

// Line is Quote for text of several lines: what is white space in it is shown as a blank.
func (s *Secrets) Line(text string) string {
	return quote(text, func(text string) string { return strings.Join(strings.Fields(s.Text(text)), " ") }, shown)
}

// Body is Line for a body: where that is a JSON object or array, it is shown as it is, without the white space in it.
func (s *Secrets) Body(text string) string {
	var compact bytes.Buffer
	if text = strings.TrimSpace(text); !strings.HasPrefix(text, "{") && !strings.HasPrefix(text, "[") || json.Compact(&compact, []byte(text)) != nil {
		return s.Line(text)
	}
	text, whole := cut(compact.String(), s.Text, shown)
	var shown strings.Builder
	for _, char := range strings.ToValidUTF8(text, "\uFFFD") {
		switch {
		case strconv.IsPrint(char):
			shown.WriteRune(char)
		case char > 0xffff: // there is nothing to see
			shown.WriteRune(unicode.ReplacementChar)
		default:
			fmt.Fprintf(&shown, `\u%04x`, char)
		}
	}
	if !whole {
		shown.WriteString("…")
	}
	return shown.String()
}

// around is how many bytes before and after a place are shown.
const around = 24

// place stands for the place while the text is redacted, and whole for a mask while it is cut, so that no part of one is left.
const place, whole = "\uE000", "\u2592"

// Near returns what is around a byte of a text, counted from 1, fit to stand in a message: "" where that is, or is beside, a
// secret, or where it can't be told.
func (s *Secrets) Near(text string, at int) string {
	if at < 1 || at > len(text) || len(text) > read || strings.Contains(text, place) {
		return ""
	}
	before, after, found := strings.Cut(s.Text(text[:at-1]+place+text[at-1:]), place)
	if !found || before+after != s.Text(text) { // what is masked reaches over the place
		return ""
	}
	before, after = strings.ReplaceAll(before, mask, whole), strings.ReplaceAll(after, mask, whole)
	start, end := "", ""
	if len(before) > around {
		before, start = before[len(before)-around:], "…"
	}
	if len(after) > around {
		after, end = after[:around], "…"
	}
	return start + strings.ReplaceAll(s.Line(before+after), whole, mask) + end
}

// QuoteAddress is Quote for a URL.
func (s *Secrets) QuoteAddress(address string) string { return quote(address, s.address, 2*shown) }

func quote(text string, redacted func(string) string, most int) string {
	text, whole := cut(text, redacted, most)
	text = strings.ToValidUTF8(text, "\uFFFD")
	quoted := strconv.Quote(text)
	if strings.ContainsAny(text, `"\`) && strconv.CanBackquote(text) && !strings.ContainsFunc(text, func(char rune) bool { return !strconv.IsPrint(char) }) {
		quoted = "`" + text + "`" // as it is, where it would take escapes that the target did not send
	}
	if !whole {
		quoted += "…"
	}
	return quoted
}

// cut cuts what has been redacted, so that no part of a secret can be left of a cut.
func cut(text string, redacted func(string) string, most int) (kept string, whole bool) {
	whole = len(text) <= read
	if whole {
		text = redacted(text)
	} else {
		text = redacted(text[:read])
		text = text[:max(0, len(text)-margin)]
	}
	if len(text) > most {
		text, whole = text[:most], false
	}
	return text, whole
}
