package redact

import (
	"html"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
)

// span is a part of a text.
type span struct{ start, end int }

// view is a text as it reads once the escapes of one notation are undone, and where each byte of it came from.
type view struct {
	text string
	from []span // of each byte of text
}

// escapes are the characters that every escape of a notation begins with.
const escapes = "\x00%+&\\"

var (
	nul             = regexp.MustCompile(`\x00`)
	percentEscape   = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	plusEscape      = regexp.MustCompile(`%[0-9A-Fa-f]{2}|\+`)
	entity          = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)
	backslashEscape = regexp.MustCompile(`\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|` +
		`\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\x[0-9A-Fa-f]{2}|\\[0-7]{3}|\\.`)
)

// layers is how many notations may lie upon each other, as where a URL stands in another one's query.
const layers = 2

// notation is a way to write characters with escapes.
type notation struct {
	escape *regexp.Regexp
	undo   func(string) string
}

// notations returns those of forms, HTML, and JSON and the like.
func notations() []notation {
	return []notation{{percentEscape, percent}, {plusEscape, percent}, {entity, html.UnescapeString}, {backslashEscape, backslash}}
}

// views returns the ways in which text can be read: as it is, and with the escapes of some notations undone.
func views(text string) []view {
	plain := view{text: text, from: make([]span, len(text))}
	for i := range plain.from {
		plain.from[i] = span{i, i + 1}
	}
	all := []view{plain}
	if nul.MatchString(text) { // as UTF-16 reads to whom it is not meant
		all = append(all, plain.undone(notation{nul, func(string) string { return "" }}))
	}
	known := map[string]bool{text: true}
	outer := []view{plain}
	for range layers {
		var inner []view
		for _, each := range outer {
			for _, notation := range notations() {
				if !notation.escape.MatchString(each.text) {
					continue
				}
				if read := each.undone(notation); !known[read.text] {
					known[read.text] = true
					inner = append(inner, read)
				}
			}
		}
		all = append(all, inner...)
		outer = inner
	}
	return all
}

// undone returns the view with one more notation's escapes undone.
func (v view) undone(n notation) view {
	var text strings.Builder
	var from []span
	at := 0
	for _, found := range n.escape.FindAllStringIndex(v.text, -1) {
		start, end := found[0], found[1]
		text.WriteString(v.text[at:start])
		from = append(from, v.from[at:start]...)
		char := n.undo(v.text[start:end])
		text.WriteString(char)
		for range len(char) {
			from = append(from, span{v.from[start].start, v.from[end-1].end})
		}
		at = end
	}
	text.WriteString(v.text[at:])
	return view{text: text.String(), from: append(from, v.from[at:]...)}
}

// find returns where a secret stands in the text that the view was made of, each time that it does.
func (v view) find(secret string) []span {
	var found []span
	for at := 0; ; at++ {
		next := strings.Index(v.text[at:], secret)
		if next < 0 {
			return found
		}
		at += next
		found = append(found, span{v.from[at].start, v.from[at+len(secret)-1].end})
	}
}

func percent(escape string) string {
	if escape == "+" {
		return " "
	}
	return octets(escape[1:], 16)
}

func backslash(escape string) string {
	switch kind, digits := escape[1], escape[2:]; {
	case len(escape) == 12:
		return string(utf16.DecodeRune(char(escape[2:6]), char(escape[8:12])))
	case (kind == 'u' || kind == 'U') && digits != "":
		return string(char(digits))
	case kind == 'x' && digits != "":
		return octets(digits, 16)
	case kind >= '0' && kind <= '7' && len(digits) == 2:
		return octets(escape[1:], 8)
	}
	if at := strings.IndexByte("abfnrtv0", escape[1]); at >= 0 {
		return "\a\b\f\n\r\t\v\x00"[at : at+1]
	}
	return escape[1:]
}

// octets returns the byte that digits stand for. There are no more of them than fit.
func octets(digits string, base int) string {
	value, _ := strconv.ParseUint(digits, base, 16)
	return string([]byte{byte(value)})
}

// char returns the character that hexadecimal digits stand for.
func char(digits string) rune {
	value, _ := strconv.ParseUint(digits, 16, 32)
	return rune(value)
}
