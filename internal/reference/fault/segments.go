package fault

import (
	"encoding/base64"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
)

// segments splits a token in compact form (RFC 7515 §7.1).
func segments(token string) (head, payload, signature string) {
	head, rest, _ := strings.Cut(token, ".")
	payload, signature, _ = strings.Cut(rest, ".")
	return head, payload, signature
}

func base64url(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// bytesOf decodes a segment that the server made.
func bytesOf(segment string) []byte {
	data, _ := base64.RawURLEncoding.DecodeString(segment)
	return data
}

// resealed changes the texts of header and payload, and signs the outcome with
// the token's own key, so that nothing but the change is wrong.
func resealed(change func(head, payload string) (string, string)) reference.Hooks {
	return reference.Hooks{Signed: func(_ *reference.Call, t *reference.Token) {
		oldHead, oldPayload, _ := segments(t.Compact)
		head, payload := change(string(bytesOf(oldHead)), string(bytesOf(oldPayload)))
		input := base64url([]byte(head)) + "." + base64url([]byte(payload))
		if signature, err := jwt.SigningMethodHS256.Sign(input, t.Key); err == nil {
			t.Compact = input + "." + base64url(signature)
		}
	}}
}

// signature changes the bytes of signatures.
func signature(change func([]byte) []byte) func(string) string {
	return func(token string) string {
		head, payload, old := segments(token)
		return head + "." + payload + "." + base64url(change(bytesOf(old)))
	}
}
