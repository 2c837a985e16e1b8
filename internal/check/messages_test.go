package check_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
		{fresh, access(), refresh(), fields{"Date", "Wed, 04 Mar 2026 04:06:07 GMT"},
			"expected iat of the access token within 60 s of the response's Date, 04:06:07Z; received iat 05:06:07Z, 1 h ahead " +
				"(it is right by this machine's clock, which Date is 1 h behind: is Date stale, or is the clock of what sends it wrong?)"},
		{fresh, access(), refresh(), fields{"Date", "Wed, 04 Mar 2026 05:16:06 GMT"},
			"expected iat of the access token within 60 s of the response's Date, 05:16:06Z; received iat 05:06:07Z, 9 min 59 s behind " +
				"(it is right by this machine's clock, which Date is 9 min 59 s ahead of: is Date stale, or is the clock of what sends it wrong?)"},
		{fresh, access().but("iat", nil, "exp", at(60)), refresh(), fields{"Date", "Wed, 04 Mar 2026 05:16:06 GMT"},
			"expected exp of the access token after the response's Date, 05:16:06Z, or less than 60 s before it; received exp 05:07:07Z, 8 min 59 s behind " +
				"(it is right by this machine's clock, which Date is 9 min 59 s ahead of: is Date stale, or is the clock of what sends it wrong?)"},
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
	const three = "expected access_token, refresh_token, release_version to be a non-empty string; received "
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
		{members, 200, `{"error":"Invalid credentials"}`, three + `no access_token, no refresh_token, no release_version; the response has error; error is "Invalid credentials"`},
		{members, 200, `"{\"access_token\":\"a\"}"`, "expected the response to be a JSON object; received the string \"{\\\"access_token\\\":\\\"a\\\"}\" (it holds JSON: is that encoded twice?)"},
		{members, 200, `{}`, three + "no access_token, no refresh_token, no release_version; the response has no members"},
		{members, 200, `{"access_token":"a","refresh_token":"","release_version":{"major":7}}`,
			"expected refresh_token, release_version to be a non-empty string; received refresh_token: an empty string; release_version: an object with major"},
		{members, 200, `[{"access_token":"a"}]`, "expected the response to be a JSON object; received an array"},
		{members, 200, `{"access_token":"a","refresh_token":"b","S3cret&p+ä \"x\"":1,"\u001b[31m":2,"0123456789012345678901234567890123456789x":3}`,
			"expected release_version to be a non-empty string; received no release_version; the response has \"\\x1b[31m\", \"[redacted]\", \"[redacted]\", access_token, refresh_token"},
		{members, 200, `{"access_token":"a","refresh_token":"b","a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1}`,
			"expected release_version to be a non-empty string; received no release_version; the response has a, access_token, b, c, d, e, f, g, …"},
		{object, 500, `{"message":"company_name"}`, "expected error to be a non-empty string; received no error; the response has message; message is \"company_name\""},
		{object, 500, `{"error":{"code":5,"message":"company_name"}}`, "expected error to be a non-empty string; received error: an object with code, message"},
	} {
		j := judge(t)
		e := answer(c.status, c.body)
		j.Secrets.Add(e.Request.Params[2].Value)
		require.EqualError(t, c.judge(j, e), c.want)
	}
	j := judge(t)
	assert.EqualError(t, j.Claims(check.Access)(j.Login(granted(t, access().but("iat", nil, "jti", nil), refresh()))),
		"expected iat to be a number of seconds since 1970, jti to be a string of exactly 32 hexadecimal digits; "+
			"received no iat, no jti; the access token has exp, token_type, user_id")
}

// What is said of a response shows its cause, where that can be known.
func TestWhatIsSaidOfResponses(t *testing.T) {
	t.Parallel()
	login := func(of func(*check.Judge) check.LoginCheck) func(*check.Judge, *exchange.Exchange) error {
		return func(j *check.Judge, e *exchange.Exchange) error { return of(j)(j.Login(e)) }
	}
	succeeds := login(func(j *check.Judge) check.LoginCheck { return j.Succeeds })
	members := login(func(j *check.Judge) check.LoginCheck { return j.Members })
	strict := login(func(j *check.Judge) check.LoginCheck { return j.StrictJSON })
	form := login(func(j *check.Judge) check.LoginCheck { return j.TokenForm(check.Access) })
	stored := login(func(j *check.Judge) check.LoginCheck { return j.NotStored })
	address := login(func(j *check.Judge) check.LoginCheck { return j.Address })
	named := func(j *check.Judge, e *exchange.Exchange) error { return j.MissingNamed(e) }
	declared := func(j *check.Judge, e *exchange.Exchange) error { return j.MissingDeclared(e) }
	direct := func(j *check.Judge, e *exchange.Exchange) error { return j.Direct(e) }
	refused := func(j *check.Judge, e *exchange.Exchange) error { return j.Refused(e) }
	sniff := func(j *check.Judge, e *exchange.Exchange) error { return j.NoSniff(e) }
	toward := func(location string) *exchange.Exchange {
		e := answer(302, "", "Location", location)
		e.Base = &url.URL{Scheme: "https", Host: "staging.example.com", Path: "/prefix"}
		return e
	}
	unnamed := func(status int, body string, fields ...string) *exchange.Exchange {
		return without(answer(status, body, fields...), company)
	}
	const page = `<!doctype html><title>KlearStack - Sign in</title><input type="password">`
	const gateway = " (a sign-in page: is a gateway in front of the endpoint?)"
	for _, c := range []struct {
		judge func(*check.Judge, *exchange.Exchange) error
		e     *exchange.Exchange
		want  string
	}{
		{succeeds, answer(505, "", "Date", "Wed, 04 Mar 2026 08:11:31 GMT"), "expected status 200 for a valid login; received status 505 HTTP Version Not Supported, with an empty body (the server failed: see its log at 08:11:31Z)"},
		{succeeds, answer(401, `{"error" : "Invalid \"credentials\""}`), `expected status 200 for a valid login; received status 401 Unauthorized, body {"error":"Invalid \"credentials\""} (are the configured username, password and company name right?)`},
		{succeeds, toward("https://login.example.com/oauth2"), "it builds on REF-6: the login was redirected with status 302 (a redirect to another host: is a gateway in front of the endpoint?)"},
		{members, answer(200, page), "it builds on OK-3: the body is not JSON: unexpected character at byte 1" + gateway},
		{strict, answer(200, page), `expected a body of valid, complete JSON; received a body that is not JSON: unexpected character at byte 1, an HTML page titled "KlearStack - Sign in"` + gateway},
		{strict, answer(200, "<p>Hello"), `expected a body of valid, complete JSON; received a body that is not JSON: unexpected character at byte 1, body "<p>Hello" (an HTML page: is a gateway in front of the endpoint?)`},
		{strict, answer(200, tokenResponse(t, access(), refresh())+","), `expected a body of valid, complete JSON; received a body that goes on after the end of its JSON value at byte 525, near …` + "`elease_version\":\"7.8.9\"},`"},
		{strict, answer(200, "\x1f\x8b\b\x00"), "expected a body of valid, complete JSON; received a body that is not valid UTF-8 at byte 2, body of 4 bytes that are not text (it begins as gzip does: is Content-Encoding missing?)"},
		{strict, answer(200, "\xff\xfe{\x00"), "expected a body of valid, complete JSON; received a body that is not valid UTF-8 at byte 1, body of 4 bytes that are not text (it begins as UTF-16 does: JSON is UTF-8)"},
		{strict, answer(200, ""), "expected a body of valid, complete JSON; received an empty body"},
		{members, answer(200, `{"release_version":"7.8.9"}`, "Set-Cookie", "access_token=x"), "expected access_token, refresh_token to be a non-empty string; received no access_token, no refresh_token; the response has release_version (there is a token in a cookie)"},
		{form, answer(200, `{"access_token":"opaque","refresh_token":"opaque","release_version":"7"}`), "expected the access token to be a JWT signed with HS256, in JWS Compact Serialization; received one that has 1 segment, not 3"},
		{form, answer(200, `{"access_token":"Bearer a.b.c","refresh_token":"opaque","release_version":"7"}`), "expected the access token to be a JWT signed with HS256, in JWS Compact Serialization; received one that has ' ' in its header, which is no character of base64url without padding"},
		{stored, answer(200, "{}"), "expected Cache-Control: no-store; received no Cache-Control header field"},
		{stored, answer(200, "{}", "Cache-Control", ""), `expected Cache-Control: no-store; received Cache-Control ""`},
		{address, answer(405, "", "Allow", "GET"), `expected POST to be accepted at /access/klearstack/get_access_token; received status 405 Method Not Allowed, Allow "GET"`},

		{direct, toward("https://login.example.com/oauth2"), `expected no redirect; received status 302 Found to "https://login.example.com/oauth2" (a redirect to another host: is a gateway in front of the endpoint?)`},
		{direct, toward("/accounts/login/?next=/"), `expected no redirect; received status 302 Found to "/accounts/login/?next=/" (a redirect to a sign-in page: is a gateway in front of the endpoint?)`},
		{direct, toward("/prefix/access/klearstack/get_access_token/"), `expected no redirect; received status 302 Found to "/prefix/access/klearstack/get_access_token/" (only a slash at the end differs: is it added or removed for all paths?)`},
		{direct, toward("/elsewhere"), `expected no redirect; received status 302 Found to "/elsewhere"`},
		{direct, toward("file:///etc/passwd"), `expected no redirect; received status 302 Found to "file:///etc/passwd"`},
		{direct, toward("/prefix/access/klearstack/get_access_token"), `expected no redirect; received status 302 Found to "/prefix/access/klearstack/get_access_token"`},
		{direct, toward(":"), `expected no redirect; received status 302 Found to ":"`},
		{direct, toward(""), `expected no redirect; received status 302 Found to ""`},

		{named, unnamed(500, ""), "expected status 500 with an error naming company_name; received status 500 Internal Server Error with an empty body"},
		{named, unnamed(400, `{"error": "company_name required"}`), `expected status 500 with an error naming company_name; received status 400 Bad Request, body {"error":"company_name required"}`},
		{named, unnamed(200, page), `expected status 500 with an error naming company_name; received status 200 OK, an HTML page titled "KlearStack - Sign in"` + gateway},
		{named, unnamed(500, `{"error":"Internal Server Error"}`), `expected status 500 with an error naming company_name; received status 500 Internal Server Error, error "Internal Server Error", which names none`},
		{named, unnamed(500, `{"error":"Password"}`), `expected status 500 with an error naming company_name; received status 500 Internal Server Error, error "Password", which names password`},
		{named, unnamed(500, "<title>Server Error (500)</title>"), `expected status 500 with an error naming company_name; received status 500 Internal Server Error, an HTML page titled "Server Error (500)", which names none`},
		{named, unnamed(500, `{"message":"Internal Server Error"}`), "it builds on ERR-5: the response has no non-empty string member error that could name a parameter"},
		{declared, unnamed(500, "{}"), "expected Content-Type: application/json; received no Content-Type header field"},
		{declared, unnamed(500, page, "Content-Type", "text/html"), `expected Content-Type: application/json; received Content-Type "text/html"` + gateway},

		{refused, answer(200, `{"access_token":"opaque"}`), `expected a rejection (any status except 2xx); received status 200 OK, with tokens, for username "bob" and company_name "Acme"`},
		{refused, answer(200, page), `expected a rejection (any status except 2xx); received status 200 OK, an HTML page titled "KlearStack - Sign in", for username "bob" and company_name "Acme"` + gateway},
		{sniff, answer(200, ""), "expected X-Content-Type-Options: nosniff; received no X-Content-Type-Options header field"},
		{sniff, answer(200, "", "X-Content-Type-Options", ""), `expected X-Content-Type-Options: nosniff; received X-Content-Type-Options ""`},
	} {
		assert.EqualError(t, c.judge(judge(t), c.e), c.want)
	}
}
