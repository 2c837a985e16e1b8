// Package redact keeps secrets, and anything else that does no good on a terminal, out of the text that the suite shows.
package redact

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/klearstack/conformance/internal/spelling"
)

// mask stands where a secret stood.
const mask = "[redacted]"

const (
	window       = 8       // letters and digits of a secret in a row that are never shown
	mostWindows  = 1 << 17 // are known: what a target makes secret is bounded
	coincidental = 4       // bytes of a secret as a whole from which on it is looked for in decoded bytes and in small letters
)

// Secrets are the texts of a run that must never be shown. It is safe for concurrent use.
type Secrets struct {
	mutex   sync.RWMutex
	windows map[uint64]bool // every window of the canonical form of a secret; false where it is of common words
	likely  [1 << 10]uint64 // a bit for each window, so that most text is soon passed
	whole   []string        // the secrets that have no windows, in the ways that programs write them
}

// Common makes words known that anybody may say. A window that lies within one of them reveals nothing.
func (s *Secrets) Common(words ...string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.common(words...)
}

func (s *Secrets) common(words ...string) {
	if s.windows == nil {
		s.windows = map[uint64]bool{}
	}
	for _, word := range words {
		scan([]byte(word), func(key uint64, _, _ int) { s.windows[key] = false })
	}
}

// Add makes the secrets known. Empty ones are ignored.
func (s *Secrets) Add(secrets ...string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.common(mask)
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		if telling(secret) && s.addWindows(secret) {
			continue
		}
		for _, way := range ways(secret) {
			if len(way) <= read && !slices.Contains(s.whole, way) {
				s.whole = append(s.whole, way)
			}
		}
	}
}

// telling reports whether a secret can be told by its letters and digits: there are enough, and most of it is of them.
func telling(secret string) bool {
	letters := 0
	for i := range len(secret) {
		if code(secret[i]) > 0 {
			letters++
		}
	}
	return letters >= window && 2*letters >= utf8.RuneCountInString(secret)
}

// addWindows makes the windows of a secret known, as it is, as it reads with its escapes undone, which a text's reading may
// undo, and with accents apart from their letters. It reports whether they find the secret wherever it stands.
func (s *Secrets) addWindows(secret string) (all bool) {
	all = true
	for _, spelt := range append(spelling.Escapes(secret), norm.NFD.String(secret)) {
		scan([]byte(spelt), func(key uint64, _, _ int) {
			secret, known := s.windows[key]
			switch {
			case known && !secret:
				all = false
			case !known && len(s.windows) < mostWindows:
				s.windows[key] = true
				place, bit := likely(key)
				s.likely[place] |= bit
			}
		})
	}
	return all
}

// ways returns how programs write a secret that is told as a whole, before they escape it.
func ways(secret string) []string {
	all := append(spelling.Escapes(secret), norm.NFC.String(secret), norm.NFD.String(secret),
		latin(secret), misread(secret), misread(misread(secret)), replaced(secret, "?"), replaced(secret, string(utf8.RuneError)),
		strings.ReplaceAll(secret, "'", "''"), strings.Join(strings.Fields(secret), " "))
	if len(secret) >= coincidental {
		all = append(all, strings.ToLower(secret), strings.ToUpper(secret[:1])+strings.ToLower(secret[1:]))
	}
	for i := range all {
		all[i] = strings.ReplaceAll(all[i], "+", " ")
	}
	return slices.DeleteFunc(all, func(way string) bool {
		return strings.TrimSpace(way) == "" && way != strings.ReplaceAll(secret, "+", " ")
	})
}

// latin returns a text in Latin-1; "" where it has other characters.
func latin(text string) string {
	var bytes []byte
	for _, char := range text {
		if char > 0xff {
			return ""
		}
		bytes = append(bytes, byte(char))
	}
	return string(bytes)
}

// misread returns the UTF-8 of a text as it reads as Latin-1.
func misread(text string) string {
	chars := make([]rune, len(text))
	for i := range len(text) {
		chars[i] = rune(text[i])
	}
	return string(chars)
}

// replaced returns a text with something in place of each character beyond ASCII; "" where little else is left.
func replaced(text, by string) string {
	var kept strings.Builder
	left := 0
	for _, char := range text {
		if char < utf8.RuneSelf {
			kept.WriteRune(char)
			left++
		} else {
			kept.WriteString(by)
		}
	}
	if left < coincidental {
		return ""
	}
	return kept.String()
}

// code returns a number for a letter or a digit of ASCII, the same for both cases; 0 for anything else. Without the rest, a
// text is in its canonical form.
func code(char byte) uint64 {
	switch {
	case char >= 'a' && char <= 'z':
		return uint64(char-'a') + 1
	case char >= 'A' && char <= 'Z':
		return uint64(char-'A') + 1
	case char >= '0' && char <= '9':
		return uint64(char-'0') + 27
	default:
		return 0
	}
}

// scan visits the windows of the canonical form of a text, each as a number that no other one has, and where it stands.
func scan(text []byte, visit func(key uint64, start, end int)) {
	const bits = 6 // of a letter or digit
	var key uint64
	var at [window]int // where the last letters and digits stand
	count := 0
	for i, char := range text {
		value := code(char)
		if value == 0 {
			continue
		}
		key = (key<<bits | value) & (1<<(bits*window) - 1)
		at[count%window] = i
		if count++; count >= window {
			visit(key, at[count%window], i+1)
		}
	}
}

// likely returns where the bit of a window is.
func likely(key uint64) (place int, bit uint64) {
	hash := key * 0x9e3779b97f4a7c15 >> 48
	return int(hash >> 6), 1 << (hash & 63) //nolint:gosec // ten bits
}

// span is a part of a text.
type span struct{ start, end int }

// within returns where windows of secrets stand in a text: what overlaps is one.
func (s *Secrets) within(text []byte) []span {
	var found []span
	scan(text, func(key uint64, start, end int) {
		if place, bit := likely(key); s.likely[place]&bit == 0 || !s.windows[key] {
			return
		}
		if last := len(found) - 1; last >= 0 && start <= found[last].end {
			found[last].end = end
		} else {
			found = append(found, span{start, end})
		}
	})
	return found
}

// least is how many encoded bytes are worth reading; 0 where none are.
func (s *Secrets) least() int {
	least := 0
	if len(s.windows) > 0 {
		least = window
	}
	for _, way := range s.whole {
		if len(way) >= coincidental && (least == 0 || len(way) < least) {
			least = len(way)
		}
	}
	return least
}

// hide returns text without the secrets that are known, in whatever spelling they stand there, and without tokens by their
// names. Apart stand the pieces of it that delimiters part. Long runs stay: it is for text whose make-up is plain.
func (s *Secrets) hide(text, delimiters string) string {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	least := s.least()
	hidden := true
	spelling.Each(text, least, func(r *spelling.Reading) bool {
		hidden = !s.shown(r)
		return hidden
	})
	if hidden { // as of most text
		return text
	}
	var found []span
	spelling.Locate(text, least, func(r *spelling.Reading) bool {
		for _, each := range s.within(r.Text) {
			found = append(found, piece(text, located(r, each), delimiters))
		}
		for _, each := range s.exactly(r) {
			each = located(r, each)
			if r.Packed {
				each = digits(text, each)
			}
			found = append(found, each)
		}
		return true
	})
	masked := without(text, found)
	spelling.Each(masked, least, func(r *spelling.Reading) bool {
		if len(s.within(r.Text)) > 0 { // what is left comes to a secret in another way
			masked = mask
		}
		return masked != mask
	})
	return masked
}

func located(r *spelling.Reading, in span) span {
	start, end := r.Origin(in.start, in.end)
	return span{start, end}
}

// digits returns the characters of base64 that a part of a text stands in.
func digits(text string, part span) span {
	outside := func(char rune) bool { return code(byte(char)) == 0 && !strings.ContainsRune("+/-_=", char) } //nolint:gosec // that of another character is none
	start := strings.LastIndexFunc(text[:part.start], outside)
	end := strings.IndexFunc(text[part.end:]+" ", outside)
	return span{start + 1, part.end + end}
}

// shown reports whether anything stands in a reading that is to be hidden.
func (s *Secrets) shown(r *spelling.Reading) bool {
	return len(s.within(r.Text)) > 0 || len(s.exactly(r)) > 0
}

// exactly returns where secrets that are told as a whole stand in a reading, and tokens by their names.
func (s *Secrets) exactly(r *spelling.Reading) []span {
	var found []span
	if !r.Packed {
		found = tokens(r.Text)
	}
	for _, way := range s.whole {
		if !r.Packed || len(way) >= coincidental {
			r.Find(way, func(start, end int) bool {
				found = append(found, span{start, end})
				return true
			})
		}
	}
	return found
}

// without returns a text with the mask in place of parts of it.
func without(text string, found []span) string {
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

// piece returns the smallest part of a text that is complete in itself, such as a JSON string or number, the text of an
// element, or a line, and holds a part of it; the lines where that part stands on several.
func piece(text string, part span, delimiters string) span {
	line := span{strings.LastIndexAny(text[:part.start], "\r\n") + 1, len(text)}
	if end := strings.IndexAny(text[part.end:], "\r\n"); end >= 0 {
		line.end = part.end + end
	}
	inner := text[part.start:part.end]
	quoted, before := false, line.start
	for at := line.start; at < part.start; at++ { // is it within quotation marks?
		switch text[at] {
		case '\\':
			at++
		case '"':
			quoted, before = !quoted, at+1
		}
	}
	switch {
	case strings.ContainsAny(inner, "\r\n\""):
		return line
	case quoted:
		after := part.end
		for ; after < line.end && text[after] != '"'; after++ {
			if text[after] == '\\' {
				after++
			}
		}
		return span{before, min(after, line.end)}
	case before > line.start || strings.ContainsAny(text[line.start:line.start+1], "{["):
		delimiters += `,:{}[]"`
	}
	if strings.ContainsAny(text[line.start:line.end], "<>") {
		delimiters += "<>"
	}
	if delimiters == "" || strings.ContainsAny(inner, delimiters) {
		return line
	}
	if start := strings.LastIndexAny(text[:part.start], delimiters); start >= line.start {
		line.start = start + 1
	}
	if end := strings.IndexAny(text[part.end:line.end], delimiters); end >= 0 {
		line.end = part.end + end
	}
	return line
}
