package fault

import (
	"net/http"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
)

// composing changes answers while their bodies are lists of members.
func composing(change func(*reference.Answer)) reference.Hooks {
	return reference.Hooks{Composed: func(_ *reference.Call, a *reference.Answer) { change(a) }}
}

// encoding changes answers as they will be written.
func encoding(change func(*reference.Answer)) reference.Hooks {
	return reference.Hooks{Encoded: func(_ *reference.Call, a *reference.Answer) { change(a) }}
}

// status answers with another status.
func status(code int) reference.Hooks {
	return composing(func(a *reference.Answer) { a.Status = code })
}

// failing answers with an error instead.
func failing(code int, text string) reference.Hooks {
	return composing(func(a *reference.Answer) { a.Fail(code, text) })
}

// saying keeps the status and changes the error.
func saying(text string) reference.Hooks { return member(reference.MemberError, text) }

// member gives one member another value.
func member(name string, value any) reference.Hooks {
	return composing(func(a *reference.Answer) { a.Members.Set(name, value) })
}

// without takes members out.
func without(names ...string) reference.Hooks {
	return composing(func(a *reference.Answer) {
		for _, name := range names {
			a.Members.Delete(name)
		}
	})
}

// renamed gives a member another name.
func renamed(old, name string) reference.Hooks {
	return composing(func(a *reference.Answer) { a.Members.Rename(old, name) })
}

// header sets one header field, or takes it out where value is empty.
func header(name, value string) reference.Hooks {
	return composing(func(a *reference.Answer) {
		a.Header[http.CanonicalHeaderKey(name)] = nil
		if value != "" {
			a.Header.Set(name, value)
		}
	})
}

// body changes the bytes of the body.
func body(change func(string) string) reference.Hooks {
	return encoding(func(a *reference.Answer) { a.Body = []byte(change(string(a.Body))) })
}

// page answers with a text of another type.
func page(code int, contentType, text string) reference.Hooks {
	return encoding(func(a *reference.Answer) {
		a.Status, a.Body = code, []byte(text)
		a.Header.Set("Content-Type", contentType)
	})
}

// redirect sends the client elsewhere.
func redirect(code int, location string) reference.Hooks {
	return encoding(func(a *reference.Answer) {
		a.Status, a.Body = code, nil
		a.Header.Set("Location", location)
	})
}

// tokens changes tokens before they are signed: both, or those of one kind.
func tokens(change func(*reference.Token), kinds ...reference.Kind) reference.Hooks {
	return reference.Hooks{Claimed: func(_ *reference.Call, t *reference.Token) {
		if isOf(t, kinds) {
			change(t)
		}
	}}
}

// claims changes the claims of tokens before they are signed.
func claims(change func(jwt.MapClaims), kinds ...reference.Kind) reference.Hooks {
	return tokens(func(t *reference.Token) { change(t.Claims) }, kinds...)
}

// claim gives one claim another value.
func claim(name string, value any, kinds ...reference.Kind) reference.Hooks {
	return claims(func(c jwt.MapClaims) { c[name] = value }, kinds...)
}

// noClaim takes one claim out.
func noClaim(name string, kinds ...reference.Kind) reference.Hooks {
	return claims(func(c jwt.MapClaims) { delete(c, name) }, kinds...)
}

// compact changes tokens after they were signed.
func compact(change func(string) string, kinds ...reference.Kind) reference.Hooks {
	return reference.Hooks{Signed: func(_ *reference.Call, t *reference.Token) {
		if isOf(t, kinds) {
			t.Compact = change(t.Compact)
		}
	}}
}

func isOf(t *reference.Token, kinds []reference.Kind) bool {
	for _, kind := range kinds {
		if t.Kind == kind {
			return true
		}
	}
	return len(kinds) == 0
}

// lifetime sets exp - iat, in seconds.
func lifetime(seconds int64, kinds ...reference.Kind) reference.Hooks {
	return claims(func(c jwt.MapClaims) { c["exp"] = number(c["iat"]) + seconds }, kinds...)
}

// shifted moves iat and exp by seconds.
func shifted(seconds int64, kinds ...reference.Kind) reference.Hooks {
	return claims(func(c jwt.MapClaims) {
		c["iat"], c["exp"] = number(c["iat"])+seconds, number(c["exp"])+seconds
	}, kinds...)
}

// number is a claim that the server set as a whole number.
func number(claim any) int64 {
	whole, _ := claim.(int64)
	return whole
}
