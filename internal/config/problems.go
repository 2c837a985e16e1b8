package config

import (
	"fmt"
	"strings"
)

// Problems is everything that is wrong with the settings: one sentence each,
// that names the setting and says what to do. It shows no secrets.
type Problems []string

// Error is the sentences, one a line.
func (p Problems) Error() string { return strings.Join(p, "\n") }

func (p *Problems) add(format string, args ...any) {
	*p = append(*p, fmt.Sprintf(format, args...))
}

// asError is nil where there are no problems.
func (p Problems) asError() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// longestValue is how many characters of a value a sentence shows.
const longestValue = 80

// shown is a value on one line, cut where it is long. It is not for secrets.
func shown(value string) string {
	if chars := []rune(value); len(chars) > longestValue {
		value = string(chars[:longestValue]) + "…"
	}
	return fmt.Sprintf("%q", value)
}

// listed joins words as a sentence does: "a, b and c".
func listed(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " and " + words[last]
}
