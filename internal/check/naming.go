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

const gap = "[\\s\\pZ_\\-'\"`‘’“”]*"

// Each pattern finds its parameter's name in whatever spelling, as its one group that takes part. "user named" is no
// username; "accompany" no company.
var names = map[string]*regexp.Regexp{
	"username":     regexp.MustCompile(`(?i)(username)|(user` + gap + `name)(?:[^a-z]|$)|((?-i:[uU]serName))`),
	"company_name": regexp.MustCompile(`(?i)(?:^|[^a-z])(company)|(company` + gap + `name)|(?-i:[a-z](Company))`),
	"password":     regexp.MustCompile(`(?i)(pass` + gap + `word)`),
}

// Named returns which parameters an error text names. What the request sent as a value names nothing.
func Named(text string, request exchange.Request) map[string]bool {
	var values [][2]int
	for _, param := range request.Params {
		values = append(values, standing(text, param.Value)...)
	}
	named := map[string]bool{}
	for name, pattern := range names {
		for _, found := range pattern.FindAllStringSubmatchIndex(text, -1) {
			if !within(values, found[2:]) {
				named[name] = true
			}
		}
	}
	return named
}

// within tells whether the group that was found lies within a value. One that goes beyond it is more than the value.
func within(values [][2]int, groups []int) bool {
	for i := 0; i < len(groups); i += 2 {
		for _, value := range values {
			if groups[i] >= value[0] && groups[i+1] <= value[1] {
				return true
			}
		}
	}
	return false
}

// standing returns where the value stands as a word of its own, unless it is itself a parameter's name.
func standing(text, value string) [][2]int {
	if value == "" {
		return nil
	}
	for _, pattern := range names {
		if found := pattern.FindString(value); found == value {
			return nil
		}
	}
	var places [][2]int
	for from := 0; ; {
		at := strings.Index(text[from:], value)
		if at < 0 {
			return places
		}
		at += from
		from = at + len(value)
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[from:])
		if !letter(before) && !letter(after) {
			places = append(places, [2]int{at, from})
		}
	}
}

func letter(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
