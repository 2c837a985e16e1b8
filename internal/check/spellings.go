package check

import (
	"encoding/hex"
	"encoding/json"
	"html"
	"strings"
)

// spellings returns a text as it is, as it reads where HTML or a form has spelt it, and what JSON in it says.
func spellings(text string) []string {
	all := []string{text}
	if strings.Contains(text, "&") {
		all = append(all, html.UnescapeString(text))
	}
	if strings.Contains(text, "%") {
		all = append(all, percentDecoded(text))
	}
	if strings.Contains(text, "+") {
		all = append(all, percentDecoded(strings.ReplaceAll(text, "+", " ")))
	}
	return append(all, literals(text)...)
}

// percentDecoded leaves a percent sign alone that begins no encoded byte.
func percentDecoded(text string) string {
	var decoded strings.Builder
	for {
		before, after, found := strings.Cut(text, "%")
		decoded.WriteString(before)
		if !found {
			return decoded.String()
		}
		text = after
		if octet, err := hex.DecodeString(after[:min(2, len(after))]); err == nil && len(octet) == 1 {
			decoded.Write(octet)
			text = after[2:]
		} else {
			decoded.WriteByte('%')
		}
	}
}

// mostLiterals is how many JSON strings in a text that is not JSON are read.
const mostLiterals = 1000

// literals returns what the JSON strings in a text say.
func literals(text string) []string {
	var all []string
	for start := strings.IndexByte(text, '"'); start >= 0 && len(all) < mostLiterals; start = strings.IndexByte(text, '"') {
		text = text[start:]
		length := literal(text)
		var inner string
		if json.Unmarshal([]byte(text[:length]), &inner) == nil {
			all = append(all, inner)
		}
		text = text[length:]
	}
	return all
}

// literal returns the length of the quoted string that text begins with, or of all of it where nothing closes it.
func literal(text string) int {
	for at := 1; at < len(text); at++ {
		switch text[at] {
		case '\\':
			at++
		case '"':
			return at + 1
		}
	}
	return len(text)
}
