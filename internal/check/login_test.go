package check_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
)

// claims are what a token says.
type claims map[string]any

// but returns the claims with some of them changed, or left out where the value is nil: names and values in turn.
func (c claims) but(changes ...any) claims {
	changed := maps.Clone(c)
	for i := 0; i+1 < len(changes); i += 2 {
		name, _ := changes[i].(string)
		changed[name] = changes[i+1]
		if changes[i+1] == nil {
			delete(changed, name)
		}
	}
	return changed
}

// access are the claims of a good access token, issued when the answers of these tests were made.
func access() claims {
	return claims{"token_type": "access", "iat": at(0), "exp": at(900), "jti": "00112233445566778899aabbccddeeff", "user_id": 26}
}

// refresh are the claims of the refresh token that goes with it.
func refresh() claims {
	return claims{"token_type": "refresh", "iat": at(0), "exp": at(2 * 86400), "jti": "ffeeddccbbaa99887766554433221100", "user_id": 26}
}

// at is a time in seconds since 1970, so many seconds after the answers of these tests were made.
func at(seconds float64) json.Number {
	whole := made().Add(time.Duration(seconds * float64(time.Second)))
	text, _ := json.Marshal(float64(whole.UnixMilli()) / 1000)
	return json.Number(text)
}

// sealed writes and signs a token.
func sealed(t *testing.T, c claims) string {
	t.Helper()
	return sealedWith(t, key, c)
}

// sealedWith writes a token and signs it with a key.
func sealedWith(t *testing.T, key string, c claims) string {
	t.Helper()
	payload, err := json.Marshal(c)
	require.NoError(t, err)
	signed := segment(`{"typ":"JWT","alg":"HS256"}`) + "." + segment(string(payload))
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// tokenResponse is the body of a granted login, with other members in the place of its own: names and values in turn.
func tokenResponse(t *testing.T, a, r claims, others ...any) string {
	t.Helper()
	members := claims{"access_token": sealed(t, a), "refresh_token": sealed(t, r), "release_version": "7.8.9"}.but(others...)
	body, err := json.Marshal(members)
	require.NoError(t, err)
	return string(body)
}

// granted is the answer to a valid login with tokens of these claims.
func granted(t *testing.T, a, r claims, fields ...string) *exchange.Exchange {
	t.Helper()
	fields = append([]string{"Content-Type", "application/json", "Cache-Control", "no-store"}, fields...)
	return answer(http.StatusOK, tokenResponse(t, a, r), fields...)
}

// loginChecks are all checks of the answer to one valid login, by name.
func loginChecks(j *check.Judge) map[string]check.LoginCheck {
	return map[string]check.LoginCheck{
		"Address": j.Address, "Succeeds": j.Succeeds, "Members": j.Members, "ReleaseVersion": j.ReleaseVersion,
		"DeclaredJSON": j.DeclaredJSON, "StrictJSON": j.StrictJSON, "NotStored": j.NotStored,
		"TokenForm access": j.TokenForm(check.Access), "TokenForm refresh": j.TokenForm(check.Refresh),
		"TokenType access": j.TokenType(check.Access, "access"), "TokenType refresh": j.TokenType(check.Refresh, "refresh"),
		"Claims access": j.Claims(check.Access), "Claims refresh": j.Claims(check.Refresh),
		"Lifetime access":  j.Lifetime(check.Access, time.Minute, time.Hour),
		"Lifetime refresh": j.Lifetime(check.Refresh, 24*time.Hour, 0),
		"ExpiresFirst":     j.ExpiresFirst,
		"Fresh access":     j.Fresh(check.Access), "Fresh refresh": j.Fresh(check.Refresh),
		"Signature access": j.Signature(check.Access), "Signature refresh": j.Signature(check.Refresh),
		"Pair": j.Pair, "Identified": j.Identified, "UserIsNumber": j.UserIsNumber, "NoPassword": j.NoPassword,
	}
}

// What keeps an answer from being judged is told by the clause that is broken: every check that builds on it names that.
func TestWhatBuildsOnABrokenAnswer(t *testing.T) {
	t.Parallel()
	body := func(others ...any) string { return tokenResponse(t, access(), refresh(), others...) }
	declared := []string{"Content-Type", "application/json", "Cache-Control", "no-store"}
	accessAlone := map[string]string{ // what says nothing about the refresh token
		"TokenForm access": kept, "TokenType access": kept, "Claims access": kept, "Fresh access": kept, "Signature access": kept,
		"Lifetime access": kept,
	}
	for _, c := range []struct {
		name   string
		answer *exchange.Exchange
		all    string
		but    []map[string]string
	}{
		{"good", granted(t, access(), refresh()), kept, nil},
		{"not answered", failed(), inconclusive, nil},
		{"held back", unsent(), "by OK-1", nil},
		{"broken off", brokenOff(granted(t, access(), refresh())), inconclusive, nil},
		{"429", answer(http.StatusTooManyRequests, body(), declared...), inconclusive, nil},
		{"redirected", answer(http.StatusFound, body(), declared...), "by REF-6", []map[string]string{{"Address": kept}}},
		{"405", answer(http.StatusMethodNotAllowed, body(), declared...), "by REQ-1", []map[string]string{{"Address": violated}}},
		{"501", answer(http.StatusNotImplemented, body(), declared...), "by REQ-1", []map[string]string{{"Address": violated}}},
		{"201", answer(http.StatusCreated, body(), declared...), "by OK-1", []map[string]string{{"Address": kept, "Succeeds": violated}}},
		{"304", answer(http.StatusNotModified, body(), declared...), "by OK-1", []map[string]string{{"Address": kept, "Succeeds": violated}}},
		{"a coding not offered", answer(http.StatusOK, compressed(t, body()), append(declared, "Content-Encoding", "br")...), "by OK-6",
			[]map[string]string{{"Address": kept, "Succeeds": kept, "DeclaredJSON": kept, "NotStored": kept}}},
		{"no JSON", answer(http.StatusOK, body()+"x", declared...), "by OK-3",
			[]map[string]string{{"Address": kept, "Succeeds": kept, "DeclaredJSON": kept, "NotStored": kept, "StrictJSON": violated}}},
		{"a list", answer(http.StatusOK, "[]", declared...), "by OK-2", []map[string]string{{
			"Address": kept, "Succeeds": kept, "DeclaredJSON": kept, "NotStored": kept, "StrictJSON": kept, "Members": violated,
		}}},
		{"no refresh token", answer(http.StatusOK, body("refresh_token", nil), declared...), "by OK-2", []map[string]string{accessAlone, {
			"Address": kept, "Succeeds": kept, "DeclaredJSON": kept, "NotStored": kept, "StrictJSON": kept, "Members": violated, "ReleaseVersion": kept,
		}}},
		{"an empty refresh token", answer(http.StatusOK, body("refresh_token", ""), declared...), "by OK-2", []map[string]string{accessAlone, {
			"Address": kept, "Succeeds": kept, "DeclaredJSON": kept, "NotStored": kept, "StrictJSON": kept, "Members": violated, "ReleaseVersion": kept,
		}}},
		{"an opaque refresh token", answer(http.StatusOK, body("refresh_token", "opaque"), declared...), "by TOK-1", []map[string]string{accessAlone, {
			"Address": kept, "Succeeds": kept, "DeclaredJSON": kept, "NotStored": kept, "StrictJSON": kept, "Members": kept, "ReleaseVersion": kept,
			"TokenForm refresh": violated,
		}}},
		{"tokens swapped", granted(t, refresh(), access()), kept, []map[string]string{{
			"TokenType access": violated, "TokenType refresh": violated,
			"Lifetime access": "by TOK-2", "Lifetime refresh": "by TOK-2", "ExpiresFirst": "by TOK-2", "Pair": "by TOK-2",
		}}},
		{"no claims in the refresh token", granted(t, access(), claims{"token_type": "refresh"}), kept, []map[string]string{{
			"Claims refresh": violated, "Lifetime refresh": "by TOK-3", "ExpiresFirst": "by TOK-3", "Fresh refresh": "by TOK-3",
			"Pair": "by TOK-3", "Identified": "by TOK-3", "UserIsNumber": "by TOK-3",
		}}},
		{"no claims in the access token", granted(t, claims{"token_type": "access"}, refresh()), kept, []map[string]string{{
			"Claims access": violated, "Lifetime access": "by TOK-3", "ExpiresFirst": "by TOK-3", "Fresh access": "by TOK-3",
			"Pair": "by TOK-3", "Identified": "by TOK-3", "UserIsNumber": "by TOK-3",
		}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			j := judge(t)
			l := j.Login(c.answer)
			for name, judged := range loginChecks(j) {
				want := c.all
				for _, but := range c.but {
					if other, differs := but[name]; differs {
						want = other
					}
				}
				assertOutcome(t, want, judged(l), name)
			}
		})
	}
}
