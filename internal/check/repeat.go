package check

import (
	"regexp"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/spelling"
)

// repeated reports whether a text that holds the password does so only where it repeats the URL or the query of the
// request (ERR-7), in any spelling. A query is repeated, too, where each of its parameters stands beside its name; a
// password alone is more than that.
func (s sought) repeated(text string) bool {
	if len(s.query) == 0 {
		return false
	}
	password, rest := spelling.Unescaped(s.password), spelling.Unescaped(text)
	rest = regexp.MustCompile(`[?&]password=`+regexp.QuoteMeta(password)).ReplaceAllString(rest, "")
	rest = withoutPairs(rest, s.query)
	if strings.Contains(rest, `"`+password+`"`) || strings.TrimSpace(rest) == password {
		return false
	}
	plain := sought{}
	for _, innocent := range s.innocent {
		plain.innocent = append(plain.innocent, spelling.Unescaped(innocent))
	}
	return !plain.holds(rest, password, true)
}

// between is what may stand between a parameter's name and its value: punctuation, markup and the names of types, as
// programs print their tables and lists.
const between = `[\s\pZ]*(?:<[^>]*>|[^\pL\pN\pZ\s<])(?:<[^>]*>|[^\pL\pN<]|(?i:string|str|value)\b(?:\(\d+\))?)*?`

// withoutPairs takes parameters out of a text that has every one of them beside its name.
func withoutPairs(text string, params []exchange.Param) string {
	rest := text
	for _, param := range params {
		pair := regexp.MustCompile(`(?i:` + regexp.QuoteMeta(param.Name) + `)` + between + regexp.QuoteMeta(spelling.Unescaped(param.Value)))
		if !pair.MatchString(text) {
			return text
		}
		rest = pair.ReplaceAllString(rest, "")
	}
	return rest
}
