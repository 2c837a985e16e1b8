package check_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
)

// What is said of a time, or of how long a token is valid, shows what is wrong with it.
func TestWhatIsSaidOfTimes(t *testing.T) {
	t.Parallel()
	const local = "expected iat of the access token within 60 s of this machine's clock, 05:06:07Z; received iat "
	type fields []string
	fresh := func(j *check.Judge) check.LoginCheck { return j.Fresh(check.Access) }
	valid := func(j *check.Judge) check.LoginCheck { return j.Lifetime(check.Access, time.Minute, time.Hour) }
	lasting := func(j *check.Judge) check.LoginCheck { return j.Lifetime(check.Refresh, 24*time.Hour, 0) }
	ending := func(j *check.Judge) check.LoginCheck { return j.Lifetime(check.Refresh, 0, 90*24*time.Hour) }
	first := func(j *check.Judge) check.LoginCheck { return j.ExpiresFirst }
	for _, c := range []struct {
		judge           func(*check.Judge) check.LoginCheck
		access, refresh claims
		fields          fields
		want            string
	}{
		{fresh, access().but("iat", at(3600)), refresh(), fields{"Date", "Wed, 04 Mar 2026 05:06:06 GMT"},
			"expected iat of the access token within 60 s of the response's Date, 05:06:06Z; received iat 06:06:07Z, 1 h 0 min ahead (is local time sent as UTC?)"},
		{fresh, access().but("iat", at(5.5*3600)), refresh(), nil, local + "10:36:07Z, 5 h 30 min ahead (is local time sent as UTC?)"},
		{fresh, access().but("iat", at(-8*3600)), refresh(), nil, local + "2026-03-03T21:06:07Z, 8 h behind (is local time sent as UTC?)"},
		{fresh, access().but("iat", at(-3*3600-600)), refresh(), nil, local + "01:56:07Z, 3 h 10 min behind"},
		{fresh, access().but("iat", at(-100)), refresh(), fields{"Age", "100"}, local + `05:04:27Z, 1 min 40 s behind (Age "100": is the response cached?)`},
		{fresh, access().but("iat", at(-100)), refresh(), fields{"X-Cache", "Hit from cloudfront"}, local + `05:04:27Z, 1 min 40 s behind (X-Cache "Hit from cloudfront": is the response cached?)`},
		{fresh, access().but("iat", at(100)), refresh(), fields{"Age", "100"}, local + "05:07:47Z, 1 min 40 s ahead"},
		{fresh, access().but("iat", at(-100)), refresh(), fields{"X-Cache", "MISS", "Age", "0"}, local + "05:04:27Z, 1 min 40 s behind"},
		{fresh, access().but("iat", 1772600767000), refresh(), nil, local + "1772600767000 (iat looks like milliseconds since 1970, not seconds)"},
		{fresh, access().but("iat", 1772600767000000), refresh(), nil, local + "1772600767000000 (iat looks like microseconds since 1970, not seconds)"},
		{fresh, access().but("iat", 1772600767000000000), refresh(), nil, local + "1772600767000000000 (iat looks like nanoseconds since 1970, not seconds)"},
		{fresh, access().but("iat", 900), refresh(), nil, local + "1970-01-01T00:15:00Z, 56 years behind"},
		{fresh, access().but("iat", -1), refresh(), nil, local + "-1"},
		{fresh, access().but("exp", at(-140)), refresh(), nil,
			"expected exp of the access token after this machine's clock, 05:06:07Z, or less than 60 s before it; received exp 05:03:47Z, 2 min 20 s behind"},

		{valid, access().but("exp", at(15*86400)), refresh(), nil, "expected the access token to be valid for 60 s to 60 min; received 15 days (1296000 s) from iat to exp (were minutes taken for days?)"},
		{valid, access().but("exp", at(15*3600)), refresh(), nil, "expected the access token to be valid for 60 s to 60 min; received 15 h (54000 s) from iat to exp (were minutes taken for hours?)"},
		{valid, access().but("exp", at(15)), refresh(), nil, "expected the access token to be valid for 60 s to 60 min; received 15 s from iat to exp (were minutes taken for seconds?)"},
		{valid, access().but("exp", at(900000)), refresh(), nil, "expected the access token to be valid for 60 s to 60 min; received 10 days 10 h (900000 s) from iat to exp (were milliseconds taken for seconds?)"},
		{valid, access().but("exp", at(600*60)), refresh(), nil, "expected the access token to be valid for 60 s to 60 min; received 10 h (36000 s) from iat to exp (were minutes taken for hours?)"},
		{valid, access().but("exp", at(7300)), refresh(), nil, "expected the access token to be valid for 60 s to 60 min; received 2 h 1 min (7300 s) from iat to exp"},
		{valid, access().but("exp", at(0)), refresh(), nil, "expected the access token to be valid for 60 s to 60 min; received 0 s from iat to exp"},
		{valid, access().but("iat", 1772600767000, "exp", 1772601667000), refresh(), nil,
			"expected the access token to be valid for 60 s to 60 min; received 10 days 10 h (900000 s) from iat to exp (exp looks like milliseconds since 1970, not seconds)"},
		{lasting, access(), refresh().but("exp", at(7*3600)), nil, "expected the refresh token to be valid for at least 24 h; received 7 h (25200 s) from iat to exp (were days taken for hours?)"},
		{lasting, access(), refresh().but("exp", at(24*60)), nil, "expected the refresh token to be valid for at least 24 h; received 24 min (1440 s) from iat to exp (were hours taken for minutes?)"},
		{lasting, access(), refresh().but("exp", at(3600)), nil, "expected the refresh token to be valid for at least 24 h; received 1 h (3600 s) from iat to exp"},
		{ending, access(), refresh().but("exp", at(365*86400)), nil, "expected the refresh token to be valid for at most 90 days; received 365 days (31536000 s) from iat to exp"},
		{ending, access(), refresh().but("exp", at(7000*86400)), nil, "expected the refresh token to be valid for at most 90 days; received 19 years (604800000 s) from iat to exp (were milliseconds taken for seconds?)"},

		{first, access().but("exp", at(900)), refresh().but("exp", at(900)), nil, "expected the access token to expire before the refresh token; received exp 05:21:07Z in both"},
		{first, access().but("exp", at(900)), refresh().but("exp", at(60)), nil,
			"expected the access token to expire before the refresh token; received exp 05:21:07Z in the access token and 05:07:07Z in the refresh token, 14 min (840 s) earlier"},
	} {
		j := judge(t)
		assert.EqualError(t, c.judge(j)(j.Login(granted(t, c.access, c.refresh, c.fields...))), c.want)
	}
}

// Where a member is missing, the message lists those that are there.
func TestWhatIsSaidOfMembers(t *testing.T) {
	t.Parallel()
	members := func(j *check.Judge, e *exchange.Exchange) error { return j.Members(j.Login(e)) }
	object := func(j *check.Judge, e *exchange.Exchange) error { return j.ErrorObject(e) }
	const three = "expected access_token to be a non-empty string, refresh_token to be a non-empty string, release_version to be a non-empty string; received "
	for _, c := range []struct {
		judge  func(*check.Judge, *exchange.Exchange) error
		status int
		body   string
		want   string
	}{
		{members, 200, `{"accessToken":"a","refreshToken":"b","releaseVersion":"7.8.9"}`,
			three + "no access_token, no refresh_token, no release_version; the response has accessToken, refreshToken, releaseVersion"},
		{members, 200, `{"data":{"access_token":"a","refresh_token":"b","release_version":"7.8.9"},"ok":true}`,
			three + "no access_token, no refresh_token, no release_version; the response has data, ok, and data has access_token, refresh_token, release_version"},
		{members, 200, `{}`, three + "no access_token, no refresh_token, no release_version; the response has no members"},
		{members, 200, `{"access_token":"a","refresh_token":"","release_version":{"major":7}}`,
			"expected refresh_token to be a non-empty string, release_version to be a non-empty string; received refresh_token: an empty string; release_version: an object with major"},
		{members, 200, `[{"access_token":"a"}]`, "expected the response to be a JSON object; received an array"},
		{members, 200, `{"access_token":"a","refresh_token":"b","S3cret&p+ä \"x\"":1,"\u001b[31m":2,"0123456789012345678901234567890123456789x":3}`,
			"expected release_version to be a non-empty string; received no release_version; the response has \"\\x1b[31m\", \"[redacted]\", \"[redacted]\", access_token, refresh_token"},
		{members, 200, `{"access_token":"a","refresh_token":"b","a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1}`,
			"expected release_version to be a non-empty string; received no release_version; the response has a, access_token, b, c, d, e, f, g, …"},
		{object, 500, `{"message":"company_name"}`, "expected error to be a non-empty string; received no error; the response has message"},
		{object, 500, `{"error":{"code":5,"message":"company_name"}}`, "expected error to be a non-empty string; received error: an object with code, message"},
	} {
		j := judge(t)
		e := answer(c.status, c.body)
		j.Secrets.Add(e.Request.Params[2].Value)
		assert.EqualError(t, c.judge(j, e), c.want)
	}
	j := judge(t)
	assert.EqualError(t, j.Claims(check.Access)(j.Login(granted(t, access().but("iat", nil, "jti", nil), refresh()))),
		"expected iat to be a number of seconds since 1970, jti to be a string of exactly 32 hexadecimal digits; "+
			"received no iat, no jti; the access token has exp, token_type, user_id")
}
