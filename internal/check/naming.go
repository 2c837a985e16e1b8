package check

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/exchange"
)

// Parameters are the names of the contract's parameters, in the order in which the documented samples send them.
func Parameters() []string { return []string{"username", "company_name", "password"} }

const gap = "[\\s_\\-'\"`‘’“”]*"

// Each pattern finds its parameter's name in whatever spelling. "user named" is no username; "accompany" no company.
var names = map[string]*regexp.Regexp{
	"username":     regexp.MustCompile(`(?i)username|user` + gap + `name(?:[^a-z]|$)|(?-i:[uU]serName)`),
	"company_name": regexp.MustCompile(`(?i)(?:^|[^a-z])company|company` + gap + `name|(?-i:[a-z]Company)`),
	"password":     regexp.MustCompile(`(?i)pass` + gap + `word`),
}

// Named returns which parameters an error text names. What the request sent as a value names nothing.
func Named(text string, request exchange.Request) map[string]bool {
	for _, param := range request.Params {
		text = withoutWord(text, param.Value)
	}
	named := map[string]bool{}
	for name, pattern := range names {
		if pattern.MatchString(text) {
			named[name] = true
		}
	}
	return named
}

// withoutWord blanks the value where it stands as a word of its own, unless it is itself a parameter's name.
func withoutWord(text, value string) string {
	if value == "" {
		return text
	}
	for _, pattern := range names {
		if found := pattern.FindString(value); found == value {
			return text
		}
	}
	var out strings.Builder
	for {
		at := strings.Index(text, value)
		if at < 0 {
			out.WriteString(text)
			return out.String()
		}
		end := at + len(value)
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if letter(before) || letter(after) {
			out.WriteString(text[:end])
		} else {
			out.WriteString(text[:at] + " ")
		}
		text = text[end:]
	}
}

func letter(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
