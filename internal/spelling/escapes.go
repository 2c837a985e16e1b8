package spelling

import (
	"bytes"
	"html"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Unescaped undoes all layers of escapes, and forms' plus signs for spaces, so that two spellings of a text come to one.
func Unescaped(text string) string {
	all := Escapes(text)
	return strings.ReplaceAll(all[len(all)-1], "+", " ")
}

// introductions are what escapes begin with: in URLs, in JSON and programs, and in HTML.
const introductions = `%\&`

// unescaped undoes one layer of the escapes that begin with some characters, and reports whether there were any.
func (w *walker) unescaped(r *Reading, introductions string) (next Reading, changed bool) {
	if !bytes.ContainsAny(r.Text, introductions) {
		return Reading{}, false
	}
	next = w.beside(r)
	var char [utf8.UTFMax * 2]byte // an entity of HTML's may be two characters
	for at := 0; at < len(r.Text); {
		decoded, length := char[:0], 0
		if strings.IndexByte(introductions, r.Text[at]) >= 0 {
			switch r.Text[at] {
			case '%':
				decoded, length = percent(decoded, r.Text[at:])
			case '\\':
				decoded, length = backslash(decoded, r.Text[at:])
			default:
				decoded, length = entity(decoded, r.Text[at:])
			}
		}
		if length == 0 {
			decoded, length = append(decoded[:0], r.Text[at]), 1
		} else {
			changed = true
		}
		w.put(&next, r, at, at+length, decoded...)
		at += length
	}
	return next, changed
}

// percent appends what an escape of URLs (%41), or of JavaScript's escape (%u0041), stands for; the length of the escape is
// 0 where there is none.
func percent(to, text []byte) (decoded []byte, length int) {
	if value, ok := number(text, 1, 2, 16); ok {
		return append(to, byte(value)), 3
	}
	return unit(to, text, "%u")
}

// backslash appends what an escape of JSON, or of a programming language, stands for.
func backslash(to, text []byte) (decoded []byte, length int) {
	if len(text) < 2 {
		return to, 0
	}
	switch text[1] {
	case 'u':
		if decoded, length = unit(to, text, `\u`); length > 0 {
			return decoded, length
		}
		if decoded, length = braced(to, text); length > 0 {
			return decoded, length
		}
	case 'U':
		if value, ok := number(text, 2, 8, 16); ok {
			return utf8.AppendRune(to, rune(min(value, utf8.MaxRune+1))), 10 //nolint:gosec // it is bounded
		}
	case 'x':
		if value, ok := number(text, 2, 2, 16); ok {
			return append(to, byte(value)), 4
		}
		if decoded, length = braced(to, text); length > 0 {
			return decoded, length
		}
	case '0', '1', '2', '3':
		if value, ok := number(text, 1, 3, 8); ok {
			return append(to, byte(value)), 4
		}
	}
	if at := strings.IndexByte("abfnrtv0", text[1]); at >= 0 {
		return append(to, "\a\b\f\n\r\t\v\x00"[at]), 2
	}
	return append(to, text[1]), 2
}

// unit appends the character of one or two units of UTF-16, each with an introduction.
func unit(to, text []byte, introduction string) (decoded []byte, length int) {
	const digits = 4
	length = len(introduction) + digits
	value, ok := number(text, len(introduction), digits, 16)
	if !ok || !bytes.HasPrefix(text, []byte(introduction)) {
		return to, 0
	}
	char := rune(value) //nolint:gosec // four digits
	if low, ok := number(text, length+len(introduction), digits, 16); ok && utf16.IsSurrogate(char) && bytes.HasPrefix(text[length:], []byte(introduction)) {
		if pair := utf16.DecodeRune(char, rune(low)); pair != utf8.RuneError { //nolint:gosec // four digits
			return utf8.AppendRune(to, pair), 2 * length
		}
	}
	return utf8.AppendRune(to, char), length
}

// braced appends the character of \u{1F600} or \x{1F600}.
func braced(to, text []byte) (decoded []byte, length int) {
	const most = 8
	end := bytes.IndexByte(text[:min(len(text), most+4)], '}')
	if end < 4 || text[2] != '{' {
		return to, 0
	}
	value, ok := number(text, 3, end-3, 16)
	if !ok {
		return to, 0
	}
	return utf8.AppendRune(to, rune(min(value, utf8.MaxRune+1))), end + 1 //nolint:gosec // it is bounded
}

// number reads digits that stand at a place.
func number(text []byte, at, digits, base int) (value uint64, ok bool) {
	if len(text) < at+digits {
		return 0, false
	}
	for _, char := range text[at : at+digits] {
		digit := nibble(char)
		if digit < 0 || digit >= base {
			return 0, false
		}
		value = value*uint64(base) + uint64(digit) //nolint:gosec // neither is negative
	}
	return value, true
}

// nibble returns the value of a hexadecimal digit; -1 where it is none.
func nibble(char byte) int {
	switch {
	case char >= '0' && char <= '9':
		return int(char - '0')
	case char >= 'a' && char <= 'f':
		return int(char-'a') + 10
	case char >= 'A' && char <= 'F':
		return int(char-'A') + 10
	default:
		return -1
	}
}

// entity appends what a character reference of HTML's stands for: one by name ends in a semicolon, one by number need not.
func entity(to, text []byte) (decoded []byte, length int) {
	const longest = 33
	end := 1
	if end < len(text) && text[end] == '#' {
		return reference(to, text)
	}
	for end < min(len(text), longest) && isAlphanumeric(text[end]) {
		end++
	}
	if end == 1 || end == len(text) || text[end] != ';' {
		return to, 0
	}
	name := string(text[:end+1])
	if char := html.UnescapeString(name); !strings.HasSuffix(char, ";") || name == "&semi;" { // or else no more than its beginning is known
		return append(to, char...), end + 1
	}
	return to, 0
}

// reference is entity for &#65; and &#x41;.
func reference(to, text []byte) (decoded []byte, length int) {
	const most = 8 // digits: nobody pads with more zeros
	start, base := 2, 10
	if len(text) > 2 && (text[2] == 'x' || text[2] == 'X') {
		start, base = 3, 16
	}
	end := start
	for end < min(len(text), start+most) && nibble(text[end]) >= 0 && nibble(text[end]) < base {
		end++
	}
	value, err := strconv.ParseUint(string(text[start:end]), base, 32)
	if err != nil || value > utf8.MaxRune {
		return to, 0
	}
	if end < len(text) && text[end] == ';' {
		end++
	}
	return utf8.AppendRune(to, rune(value)), end //nolint:gosec // it is bounded
}

func isAlphanumeric(char byte) bool {
	return char >= '0' && char <= '9' || char >= 'a' && char <= 'z' || char >= 'A' && char <= 'Z'
}
