// Package redact keeps secrets, and anything else that does no good on a terminal, out of the text that the suite shows.
package redact

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// mask stands where a secret stood.
const mask = "[redacted]"

// opaque is a run of characters that tokens, signatures and keys are made of, long enough to be one.
var opaque = regexp.MustCompile(`[A-Za-z0-9_+/=-]{40,}|[A-Za-z0-9_+/=-]{8,}(?:\.[A-Za-z0-9_+/=-]{8,}){1,}`)

// shortestOpaque is the length of the shortest text that opaque finds.
const shortestOpaque = 8 + 1 + 8

// opaqueSegment is such a run within one segment of a URL's path.
var opaqueSegment = regexp.MustCompile(`[A-Za-z0-9_+=-]{40,}`)

// Secrets are the texts of a run that must never be shown. It is safe for concurrent use.
type Secrets struct {
	mutex sync.RWMutex
	known map[string]bool // and what they are in base64
}

// Add makes the secrets known. Empty ones are ignored, and so are those that are longer than any text that is shown: they
// can't stand in it.
func (s *Secrets) Add(secrets ...string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.known == nil {
		s.known = map[string]bool{}
	}
	for _, secret := range secrets {
		if secret == "" || len(secret) > read {
			continue
		}
		s.known[secret] = true
		for _, encoding := range []*base64.Encoding{
			base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding,
		} {
			s.known[encoding.EncodeToString([]byte(secret))] = true
		}
	}
}

// hide returns text without the secrets that are known, in whatever spelling they stand there. Long runs stay: it is for
// text whose make-up is plain.
func (s *Secrets) hide(text string) string {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	if !strings.ContainsAny(text, escapes) && !s.standIn(text) { // as of most text, and soon told
		return text
	}
	var found []span
	for _, read := range views(text) {
		for secret := range s.known {
			found = append(found, read.find(secret)...)
		}
	}
	slices.SortFunc(found, func(one, other span) int { return one.start - other.start })
	var kept strings.Builder
	at := 0
	for i := 0; i < len(found); {
		start, end := found[i].start, found[i].end
		for ; i < len(found) && found[i].start <= end; i++ {
			end = max(end, found[i].end)
		}
		kept.WriteString(text[at:start] + mask)
		at = end
	}
	return kept.String() + text[at:]
}

// standIn tells whether a secret stands in text as it is.
func (s *Secrets) standIn(text string) bool {
	for secret := range s.known {
		if strings.Contains(text, secret) {
			return true
		}
	}
	return false
}

// Text returns text without the secrets, and without anything long enough and random enough to be one. Paths of files and
// qualified names are not: they show where a stack trace comes from.
func (s *Secrets) Text(text string) string {
	text = s.hide(text)
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

// address is Text for a URL, whose long path is no secret.
func (s *Secrets) address(address string) string {
	address = s.hide(address)
	path := address
	if at := strings.IndexAny(address, "?#"); at >= 0 {
		path = address[:at]
	}
	return opaqueSegment.ReplaceAllString(path, mask) + withoutOpaque(address[len(path):])
}

const (
	shown  = 160     // bytes of the target's text that a message quotes at most
	read   = 1 << 13 // bytes of it that are looked through for secrets
	margin = 1 << 11 // bytes at the end of those that may hold a part of a secret
)

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
