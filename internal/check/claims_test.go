package check_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
)

func TestFresh(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		claims claims
		slow   time.Duration // between the request and the answer
		fields []string
		want   string
		says   string
	}{
		// A minute is tolerated, and a second is played with.
		{"issued at the earliest", access().but("iat", at(-61)), 0, nil, kept, ""},
		{"issued too early", access().but("iat", at(-61.001)), 0, nil, violated, "within 60 s of this machine's clock, 05:06:07Z; received iat 05:05:05.999Z, 1 min 1 s behind"},
		{"issued at the latest", access().but("iat", at(61)), 0, nil, kept, ""},
		{"issued too late", access().but("iat", at(61.001)), 0, nil, violated, "received iat 05:07:08.001Z, 1 min 1 s ahead"},
		{"expires at the earliest", access().but("iat", at(-61), "exp", at(-61)), 0, nil, kept, ""},
		{"expired", access().but("exp", at(-61.001)), 0, nil, violated, "token after this machine's clock, 05:06:07Z, or less than 60 s before it; received exp 05:05:05.999Z, 1 min 1 s behind"},
		{"without iat", access().but("iat", nil, "exp", at(-61)), 0, nil, kept, ""},
		{"without iat, expired", access().but("iat", nil, "exp", at(-62)), 0, nil, violated, "received exp"},
		{"without exp", access().but("exp", nil), 0, nil, kept, ""},
		{"without exp, issued too late", access().but("exp", nil, "iat", at(62)), 0, nil, violated, "received iat"},
		{"times as texts", access().but("exp", "1", "iat", "1"), 0, nil, "by TOK-3", "neither a numeric iat nor a numeric exp"},

		// Ten seconds may have passed before the token was issued.
		{"slow, issued at the earliest", access().but("iat", at(-71)), 10 * time.Second, nil, kept, ""},
		{"slow, issued too early", access().but("iat", at(-71.001)), 10 * time.Second, nil, violated, "received iat"},
		{"slow, issued at the latest", access().but("iat", at(61)), 10 * time.Second, nil, kept, ""},
		{"slow, issued too late", access().but("iat", at(61.001)), 10 * time.Second, nil, violated, "received iat"},

		// The answer's own clock is an hour behind.
		{"by the Date, issued at the earliest", access().but("iat", at(-3671)), 10 * time.Second, []string{"Date", "Wed, 04 Mar 2026 04:06:07 GMT"}, kept, ""},
		{"by the Date, issued too early", access().but("iat", at(-3671.001)), 10 * time.Second, []string{"Date", "Wed, 04 Mar 2026 04:06:07 GMT"}, violated, "of the response's Date, 04:06:07Z; received iat 04:04:55.999Z, 1 min 11 s behind"},
		{"by the Date, issued at the latest", access().but("iat", at(-3539)), 10 * time.Second, []string{"Date", "Wed, 04 Mar 2026 04:06:07 GMT"}, kept, ""},
		{"by the Date, issued too late", access().but("iat", at(-3538.999)), 10 * time.Second, []string{"Date", "Wed, 04 Mar 2026 04:06:07 GMT"}, violated, "received iat 04:07:08.001Z, 1 min 1 s ahead"},
		{"a Date that is none", access(), 0, []string{"Date", "today"}, kept, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, kind := range []check.Kind{check.Access, check.Refresh} {
				a, r := c.claims, refresh()
				if kind == check.Refresh {
					a, r = access(), c.claims.but("token_type", "refresh")
				}
				answer := granted(t, a, r, c.fields...)
				answer.Sent = answer.Received.Add(-c.slow)
				err := judge(t).Fresh(kind)(judge(t).Login(answer))
				assertOutcome(t, c.want, err)
				if err != nil {
					assert.Contains(t, err.Error(), c.says)
				}
			}
		})
	}
}

func TestLifetime(t *testing.T) {
	t.Parallel()
	none := time.Duration(0)
	for _, c := range []struct {
		name        string
		claims      claims
		least, most time.Duration
		want        string
		says        string
	}{
		{"the least", access().but("exp", at(60)), time.Minute, time.Hour, kept, ""},
		{"less", access().but("exp", at(59.999)), time.Minute, time.Hour, violated,
			"expected the access token to be valid for 60 s to 60 min; received 59.999 s from iat to exp"},
		{"the most", access().but("exp", at(3600)), time.Minute, time.Hour, kept, ""},
		{"more", access().but("exp", at(3600.001)), time.Minute, time.Hour, violated, "received 1 h 0 min (3600.001 s) from iat to exp"},
		{"no lower bound", access().but("exp", at(0)), none, time.Hour, kept, ""},
		{"no upper bound", access().but("exp", at(1e9)), time.Minute, none, kept, ""},
		{"less than the one bound", access().but("exp", at(59)), time.Minute, none, violated, "valid for at least 60 s; received 59 s from iat to exp"},
		{"more than the one bound", access().but("exp", at(3601)), none, time.Hour, violated, "valid for at most 60 min; received 1 h 0 min (3601 s) from iat to exp"},

		// Without iat a minute is tolerated, a second played with, and ten seconds may have passed before it was issued.
		{"without iat, the least", access().but("iat", nil, "exp", at(-11)), time.Minute, time.Hour, kept, ""},
		{"without iat, less", access().but("iat", nil, "exp", at(-11.001)), time.Minute, time.Hour, violated,
			"received -72.001 s from this machine's clock to exp"},
		{"without iat, the most", access().but("iat", nil, "exp", at(3661)), time.Minute, time.Hour, kept, ""},
		{"without iat, more", access().but("iat", nil, "exp", at(3661.001)), time.Minute, time.Hour, violated, "received 1 h 0 min (3600.001 s)"},
		{"absurdly long", access().but("iat", 0, "exp", json.Number("1e23")), time.Minute, time.Hour, violated, "received 100000000000000000000000 s"},
		{"longer than anybody reads", access().but("iat", 0, "exp", json.Number("1e24")), time.Minute, time.Hour, violated,
			"received 10000000… (25 digits) s"},
		{"iat as a text", access().but("iat", "1", "exp", at(3661)), time.Minute, time.Hour, kept, ""},
		{"without exp", access().but("exp", nil), time.Minute, time.Hour, "by TOK-3", "the access token has no numeric exp"},
		{"exp as a text", access().but("exp", "1"), time.Minute, time.Hour, "by TOK-3", "the access token has no numeric exp"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			answer := granted(t, c.claims, refresh())
			answer.Sent = answer.Received.Add(-10 * time.Second)
			err := judge(t).Lifetime(check.Access, c.least, c.most)(judge(t).Login(answer))
			assertOutcome(t, c.want, err)
			if err != nil {
				assert.Contains(t, err.Error(), c.says)
			}
		})
	}
}

func TestExpiresFirst(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		access, refresh float64
		want            string
	}{
		{59.999, 60, kept}, {60, 60, violated}, {60.001, 60, violated},
	} {
		l := judge(t).Login(granted(t, access().but("exp", at(c.access)), refresh().but("exp", at(c.refresh))))
		assertOutcome(t, c.want, judge(t).ExpiresFirst(l), c)
	}
}

// A refused login says nothing of what a granted one's answer holds.
func TestNoPasswordOfARefusedLogin(t *testing.T) {
	t.Parallel()
	l := judge(t).Login(answer(http.StatusUnauthorized, "", "X-Note", `S3cret&p+ä "x"`))
	assertOutcome(t, "by OK-1", judge(t).NoPassword(l))
}

func TestSignature(t *testing.T) {
	t.Parallel()
	j := judge(t)
	j.Key = "another key"
	l := j.Login(granted(t, access(), refresh()))
	for _, kind := range []check.Kind{check.Access, check.Refresh} {
		err := j.Signature(kind)(l)
		assertOutcome(t, violated, err, kind)
		require.ErrorContains(t, err, "received the "+string(kind)+" token, which has a signature that does not verify with the supplied key (is it the key of this deployment?)")
	}
}

func TestUserIsNumber(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name            string
		access, refresh any
		want            string
	}{
		{"numbers", 26, 26, kept},
		{"texts of digits", "26", "26", violated},
		{"a text of digits in the refresh token", 26, "0", violated},
		{"an empty text", 26, "", "by TOK-3"},
		{"a text", "26a", 26, "by TOK-3"},
		{"a truth", true, 26, "by TOK-3"},
		{"nothing", 26, nil, "by TOK-3"},
	} {
		l := judge(t).Login(granted(t, access().but("user_id", c.access), refresh().but("user_id", c.refresh)))
		assertOutcome(t, c.want, judge(t).UserIsNumber(l), c.name)
	}
}

func TestTokenType(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value any
		says  string
	}{
		{"refresh", `expected token_type "access" in the access token; received token_type "refresh"`},
		{"Access", `received token_type "Access"`}, {1, `received token_type "1"`}, {nil, "received no token_type; the token has exp, iat, jti, user_id"},
	} {
		err := judge(t).TokenType(check.Access, "access")(judge(t).Login(granted(t, access().but("token_type", c.value), refresh())))
		assertOutcome(t, violated, err, c.value)
		require.ErrorContains(t, err, c.says)
	}
}

// The password is found wherever a granted login's answer holds it, whatever else cannot be read (TOK-10).
func TestNoPassword(t *testing.T) {
	t.Parallel()
	const password = `S3cret&p+ä "x"`
	for _, c := range []struct {
		name            string
		access, refresh claims
		body            []any
		fields          []string
		want            string
		says            string
	}{
		{"nowhere", access(), refresh(), nil, nil, kept, ""},
		{"in a member", access(), refresh(), []any{"note", "your " + password}, nil, violated, `the password in "note"`},
		{"as a member's name", access(), refresh(), []any{password, 1}, nil, violated, `the password in "a member"`},
		{"as a member's name and its text", access(), refresh(), []any{password, password}, nil, violated, `the password in "a member"`},
		{"in a list", access(), refresh(), []any{"notes", []string{password}}, nil, violated, `the password in "notes"`},
		{"as a claim's name", access().but(password, true), refresh(), nil, nil, violated, `the password in "a member"`},
		{"in a header", access(), refresh(), nil, []string{"X-Note", password}, violated, "X-Note"},
		{"in the access token's claims", access().but("password", password), refresh(), nil, nil, violated, "in the claims of the access token"},
		{"in the refresh token's claims", access(), refresh().but("password", password), nil, nil, violated, "in the claims of the refresh token"},
		{"in the refresh token's claims beside one that cannot be read", access(), refresh().but("password", password),
			[]any{"access_token", "opaque"}, nil, violated, "in the claims of the refresh token"},
		{"in none, but one cannot be read", access(), refresh(), []any{"access_token", "opaque"}, nil, "by TOK-1", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			answer := answer(http.StatusOK, tokenResponse(t, c.access, c.refresh, c.body...), append(c.fields, "Content-Type", "application/json")...)
			err := judge(t).NoPassword(judge(t).Login(answer))
			assertOutcome(t, c.want, err)
			if err != nil {
				assert.Contains(t, err.Error(), c.says)
				assert.NotContains(t, err.Error(), password)
			}
		})
	}
}
