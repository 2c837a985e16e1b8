package check

import (
	"encoding/json"
	"strings"
)

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
