package redact

import (
	"strings"
	"unicode"
)

// excerpted is how many bytes of the target's text a report shows at most.
const excerpted = 2048

// Excerpt returns text from the target fit to stand in a report: redacted, cut, of valid UTF-8, without control characters
// but line breaks and tabs.
func (s *Secrets) Excerpt(text string) string {
	text, whole := cut(text, s.Text, excerpted)
	text = strings.Map(func(char rune) rune {
		if char == '\n' || char == '\t' {
			return char
		}
		if !unicode.IsGraphic(char) || unicode.Is(unicode.Bidi_Control, char) {
			return unicode.ReplacementChar
		}
		return char
	}, strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\uFFFD"))
	if !whole {
		text += "…"
	}
	return text
}
