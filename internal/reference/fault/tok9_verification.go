package fault

import (
	"crypto/sha256"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func verification() []Fault {
	otherKey := func(kinds ...reference.Kind) reference.Hooks {
		return change.Tokens(func(t *reference.Token) { t.Key = []byte("a key that nobody has told the suite") }, kinds...)
	}
	return of("TOK-9",
		hooked("signed-with-another-key", "Signs tokens with a key that is not the supplied one.", otherKey()),
		hooked("access-token-signed-with-another-key", "Signs access tokens with a key that is not the supplied one.", otherKey(reference.Access)),
		hooked("refresh-token-signed-with-another-key", "Signs refresh tokens with a key that is not the supplied one.", otherKey(reference.Refresh)),
		hooked("signed-with-digest-of-key", "Signs tokens with a digest of the key.",
			change.Tokens(func(t *reference.Token) {
				if key, isBytes := t.Key.([]byte); isBytes {
					sum := sha256.Sum256(key)
					t.Key = sum[:]
				}
			})),
		hooked("claim-added-after-signing", "Adds a claim to tokens after they are signed.",
			change.Compact(func(token string) string {
				head, payload, signature := change.Segments(token)
				changed := strings.TrimSuffix(string(change.BytesOf(payload)), "}") + `,"role":"admin"}`
				return head + "." + change.Base64URL([]byte(changed)) + "." + signature
			})),
		hooked("payload-signed-alone", "Signs the payload of tokens without their header.",
			reference.Hooks{Signed: func(_ *reference.Call, t *reference.Token) {
				head, payload, _ := change.Segments(t.Compact)
				if sum, err := jwt.SigningMethodHS256.Sign(payload, t.Key); err == nil {
					t.Compact = head + "." + payload + "." + change.Base64URL(sum)
				}
			}}),
		hooked("signature-bit-flipped", "Flips a bit of every signature.",
			change.Compact(change.Signature(func(old []byte) []byte {
				old[0] ^= 1
				return old
			}))),
	)
}
