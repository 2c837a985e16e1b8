package variant

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// tokenForms differ in how tokens are written and in what they claim besides.
func tokenForms() []Variant {
	const (
		numeric = "TOK-3: numeric exp and iat (RFC 7519, section 2: a NumericDate may have a fraction)"
		object  = "TOK-1: a payload that is a JSON object, however it is written"
		further = "TOK-3 says what claims there are, not that there are no others"
		head    = "TOK-1 asks for typ and alg in the header, and forbids crit alone"
	)
	times := func(write func(seconds int64) any) reference.Hooks {
		return change.Claims(func(c jwt.MapClaims) {
			c["iat"], c["exp"] = write(change.Number(c["iat"])), write(change.Number(c["exp"]))
		})
	}
	headed := func(name string, value any) reference.Hooks {
		return reference.Hooks{Claimed: func(_ *reference.Call, t *reference.Token) { t.Header[name] = value }}
	}
	return []Variant{
		hooked("times-with-zero-fraction", "Writes exp and iat as floats with a zero fraction.", numeric,
			times(func(seconds int64) any { return json.RawMessage(fmt.Sprintf("%d.0", seconds)) })),
		hooked("times-with-exponent", "Writes exp and iat with an exponent.", numeric,
			times(func(seconds int64) any { return json.RawMessage(fmt.Sprintf("%d.%09de9", seconds/1e9, seconds%1e9)) })),
		hooked("times-with-fraction", "Writes exp and iat with microseconds.", numeric,
			times(func(seconds int64) any { return json.RawMessage(fmt.Sprintf("%d.123456", seconds)) })),
		hooked("iat-with-fraction", "Writes iat with a fraction and exp without.", numeric, change.Claims(func(c jwt.MapClaims) {
			c["iat"] = json.RawMessage(fmt.Sprintf("%d.5", change.Number(c["iat"])))
		})),
		hooked("jti-in-capitals", "Writes the hex digits of jti in capitals.", "TOK-3: a 32-hex-digit jti, of whichever case", change.Claims(func(c jwt.MapClaims) {
			if id, ok := c["jti"].(string); ok {
				c["jti"] = strings.ToUpper(id)
			}
		})),
		hooked("registered-claims", "Adds the registered claims and some names.", further, change.Claims(func(c jwt.MapClaims) {
			c["iss"], c["aud"], c["sub"], c["nbf"] = "https://login.example", []string{"api", "web"}, "26", c["iat"]
			c["scope"], c["email"], c["name"] = "read write", "qa@example.com", "Renée 東"
		})),
		configured("username-and-company-claimed", "Adds the user's name and company to the claims.", further, func(config *reference.Config) {
			change.Hooked(change.Claim("username", config.Users[0].Username), change.Claim("company_name", config.Users[0].Company))(config)
		}),
		hooked("nested-claims", "Adds nested and empty claims.", further,
			change.Claim("realm_access", map[string]any{"roles": []any{"qa", map[string]any{"": nil}}, "exp": "never"}), change.Claim("note", "")),
		hooked("key-named", "Names the key in the header.", head, headed("kid", "2022-06")),
		hooked("header-of-many", "Adds a certificate's thumbprint and a URL to the header.", head, headed("x5t", "bWQ1"), headed("jku", "https://login.example/keys")),
		hooked("typ-before-alg", "Writes typ before alg in the header.", "JSON objects have no order (RFC 8259, section 4)",
			change.Resealed(func(_, payload string) (string, string) { return `{"typ":"JWT","alg":"HS256"}`, payload })),
		hooked("token-pretty-printed", "Pretty-prints header and payload of tokens.", object,
			change.Resealed(func(head, payload string) (string, string) { return indented(head), indented(payload) })),
		hooked("claims-escaped", "Escapes every character of header and payload of tokens.", object,
			change.Resealed(func(head, payload string) (string, string) { return everyEscaped(head), everyEscaped(payload) })),
		hooked("long-tokens", "Issues tokens of some 20,000 characters.", further+"; no clause bounds a token",
			change.Claim("permissions", strings.Repeat("invoice:read ", 1200))),
	}
}

// sessionToken is a JWT with these claims that is none of the endpoint's; its signature is made up.
func sessionToken(claims string) string {
	return change.Base64URL(`{"alg":"HS256"}`) + "." + change.Base64URL(claims) + "." + change.Base64URL(strings.Repeat("signed!!", 4))
}
