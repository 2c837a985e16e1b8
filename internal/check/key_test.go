package check_test

import (
	"encoding/base64"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/outcome"
)

// signatureHint is what is said of the key by which the access token's signature does not verify.
func signatureHint(t *testing.T, j *check.Judge, l *check.Login) string {
	t.Helper()
	var violation *outcome.Violation
	require.ErrorAs(t, j.Signature(check.Access)(l), &violation)
	return violation.Hint
}

// What is supplied as the key may be the right one in another notation (TOK-9).
func TestKeyInAnotherNotation(t *testing.T) {
	t.Parallel()
	const set = ": set KLEARSTACK_JWT_KEY to that"
	encoded := base64.StdEncoding.EncodeToString([]byte(key))
	for _, c := range []struct{ name, supplied, want string }{
		{"base64", encoded, "it verifies when the key is read as base64" + set},
		{"base64 in lines", encoded[:10] + "\n" + encoded[10:] + "\n", "it verifies when the key is read as base64" + set},
		{"base64 in quotes", `"` + encoded + `"`, "it verifies when the key is read as base64" + set},
		{"base64url", base64.RawURLEncoding.EncodeToString([]byte(key)), "it verifies when the key is read as base64" + set},
		{"hex", hex.EncodeToString([]byte(key)), "it verifies when the key is read as hex" + set},
		{"in quotes", "'" + key + "'", "it verifies when the key is read without its quotes" + set},
		{"in blanks", " " + key + "\r\n", "it verifies when the key is read without the blanks or line breaks around it" + set},
		{"another", "another key", "is it the key of this deployment?"},
		{"another, suspicious", "another key ", "is it the key of this deployment? it ends"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			j := judge(t)
			j.Key = c.supplied
			if c.supplied == "another key " {
				j.KeySuspicions = []string{"it ends"}
			}
			assert.Equal(t, c.want, signatureHint(t, j, j.Login(granted(t, access(), refresh()))))
		})
	}
}

// A signer may have made something else of its key, and a key may be no text.
func TestKeyThatTheSignerReadsInAnotherWay(t *testing.T) {
	t.Parallel()
	raw, err := base64.RawURLEncoding.DecodeString("-_-_" + base64.RawURLEncoding.EncodeToString([]byte(key)))
	require.NoError(t, err)
	for _, c := range []struct{ name, signedWith, supplied, want string }{
		{"decoded", string(raw), base64.RawURLEncoding.EncodeToString(raw), "it verifies when the key is read as base64url, which is not text, so that this setting can't hold it"},
		{"encoded", base64.StdEncoding.EncodeToString([]byte(key)), key, "it verifies when the key is written in base64: set KLEARSTACK_JWT_KEY to that"},
		{"with a line break", key + "\n", key, "it verifies when the key is read with a line break at its end: set KLEARSTACK_JWT_KEY to that"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			j := judge(t)
			j.Key = c.supplied
			l := j.Login(answer(200, tokenResponse(t, access(), refresh(), "access_token", sealedWith(t, c.signedWith, access()))))
			assert.Equal(t, c.want, signatureHint(t, j, l))
		})
	}
}

// What looks wrong with the configured login follows the question whether it is right (OK-1).
func TestSuspicionsOfTheLogin(t *testing.T) {
	t.Parallel()
	j := judge(t)
	j.Suspicions = []string{"KLEARSTACK_USERNAME ends with a blank", "KLEARSTACK_PASSWORD ends with a tab"}
	require.ErrorContains(t, j.Succeeds(j.Login(answer(401, ""))),
		"(are the configured username, password and company name right? KLEARSTACK_USERNAME ends with a blank; KLEARSTACK_PASSWORD ends with a tab)")
}
