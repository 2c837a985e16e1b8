package fault

import (
	"crypto/sha256"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
)

func verification() []Fault {
	otherKey := func(kinds ...reference.Kind) reference.Hooks {
		return tokens(func(t *reference.Token) { t.Key = []byte("a key that nobody has told the suite") }, kinds...)
	}
	return of("TOK-9",
		hooked("signed-with-another-key", "Signs tokens with a key that is not the supplied one.", otherKey()),
		hooked("access-token-signed-with-another-key", "Signs access tokens with a key that is not the supplied one.", otherKey(reference.Access)),
		hooked("refresh-token-signed-with-another-key", "Signs refresh tokens with a key that is not the supplied one.", otherKey(reference.Refresh)),
		hooked("signed-with-digest-of-key", "Signs tokens with a digest of the key.",
			tokens(func(t *reference.Token) {
				if key, isBytes := t.Key.([]byte); isBytes {
					sum := sha256.Sum256(key)
					t.Key = sum[:]
				}
			})),
		hooked("claim-added-after-signing", "Adds a claim to tokens after they are signed.",
			compact(func(token string) string {
				head, payload, signature := segments(token)
				changed := strings.TrimSuffix(string(bytesOf(payload)), "}") + `,"role":"admin"}`
				return head + "." + base64url([]byte(changed)) + "." + signature
			})),
		hooked("payload-signed-alone", "Signs the payload of tokens without their header.",
			reference.Hooks{Signed: func(_ *reference.Call, t *reference.Token) {
				head, payload, _ := segments(t.Compact)
				if sum, err := jwt.SigningMethodHS256.Sign(payload, t.Key); err == nil {
					t.Compact = head + "." + payload + "." + base64url(sum)
				}
			}}),
		hooked("signature-bit-flipped", "Flips a bit of every signature.",
			compact(signature(func(old []byte) []byte {
				old[0] ^= 1
				return old
			}))),
	)
}
