package variant

import (
	"net/http"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
)

// composing changes answers while their bodies are lists of members.
func composing(change func(*reference.Answer)) reference.Hooks {
	return reference.Hooks{Composed: func(_ *reference.Call, a *reference.Answer) { change(a) }}
}

// member gives one member a value.
func member(name string, value any) reference.Hooks {
	return composing(func(a *reference.Answer) { a.Members.Set(name, value) })
}

// header sets one header field, or takes it out where there are no values.
func header(name string, values ...string) reference.Hooks {
	return composing(func(a *reference.Answer) { a.Header[http.CanonicalHeaderKey(name)] = values })
}

// body changes the text of bodies.
func body(change func(string) string) reference.Hooks {
	return reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
		if len(a.Body) > 0 {
			a.Body = []byte(change(string(a.Body)))
		}
	}}
}

// page answers with a text of another type; without a text there is no type either.
func page(code int, contentType, text string) reference.Hooks {
	return reference.Hooks{Encoded: func(_ *reference.Call, a *reference.Answer) {
		a.Status, a.Body = code, []byte(text)
		a.Header["Content-Type"] = nil
		if text != "" {
			a.Header.Set("Content-Type", contentType)
		}
	}}
}

// failing answers with an error.
func failing(code int, text string) reference.Hooks {
	return composing(func(a *reference.Answer) { a.Fail(code, text) })
}

// naming says what is missing in other words.
func naming(text func(c *reference.Call, missing []string) string) reference.Hooks {
	return reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
		a.Members.Set(reference.MemberError, text(c, c.Missing))
	}}.Only(missing)
}

// claims changes the claims of tokens before they are signed: of both, or of one kind.
func claims(change func(jwt.MapClaims), kinds ...reference.Kind) reference.Hooks {
	return reference.Hooks{Claimed: func(_ *reference.Call, t *reference.Token) {
		if len(kinds) == 0 || t.Kind == kinds[0] {
			change(t.Claims)
		}
	}}
}

// claim gives one claim a value.
func claim(name string, value any, kinds ...reference.Kind) reference.Hooks {
	return claims(func(c jwt.MapClaims) { c[name] = value }, kinds...)
}

// whole is a claim that the server set as a whole number.
func whole(claim any) int64 {
	number, _ := claim.(int64)
	return number
}
