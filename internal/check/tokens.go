package check

import (
	"strings"

	"github.com/klearstack/conformance/internal/token"
)

// shortest is the length of the shortest segment that a token's header or payload can be.
const shortest = 8

// holdsToken tells whether text holds a token of this endpoint's kind. A JWT that a framework made for its own session
// is none: tokens of this endpoint say their type or their user.
func holdsToken(text string) bool {
	for len(text) > 0 {
		end := strings.IndexFunc(text, outsideToken)
		if end < 0 {
			end = len(text)
		}
		if holdsSegments(text[:end]) {
			return true
		}
		text = text[min(end+1, len(text)):]
	}
	return false
}

// outsideToken tells whether no token holds such a character, padded or not.
func outsideToken(char rune) bool {
	switch {
	case char >= 'a' && char <= 'z', char >= 'A' && char <= 'Z', char >= '0' && char <= '9':
		return false
	default:
		return char != '-' && char != '_' && char != '.' && char != '='
	}
}

// holdsSegments tells whether a run of a token's characters holds, between two dots, the claims of one.
func holdsSegments(run string) bool {
	header, rest, _ := strings.Cut(run, ".")
	for {
		payload, after, more := strings.Cut(rest, ".")
		if !more {
			return false
		}
		if len(header) >= shortest && len(payload) >= shortest && ours(token.Peek(payload)) {
			return true
		}
		header, rest = payload, after
	}
}

// ours tells whether claims are those of this endpoint's tokens.
func ours(claims map[string]any) bool {
	kind, _ := claims["token_type"].(string)
	return claims["user_id"] != nil && claims["user_id"] != "" || strings.EqualFold(kind, string(Access)) || strings.EqualFold(kind, string(Refresh))
}
