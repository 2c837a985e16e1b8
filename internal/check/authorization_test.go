package check_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
)

// A refusal for want of an authorization is told from one of what the form says (REQ-2, OK-1).
func TestAsksForAuthorization(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		answer *exchange.Exchange
		want   bool
	}{
		{"no word", answer(401, ""), true},
		{"of an authorization", answer(403, `{"detail":"Authentication credentials were not provided."}`), true},
		{"of a key", answer(401, `{"message":"No API key found in request"}`), true},
		{"of a token", answer(401, "A bearer token is needed", "WWW-Authenticate", "Bearer"), true},
		{"Apache's page", answer(401, "<p>Either you supplied the wrong credentials (e.g., bad password), or ...", "WWW-Authenticate", `Basic realm="x"`), true},
		{"a page with a style", answer(403, `<style>p{user-select:none}</style>Forbidden`), true},
		{"of credentials", answer(401, `{"error":"Invalid credentials"}`), false},
		{"of credentials, and a challenge for a token", answer(401, `{"detail":"No active account found with the given credentials"}`, "WWW-Authenticate", `Bearer realm="api"`), false},
		{"of a user", answer(401, "User not found."), false},
		{"of a login", answer(403, "Log-in failed"), false},
		{"of a parameter", answer(401, `{"company_name":["Unknown"]}`), false},
		{"another status", answer(500, ""), false},
		{"no answer", failed(), false},
	} {
		assert.Equal(t, c.want, check.AsksForAuthorization(c.answer), c.name)
	}
}
