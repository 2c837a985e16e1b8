package change

import (
	"encoding/base64"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
)

// Leaking mints tokens of the first user for an answer that is to have none.
func Leaking(leak func(*reference.Answer, reference.Pair)) reference.Hooks {
	return reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
		if pair, err := c.Mint(c.Users()[0]); err == nil {
			leak(a, pair)
		}
	}}
}

// Segments splits a token in compact form (RFC 7515 §7.1).
func Segments(token string) (head, payload, signature string) {
	head, rest, _ := strings.Cut(token, ".")
	payload, signature, _ = strings.Cut(rest, ".")
	return head, payload, signature
}

// Base64URL encodes a segment.
func Base64URL[T string | []byte](data T) string {
	return base64.RawURLEncoding.EncodeToString([]byte(data))
}

// BytesOf decodes a segment that the server made.
func BytesOf(segment string) []byte {
	data, _ := base64.RawURLEncoding.DecodeString(segment)
	return data
}

// Resealed changes the texts of header and payload, and signs the outcome with the token's own key, so that nothing but
// the change is wrong.
func Resealed(change func(head, payload string) (string, string)) reference.Hooks {
	return reference.Hooks{Signed: func(_ *reference.Call, t *reference.Token) {
		oldHead, oldPayload, _ := Segments(t.Compact)
		head, payload := change(string(BytesOf(oldHead)), string(BytesOf(oldPayload)))
		input := Base64URL(head) + "." + Base64URL(payload)
		if signature, err := jwt.SigningMethodHS256.Sign(input, t.Key); err == nil {
			t.Compact = input + "." + Base64URL(signature)
		}
	}}
}

// Signature changes the bytes of signatures.
func Signature(change func([]byte) []byte) func(string) string {
	return func(token string) string {
		head, payload, old := Segments(token)
		return head + "." + payload + "." + Base64URL(change(BytesOf(old)))
	}
}
