package check

import (
	"encoding/hex"
	"encoding/json"
	"html"
	"regexp"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
)

// repeated reports whether a text that holds the password does so only where it repeats the URL or the query of the
// request (ERR-7), in any spelling. A query is repeated, too, where each of its parameters stands beside its name; a
// password alone is more than that.
func (s sought) repeated(text string) bool {
	if len(s.query) == 0 {
		return false
	}
	password, rest := unescaped(s.password), unescaped(text)
	rest = regexp.MustCompile(`[?&]password=`+regexp.QuoteMeta(password)).ReplaceAllString(rest, "")
	rest = withoutPairs(rest, s.query)
	if strings.Contains(rest, `"`+password+`"`) || strings.TrimSpace(rest) == password {
		return false
	}
	plain := sought{password: password}
	for _, innocent := range s.innocent {
		plain.innocent = append(plain.innocent, unescaped(innocent))
	}
	return !plain.in(rest)
}

// between is what may stand between a parameter's name and its value: punctuation, markup and the names of types, as
// programs print their tables and lists.
const between = `[\s\pZ]*(?:<[^>]*>|[^\pL\pN\pZ\s<])(?:<[^>]*>|[^\pL\pN<]|(?i:string|str|value)\b(?:\(\d+\))?)*?`

// withoutPairs takes parameters out of a text that has every one of them beside its name.
func withoutPairs(text string, params []exchange.Param) string {
	rest := text
	for _, param := range params {
		pair := regexp.MustCompile(`(?i:` + regexp.QuoteMeta(param.Name) + `)` + between + regexp.QuoteMeta(unescaped(param.Value)))
		if !pair.MatchString(text) {
			return text
		}
		rest = pair.ReplaceAllString(rest, "")
	}
	return rest
}

// deepest is how many times a text is unescaped: more often than any page escapes the URL that it shows.
const deepest = 4

// escapes are those of JSON and of similar literals.
var escapes = regexp.MustCompile(`(?:\\u[0-9a-fA-F]{4})+|\\x[0-9a-fA-F]{2}|\\["'\\/]`)

// unescaped undoes what HTML, URLs, forms and JSON make of a text, so that two spellings of a text come to one.
func unescaped(text string) string {
	for range deepest {
		before := text
		text = html.UnescapeString(text)
		text = escapes.ReplaceAllStringFunc(text, literalOf)
		text = percentDecoded(strings.ReplaceAll(text, "+", " "))
		if text == before {
			break
		}
	}
	return text
}

// literalOf returns what an escape stands for.
func literalOf(escape string) string {
	switch escape[1] {
	case 'u':
		var spelt string
		_ = json.Unmarshal([]byte(`"`+escape+`"`), &spelt) // the pattern leaves nothing to fail
		return spelt
	case 'x':
		octet, _ := hex.DecodeString(escape[2:]) // two digits
		return string(octet)
	default:
		return escape[1:]
	}
}
