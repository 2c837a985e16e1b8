package check

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/exchange"
)

// Parameters are the names of the contract's parameters, in the order in which the documented samples send them.
func Parameters() []string { return []string{"username", "company_name", "password"} }

// gap is what may stand between the words of a name: spaces, underscores, hyphens and quotes, escaped or not.
const gap = "[\\s\\pZ\\p{Pd}\\p{Pi}\\p{Pf}_'\"`´„‚\\\\]*"

// Each pattern finds its parameter's name in whatever spelling, as its one group that takes part. "user named" is no
// username; "accompany", which is found without a group, no company.
var names = map[string]*regexp.Regexp{
	"username":     regexp.MustCompile(`(?i)(username)|(user` + gap + `names?)(?:[^a-z]|$)|(?-i:([uU]ser` + gap + `[nN]ame)[A-Z])`),
	"company_name": regexp.MustCompile(`(?i)accompany|(company(?:` + gap + `name)?)`),
	"password":     regexp.MustCompile(`(?i)(pass` + gap + `word)`),
}

// Named returns which parameters an error text names. What the request sent as a value names nothing.
func Named(text string, request exchange.Request) map[string]bool {
	text = strings.ToValidUTF8(html.UnescapeString(text), "\uFFFD")
	var values [][2]int
	for _, param := range request.Params {
		values = append(values, standing(text, param.Value)...)
	}
	named := map[string]bool{}
	for name, pattern := range names {
		for _, match := range pattern.FindAllStringSubmatchIndex(text, -1) {
			if found := group(match); found != nil && !within(values, found) {
				named[name] = true
				break
			}
		}
	}
	return named
}

// within tells whether what was found lies within a value. What goes beyond it is more than the value.
func within(values [][2]int, found []int) bool {
	return slices.ContainsFunc(values, func(value [2]int) bool { return found[0] >= value[0] && found[1] <= value[1] })
}

// standing returns where the value stands as a word of its own, in either case and escaped or not, unless it is itself a
// parameter's name.
func standing(text, value string) [][2]int {
	if value == "" {
		return nil
	}
	for _, pattern := range names {
		if found := group(pattern.FindStringSubmatchIndex(value)); found != nil && found[0] == 0 && found[1] == len(value) {
			return nil
		}
	}
	text = strings.Map(lower, text)
	var places [][2]int
	for _, spelling := range []string{value, strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value)} {
		spelling = strings.Map(lower, strings.ToValidUTF8(spelling, "\uFFFD"))
		for from := 0; ; {
			at := strings.Index(text[from:], spelling)
			if at < 0 {
				break
			}
			at += from
			from = at + len(spelling)
			before, _ := utf8.DecodeLastRuneInString(text[:at])
			after, _ := utf8.DecodeRuneInString(text[from:])
			if !letter(before) && !letter(after) {
				places = append(places, [2]int{at, from})
			}
		}
	}
	return places
}

// group returns where the group of a match lies that takes part; nil where none does.
func group(match []int) []int {
	for i := 2; i < len(match); i += 2 {
		if match[i] >= 0 {
			return match[i : i+2]
		}
	}
	return nil
}

// lower leaves letters beyond ASCII alone, so that everything stays in its place.
func lower(r rune) rune {
	if r <= unicode.MaxASCII {
		return unicode.ToLower(r)
	}
	return r
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
