package check_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPair(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		access  claims
		refresh claims
		want    string
		says    string
	}{
		{"good", access(), refresh(), kept, ""},
		{"another user", access(), refresh().but("user_id", 27), violated, `user_id "26" in the access token and "27" in the refresh token`},
		{"a number and a text of its digits", access(), refresh().but("user_id", "26"), kept, ""},
		{"no user in the access token", access().but("user_id", nil), refresh(), kept, ""},
		{"no user in the refresh token", access(), refresh().but("user_id", nil), kept, ""},
		{"one id", access(), refresh().but("jti", access()["jti"]), violated, `jti "00112233445566778899aabbccddeeff" in both tokens`},
		{"one id in another case", access(), refresh().but("jti", "00112233445566778899AABBCCDDEEFF"), violated, "in both tokens"},
		{"an id that is no text", access().but("jti", 7), refresh().but("jti", 7), "by TOK-3", "the access token has no jti"},
	} {
		err := judge(t).Pair(judge(t).Login(granted(t, c.access, c.refresh)))
		assertOutcome(t, c.want, err, c.name)
		if err != nil {
			require.ErrorContains(t, err, c.says, c.name)
		}
	}
}

// The tokens of jwtOf differ in what they say, and share a made-up signature.
func TestOneSignature(t *testing.T) {
	t.Parallel()
	signed := func(id string) string {
		return `{"access_token":"` + jwtOf(`{"token_type":"access","jti":"a`+id+`"}`) + `","refresh_token":"` + jwtOf(`{"token_type":"refresh","jti":"r`+id+`"}`) + `"}`
	}
	j := judge(t)
	one, other := j.Login(answer(http.StatusOK, signed("1"))), j.Login(answer(http.StatusOK, signed("2")))
	err := j.Pair(one)
	assertOutcome(t, violated, err)
	require.ErrorContains(t, err, "one signature on both tokens")
	err = j.Distinct(one, other)
	assertOutcome(t, violated, err)
	require.ErrorContains(t, err, "one signature on tokens of two logins: the request and the request")
}

// Two logins are compared token by token: the access token of the one with the refresh token of the other, too.
func TestDistinct(t *testing.T) {
	t.Parallel()
	otherIDs := func() (claims, claims) {
		return access().but("jti", "11112233445566778899aabbccddeeff"), refresh().but("jti", "eeeeddccbbaa99887766554433221100")
	}
	j := judge(t)
	one := j.Login(granted(t, access(), refresh()))
	for _, c := range []struct {
		name            string
		access, refresh []any
		want, says      string
		sameUser        bool
	}{
		{"distinct", nil, nil, kept, "", true},
		{"the access token again", []any{"jti", access()["jti"]}, nil, violated, "the same access token, 0 s apart, in response to two logins: the request and the request (is the response cached?)", true},
		{"the access token's id again", []any{"jti", access()["jti"], "iat", at(1)}, nil, violated, `jti "0011`, true},
		{"the refresh token again", nil, []any{"jti", refresh()["jti"]}, violated, "the same refresh token, 0 s apart, ", true},
		{"the refresh token's id again", nil, []any{"jti", refresh()["jti"], "iat", at(1)}, violated, `jti "ffee`, true},
		{"the access token's id in the refresh token", nil, []any{"jti", access()["jti"]}, violated, `jti "0011`, true},
		{"the refresh token's id in the access token", []any{"jti", refresh()["jti"]}, nil, violated, `jti "ffee`, true},
		{"another user in the access token", []any{"user_id", 27}, nil, violated, `user_id "26" and "27" in the access tokens of`, false},
		{"another user in the refresh token", nil, []any{"user_id", 27}, violated, `user_id "26" and "27" in the refresh tokens of`, false},
		{"no user", []any{"user_id", nil}, []any{"user_id", nil}, kept, "", true},
	} {
		a, r := otherIDs()
		other := j.Login(granted(t, a.but(c.access...), r.but(c.refresh...)))
		err := j.Distinct(one, other)
		assertOutcome(t, c.want, err, c.name)
		if err != nil {
			require.ErrorContains(t, err, c.says, c.name)
		}
		assertOutcome(t, c.want, j.Distinct(other, one), c.name)
		assert.Equal(t, c.sameUser, j.SameUser(one, other), c.name)
		assert.Equal(t, c.sameUser, j.SameUser(other, one), c.name)
	}
}

// Where a login has but one readable token, it is compared by that one.
func TestDistinctByOneToken(t *testing.T) {
	t.Parallel()
	j := judge(t)
	whole := j.Login(granted(t, access(), refresh().but("user_id", 27)))
	for _, c := range []struct {
		name string
		body string
		want string
	}{
		{"the access token alone", tokenResponse(t, access(), refresh(), "refresh_token", nil), violated},
		{"the refresh token alone", tokenResponse(t, access(), refresh(), "access_token", nil), violated},
		{"none", `{}`, kept},
	} {
		l := j.Login(answer(http.StatusOK, c.body))
		assertOutcome(t, c.want, j.Distinct(whole, l), c.name)
		assertOutcome(t, c.want, j.Distinct(l, whole), c.name)
	}
	assert.True(t, j.SameUser(whole, j.Login(answer(http.StatusOK, tokenResponse(t, access(), refresh(), "refresh_token", nil)))))
	assert.False(t, j.SameUser(whole, j.Login(answer(http.StatusOK, tokenResponse(t, access(), refresh(), "access_token", nil)))))
}
