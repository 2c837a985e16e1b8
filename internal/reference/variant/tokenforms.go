package variant

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
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
		return claims(func(c jwt.MapClaims) { c["iat"], c["exp"] = write(whole(c["iat"])), write(whole(c["exp"])) })
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
		hooked("iat-with-fraction", "Writes iat with a fraction and exp without.", numeric, claims(func(c jwt.MapClaims) {
			c["iat"] = json.RawMessage(fmt.Sprintf("%d.5", whole(c["iat"])))
		})),
		hooked("jti-in-capitals", "Writes the hex digits of jti in capitals.", "TOK-3: a 32-hex-digit jti, of whichever case", claims(func(c jwt.MapClaims) {
			if id, ok := c["jti"].(string); ok {
				c["jti"] = strings.ToUpper(id)
			}
		})),
		hooked("registered-claims", "Adds the registered claims and some names.", further, claims(func(c jwt.MapClaims) {
			c["iss"], c["aud"], c["sub"], c["nbf"] = "https://login.example", []string{"api", "web"}, "26", c["iat"]
			c["scope"], c["email"], c["name"] = "read write", "qa@example.com", "Renée 東"
		})),
		{
			Name: "username-and-company-claimed", Sentence: "Adds the user's name and company to the claims.", Because: further,
			Serving: PlainHTTP,
			Apply: func(config *reference.Config) {
				config.Hooks = config.Hooks.Then(claim("username", config.Users[0].Username)).Then(claim("company_name", config.Users[0].Company))
			},
		},
		hooked("nested-claims", "Adds nested and empty claims.", further,
			claim("realm_access", map[string]any{"roles": []any{"qa", map[string]any{"": nil}}, "exp": "never"}), claim("note", "")),
		hooked("key-named", "Names the key in the header.", head, headed("kid", "2022-06")),
		hooked("header-of-many", "Adds a certificate's thumbprint and a URL to the header.", head, headed("x5t", "bWQ1"), headed("jku", "https://login.example/keys")),
		hooked("typ-before-alg", "Writes typ before alg in the header.", "JSON objects have no order (RFC 8259, section 4)",
			resealed(func(_, payload string) (string, string) { return `{"typ":"JWT","alg":"HS256"}`, payload })),
		hooked("token-pretty-printed", "Pretty-prints header and payload of tokens.", object,
			resealed(func(head, payload string) (string, string) { return indented(head), indented(payload) })),
		hooked("claims-escaped", "Escapes every character of header and payload of tokens.", object,
			resealed(func(head, payload string) (string, string) { return everyEscaped(head), everyEscaped(payload) })),
		hooked("long-tokens", "Issues tokens of some 20,000 characters.", further+"; no clause bounds a token",
			claim("permissions", strings.Repeat("invoice:read ", 1200))),
	}
}

// resealed changes the texts of header and payload, and signs the outcome with the token's own key.
func resealed(change func(head, payload string) (string, string)) reference.Hooks {
	return reference.Hooks{Signed: func(_ *reference.Call, t *reference.Token) {
		segments := strings.Split(t.Compact, ".")
		head, _ := base64.RawURLEncoding.DecodeString(segments[0]) // the server made them
		payload, _ := base64.RawURLEncoding.DecodeString(segments[1])
		newHead, newPayload := change(string(head), string(payload))
		input := base64url(newHead) + "." + base64url(newPayload)
		if signature, err := jwt.SigningMethodHS256.Sign(input, t.Key); err == nil {
			t.Compact = input + "." + base64url(string(signature))
		}
	}}
}

func base64url(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// sessionToken is a JWT with these claims that is none of the endpoint's; its signature is made up.
func sessionToken(claims string) string {
	return base64url(`{"alg":"HS256"}`) + "." + base64url(claims) + "." + base64url(strings.Repeat("signed!!", 4))
}
