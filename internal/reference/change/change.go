// Package change is the words in which the packages fault and variant say how their servers differ from the reference
// server: what of a response or a token is changed, and in answer to which calls.
package change

import (
	"net/http"
	"slices"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
)

// Hooked returns what adds hooks to those of a configuration.
func Hooked(hooks ...reference.Hooks) func(*reference.Config) {
	return func(config *reference.Config) {
		for _, each := range hooks {
			config.Hooks = config.Hooks.Then(each)
		}
	}
}

// Composing changes answers while their bodies are lists of members.
func Composing(change func(*reference.Answer)) reference.Hooks {
	return reference.Hooks{Composed: func(_ *reference.Call, a *reference.Answer) { change(a) }}
}

// Encoding changes answers as they will be written.
func Encoding(change func(*reference.Answer)) reference.Hooks {
	return reference.Hooks{Encoded: func(_ *reference.Call, a *reference.Answer) { change(a) }}
}

// Status answers with another status.
func Status(code int) reference.Hooks {
	return Composing(func(a *reference.Answer) { a.Status = code })
}

// Failing answers with an error instead.
func Failing(code int, text string) reference.Hooks {
	return Composing(func(a *reference.Answer) { a.Fail(code, text) })
}

// ErrorText keeps the status and changes the error.
func ErrorText(text string) reference.Hooks { return Member(reference.MemberError, text) }

// Naming says in other words what is missing.
func Naming(text func(c *reference.Call, missing []string) string) reference.Hooks {
	return MemberOf(reference.MemberError, func(c *reference.Call) any { return text(c, c.Missing) }).Only(Missing)
}

// Member gives one member a value.
func Member(name string, value any) reference.Hooks {
	return MemberOf(name, func(*reference.Call) any { return value })
}

// MemberOf gives one member a value that depends on the call.
func MemberOf(name string, value func(*reference.Call) any) reference.Hooks {
	return reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) { a.Members.Set(name, value(c)) }}
}

// Without takes members out.
func Without(names ...string) reference.Hooks {
	return Composing(func(a *reference.Answer) {
		for _, name := range names {
			a.Members.Delete(name)
		}
	})
}

// Renamed gives a member another name.
func Renamed(old, name string) reference.Hooks {
	return Composing(func(a *reference.Answer) { a.Members.Rename(old, name) })
}

// Header sets one header field, or takes it out where there are no values.
func Header(name string, values ...string) reference.Hooks {
	return Composing(func(a *reference.Answer) { a.Header[http.CanonicalHeaderKey(name)] = values })
}

// Body changes the text of bodies.
func Body(change func(string) string) reference.Hooks {
	return Encoding(func(a *reference.Answer) {
		if len(a.Body) > 0 {
			a.Body = []byte(change(string(a.Body)))
		}
	})
}

// Page answers with a text of another type; without a text there is no type either.
func Page(code int, contentType, text string) reference.Hooks {
	return Encoding(func(a *reference.Answer) {
		a.Status, a.Body = code, []byte(text)
		a.Header["Content-Type"] = nil
		if text != "" {
			a.Header.Set("Content-Type", contentType)
		}
	})
}

// Redirect sends the client elsewhere.
func Redirect(code int, location string) reference.Hooks {
	return Encoding(func(a *reference.Answer) {
		a.Status, a.Body = code, nil
		a.Header.Set("Location", location)
	})
}

// Tokens changes tokens before they are signed: both, or those of one kind.
func Tokens(change func(*reference.Token), kinds ...reference.Kind) reference.Hooks {
	return reference.Hooks{Claimed: func(_ *reference.Call, t *reference.Token) {
		if OfKind(t, kinds) {
			change(t)
		}
	}}
}

// Claims changes the claims of tokens before they are signed.
func Claims(change func(jwt.MapClaims), kinds ...reference.Kind) reference.Hooks {
	return Tokens(func(t *reference.Token) { change(t.Claims) }, kinds...)
}

// Claim gives one claim a value.
func Claim(name string, value any, kinds ...reference.Kind) reference.Hooks {
	return Claims(func(c jwt.MapClaims) { c[name] = value }, kinds...)
}

// NoClaim takes one claim out.
func NoClaim(name string, kinds ...reference.Kind) reference.Hooks {
	return Claims(func(c jwt.MapClaims) { delete(c, name) }, kinds...)
}

// Compact changes tokens after they were signed.
func Compact(change func(string) string, kinds ...reference.Kind) reference.Hooks {
	return reference.Hooks{Signed: func(_ *reference.Call, t *reference.Token) {
		if OfKind(t, kinds) {
			t.Compact = change(t.Compact)
		}
	}}
}

// OfKind reports whether a token is of one of the kinds; no kinds are all of them.
func OfKind(t *reference.Token, kinds []reference.Kind) bool {
	return len(kinds) == 0 || slices.Contains(kinds, t.Kind)
}

// Lifetime sets exp - iat, in seconds.
func Lifetime(seconds int64, kinds ...reference.Kind) reference.Hooks {
	return Claims(func(c jwt.MapClaims) { c["exp"] = Number(c["iat"]) + seconds }, kinds...)
}

// Shifted moves iat and exp by seconds.
func Shifted(seconds int64, kinds ...reference.Kind) reference.Hooks {
	return Claims(func(c jwt.MapClaims) {
		c["iat"], c["exp"] = Number(c["iat"])+seconds, Number(c["exp"])+seconds
	}, kinds...)
}

// Number is a claim that the server set as a whole number.
func Number(claim any) int64 {
	whole, _ := claim.(int64)
	return whole
}
