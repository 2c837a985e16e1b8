package redact

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/klearstack/conformance/internal/spelling"
)

// shortestToken is the length from which on what the target calls a token is kept secret.
const shortestToken = 16

// tokenName finds the ends of the names of tokens, whatever notation the names are in.
const tokenName = `(?:(?i:token|session(?:[_-]?(?:id|key))?|sessid)|(?:^|[^A-Za-z])(?i:sid|jwt|code|secret)|[a-z](?:Sid|SID|Jwt|JWT|Code|Secret))`

var (
	// callsToken finds the whole of such a name.
	callsToken = regexp.MustCompile(tokenName + `$`)
	// namedToken finds such a name and a value: of JSON, of XML, or in what programs and people write.
	namedToken = regexp.MustCompile(`(` + tokenName + `)(?:\\*["'])?\]?(\s*(?:=>|[:=]|(?:\s[^<>]*)?>)\s*|\s+(?:is\s+|was\s+)?)` +
		`(?:<!\[CDATA\[|[A-Za-z]{1,12}\(\d{1,6}\)\s*)?[\[(]*(?i:bearer\s+)?` +
		`(?:"(?i:bearer\s+)?((?:[^"\\\s]|\\.)+)|'(?i:bearer\s+)?([^'\s]+)|(?:\\+["'])?((?:[^\s"'<>&;,(){}\[\]\\]|\\[^"'\s])+))`)
	// words are what an error's code is made of, rather than an authorization's.
	words = regexp.MustCompile(`^[A-Za-z]+(?:[_.:/-][A-Za-z]+)*$`)
)

// CallsToken reports whether a member, an element, a header field or a parameter by this name holds a token.
func CallsToken(name string) bool {
	return callsToken.MatchString(name) || strings.EqualFold(name, "Authorization")
}

// Tokens returns what a text calls tokens, by their names, in whatever notation they are, be it whole or broken.
func Tokens(text string) []string {
	var all []string
	spelling.Each(text, 0, func(r *spelling.Reading) bool {
		for _, each := range tokens(r.Text) {
			all = append(all, string(r.Text[each.start:each.end]))
		}
		return true
	})
	return all
}

// Learn makes secrets of what the target calls tokens. Of a JWT that is the signature, as anybody may read the rest.
func (s *Secrets) Learn(tokens ...string) {
	for _, token := range tokens {
		_, value, found := strings.Cut(token, " ")
		if !found {
			value = token
		}
		if strings.Count(value, ".") == 2 && len(value)-strings.LastIndexByte(value, '.') > shortestToken {
			value = value[strings.LastIndexByte(value, '.')+1:]
		}
		if len(value) >= shortestToken && !strings.ContainsAny(value, " \t\r\n") && !words.MatchString(value) && !named(value) {
			s.Add(value[:min(len(value), longestToken)])
		}
	}
}

// longestToken is how much of a token is known again where it is repeated.
const longestToken = 512

// tokens returns where values stand that a text calls tokens.
func tokens(text []byte) []span {
	if !mentions(text) {
		return nil
	}
	var found []span
	for _, match := range namedToken.FindAllSubmatchIndex(text, -1) {
		name, separator := text[match[2]:match[3]], text[match[4]:match[5]]
		for group := 6; group < len(match); group += 2 {
			at := span{match[group], match[group+1]}
			if at.start < 0 || at.end-at.start < shortestToken {
				continue
			}
			value := string(text[at.start:at.end])
			bare := group == len(match)-2 // without quotation marks
			switch {
			case bytes.ContainsRune(separator, '>') && closes(text[:match[4]]):
			case len(bytes.TrimSpace(separator)) == 0 && !strings.ContainsAny(value, "0123456789"):
			case bare && (named(value) || words.MatchString(value) && !bytes.ContainsRune(separator, '>')):
			case bytes.HasSuffix(bytes.ToLower(name), []byte("code")) && words.MatchString(value):
			default:
				found = append(found, at)
			}
		}
	}
	return found
}

// closes reports whether a text ends within the tag that closes an element.
func closes(text []byte) bool {
	at := bytes.LastIndexByte(text, '<')
	return at >= 0 && bytes.HasPrefix(text[at:], []byte("</"))
}

// mentions reports whether a part of a name of a token stands in a text: it takes no regular expression to find that there
// is none.
func mentions(text []byte) bool {
	for i := range len(text) - 2 {
		switch text[i] | ' ' {
		case 't', 's', 'j', 'c':
			for _, part := range [...]string{"tok", "ses", "sid", "jwt", "cod", "sec"} {
				if text[i]|' ' == part[0] && text[i+1]|' ' == part[1] && text[i+2]|' ' == part[2] {
					return true
				}
			}
		}
	}
	return false
}

// parameter finds the parameters of an address that are long enough to be a token, whatever they are called.
var parameter = regexp.MustCompile(`[?&;#][^?&;#=\s]{1,64}=([^&;#\s"'<>,]{16,})`)

// address returns an address without secrets, and without the values of its parameters that are long enough to be one.
// What is no secret is where it leads to: its path, and a path in a parameter.
func (s *Secrets) address(address string) string {
	var found []span
	for _, match := range parameter.FindAllStringSubmatchIndex(address, -1) {
		if !named(strings.TrimRight(spelling.Unescaped(address[match[2]:match[3]]), "/")) {
			found = append(found, span{match[2], match[3]})
		}
	}
	address = s.hide(without(address, found), "/?&;#=")
	path := address
	if at := strings.IndexAny(address, "?#"); at >= 0 {
		path = address[:at]
	}
	return opaqueSegment.ReplaceAllString(path, mask) + withoutOpaque(address[len(path):])
}

// Field returns a field of a header fit to stand in a report. What a cookie holds is for the client alone, and so is a token.
func (s *Secrets) Field(name, value string) (shownName, shownValue string) {
	shownName = s.Excerpt(name)
	switch {
	case strings.EqualFold(name, "Set-Cookie"):
		cookie, _, _ := strings.Cut(value, ";")
		called, _, found := strings.Cut(cookie, "=")
		if !found || strings.TrimSpace(called) == "" {
			return shownName, "…"
		}
		return shownName, s.Excerpt(called) + "=…"
	case CallsToken(name):
		scheme, token, found := strings.Cut(value, " ")
		if !found {
			scheme, token = "", value
		}
		if len(token) >= shortestToken && !words.MatchString(token) {
			return shownName, strings.TrimSpace(s.Excerpt(scheme) + " " + mask)
		}
	case strings.EqualFold(name, "Location"), strings.EqualFold(name, "Content-Location"), strings.EqualFold(name, "Refresh"), strings.EqualFold(name, "Link"):
		return shownName, excerpt(value, s.address)
	}
	return shownName, s.Excerpt(value)
}
