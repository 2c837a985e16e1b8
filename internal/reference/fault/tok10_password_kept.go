package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func passwordKept() []Fault {
	inClaims := func(name string, hold func(password string) any, kinds ...reference.Kind) reference.Hooks {
		return reference.Hooks{Claimed: func(c *reference.Call, t *reference.Token) {
			if change.OfKind(t, kinds) {
				t.Claims[name] = hold(c.User.Password)
			}
		}}
	}
	inBody := func(name string, hold func(password string) any) reference.Hooks {
		return change.MemberOf(name, func(c *reference.Call) any { return hold(c.User.Password) }).Only(change.Granted)
	}
	itself := func(password string) any { return password }
	return of("TOK-10",
		hooked("password-claim", "Writes the password into a claim of both tokens.", inClaims("password", itself)),
		hooked("password-claim-in-refresh-token", "Writes the password into a claim of the refresh token.",
			inClaims("pwd", itself, reference.Refresh)),
		hooked("password-deep-in-claims", "Writes the password into an object inside the claims.",
			inClaims("account", func(password string) any { return map[string]any{"login": []any{26, password}} })),
		hooked("password-in-response", "Writes the password into the token response.", inBody("password", itself)),
		hooked("password-within-text-of-response", "Writes the password into a sentence of the token response.",
			inBody("message", func(password string) any { return "Logged in with " + password + " just now" })),
		hooked("password-escaped-in-response", "Writes the password into the token response with every character escaped.",
			reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
				a.Body = []byte(`{"echo":"` + change.Escaped(c.User.Password) + `",` + string(a.Body[1:]))
			}}.Only(change.Granted)),
		hooked("request-in-response", "Writes the request's form into the token response.",
			change.MemberOf("request", func(c *reference.Call) any { return formOf(c) }).Only(change.Granted)),
	)
}

// formOf is the form that was sent, as members.
func formOf(c *reference.Call) reference.Members {
	var form reference.Members
	for _, field := range c.Form {
		form.Set(field.Name, field.Value)
	}
	return form
}
