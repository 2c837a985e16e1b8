package check_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
)

// segment writes a part of a JWT.
func segment(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// jwtOf makes something like a JWT of claims; its signature is made up.
func jwtOf(claims string) string {
	return segment(`{"typ":"JWT","alg":"HS256"}`) + "." + segment(claims) + "." + segment(strings.Repeat("signed!!", 4))
}

func TestNoTokens(t *testing.T) {
	t.Parallel()
	leaked := jwtOf(`{"token_type":"access","user_id":26,"exp":1e400,"jti":"401febba888445 2da7d7e09f10ff09ad"}`)
	quoted, err := json.Marshal(`{"access_token":"` + leaked + `"}`)
	require.NoError(t, err)
	ranged := jwtOf(`{"token_type":"access","x":"???>>>"}`) // its payload has - and _
	require.Contains(t, ranged, "-")
	require.Contains(t, ranged, "_")
	padded := strings.Replace(leaked, ".", "==.", 2)
	session := jwtOf(`{"data":{"csrfToken":"5c1d"},"nbf":1656576038,"iat":1656576038}`)
	for _, c := range []struct {
		name   string
		body   string
		fields []string
		want   string
	}{
		// In the body.
		{"no body", "", nil, kept},
		{"an error", `{"error":"Company Name"}`, nil, kept},
		{"both tokens", `{"access_token":"a","refresh_token":"b"}`, nil, violated},
		{"an opaque access token", `{"access_token":"x"}`, nil, violated},
		{"an opaque refresh token deep down", `{"data":[{"auth":{"refresh_token":"x"}}]}`, nil, violated},
		{"in camelCase", `{"accessToken":"x"}`, nil, violated},
		{"in PascalCase", `{"RefreshToken":"x"}`, nil, violated},
		{"in kebab-case", `{"access-token":"x"}`, nil, violated},
		{"under an escaped name", `{"\u0061ccess_token":"x"}`, nil, violated},
		{"SimpleJWT's own names", `{"access":"` + leaked + `"}`, nil, violated},
		{"a list", `["` + leaked + `"]`, nil, violated},
		{"a text", `"` + leaked + `"`, nil, violated},
		{"a member's name", `{"` + leaked + `":1}`, nil, violated},
		{"a sentence", `{"error":"go on as ` + leaked + `, please"}`, nil, violated},
		{"JSON in JSON", `{"raw":` + string(quoted) + `}`, nil, violated},
		{"HTML", `<html><script>localStorage.t='` + leaked + `'</script></html>`, nil, violated},
		{"a form", "access_token=" + leaked + "&x=1", nil, violated},
		{"percent-encoded JSON", "%7B%22access_token%22%3A%22" + leaked + "%22%7D", nil, violated},
		{"HTML-encoded JSON", "{&#34;t&#34;:&#34;" + leaked + "&#34;}", nil, violated},
		{"almost JSON", `{"access_token":"` + leaked + `",}`, nil, violated},
		{"JSON after a byte order mark", "\uFEFF" + `{"access_token":"` + leaked + `"}`, nil, violated},
		{"every character escaped", `{"x":"` + escapedAll(leaked) + `"}`, nil, violated},
		{"every character escaped, almost JSON", `{'x':"` + escapedAll(leaked) + `"}`, nil, violated},
		{"with padding", `{"x":"` + padded + `"}`, nil, violated},
		{"behind a hundred dotted names", strings.Repeat("org.springframework.boot.autoconfigure ", 100) + leaked, nil, violated},
		{"a refresh token by its type alone", jwtOf(`{"token_type":"refresh"}`), nil, violated},
		{"a token by its user alone", jwtOf(`{"user_id":"26"}`), nil, violated},
		{"a token with every character of the alphabet", ranged, nil, violated},
		{"a token of a type in capitals", jwtOf(`{"token_type":"ACCESS"}`), nil, violated},
		{"a refresh token of a type in capitals", jwtOf(`{"token_type":"Refresh"}`), nil, violated},
		{"of another algorithm", strings.Replace(leaked, segment(`{"typ":"JWT","alg":"HS256"}`), segment(`{"alg":"none"}`), 1), nil, violated},
		{"without a signature", leaked[:strings.LastIndex(leaked, ".")+1], nil, violated},

		// None in the body.
		{"null tokens", `{"access_token":null,"refresh_token":null}`, nil, kept},
		{"empty tokens", `{"access_token":"","refresh_token":""}`, nil, kept},
		{"false tokens", `{"access_token":false,"refreshToken":0}`, nil, kept},
		{"an object by that name", `{"access_token":{"error":"missing"}}`, nil, kept},
		{"what null becomes", `{"access_token":"null","refreshToken":"undefined"}`, nil, kept},
		{"an example of a response", `{"example":{"access_token":"string","refresh_token":"string"}}`, nil, kept},
		{"masked tokens", `{"access_token":"[FILTERED]","refresh_token":"***"}`, nil, kept},
		{"placeholders", `{"access_token":"<token>","refresh_token":"{token}"}`, nil, kept},
		{"a shortened token", `{"access_token":"eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9..."}`, nil, kept},
		{"a list in a text", `{"access_token":"[\"x\"]"}`, nil, violated},
		{"what is wrong with a token", `{"refresh_token":["This field is required."]}`, nil, kept},
		{"an opaque token with its scheme", `{"access_token":"Bearer x"}`, nil, violated},
		{"talk of tokens", `{"error":"no access_token for you","token_type":"Bearer","code":"token_not_valid"}`, nil, kept},
		{"a CSRF token", `{"csrf_token":"Qm9d3fKx0aW2LrTzUeYsVnHgJpCbXi81","token":"x1"}`, nil, kept},
		{"a session's JWT", `{"session":"` + session + `"}`, nil, kept},
		{"a session's JWT of nobody", `{"session":"` + jwtOf(`{"user_id":null,"csrf":"x"}`) + `"}`, nil, kept},
		{"a session's JWT of an empty user", `{"session":"` + jwtOf(`{"user_id":"","csrf":"x"}`) + `"}`, nil, kept},
		{"dotted names", `{"error":"org.springframework.security.authentication.BadCredentialsException"}`, nil, kept},
		{"a cut token", `{"error":"` + leaked[:60] + `"}`, nil, kept},

		// In headers.
		{"a header", "", []string{"X-Access-Token", "opaque"}, violated},
		{"a refresh header", "", []string{"Refresh-Token", "opaque"}, violated},
		{"an empty header", "", []string{"X-Access-Token", ""}, kept},
		{"bearer", "", []string{"Authorization", "Bearer " + leaked}, violated},
		{"a location's fragment", "", []string{"Location", "https://app.example/#access_token=" + leaked}, violated},
		{"percent-encoded in a location", "", []string{"Location", "/cb?t=%22" + leaked + "%22"}, violated},
		{"a challenge", "", []string{"WWW-Authenticate", `Bearer error="invalid_token", error_description="The access token expired"`}, kept},
		{"names of headers", "", []string{"Access-Control-Expose-Headers", "X-Access-Token, X-Refresh-Token"}, kept},
		{"a request id", "", []string{"X-Request-Id", "0b1e2d3c-4f5a-6789-abcd-ef0123456789"}, kept},
		{"an opaque CSRF header", "", []string{"X-Csrf-Token", "Qm9d3fKx0aW2LrTz"}, kept},

		// In cookies.
		{"a cookie", "", []string{"Set-Cookie", "access_token=opaque; HttpOnly"}, violated},
		{"the second cookie", "", []string{"Set-Cookie", "a=b", "Set-Cookie", "refreshToken=opaque; Max-Age=60"}, violated},
		{"a cookie of another name", "", []string{"Set-Cookie", "jwt=" + leaked}, violated},
		{"a cookie with JSON", "", []string{"Set-Cookie", "auth=%7B%22t%22%3A%22" + leaked + "%22%7D; Path=/"}, violated},
		{"a cookie that browsers refuse", "", []string{"Set-Cookie", `a b={"t":"` + leaked + `"}`}, violated},
		{"a cookie with a token, deleted", "", []string{"Set-Cookie", "jwt=" + leaked + "; Max-Age=0"}, violated},
		{"a cookie that is kept for long", "", []string{"Set-Cookie", "access_token=opaque; expires=Fri, 31-Dec-9999 23:59:59 GMT"}, violated},
		{"an empty cookie", "", []string{"Set-Cookie", "access_token=; Path=/"}, kept},
		{"a cookie of null", "", []string{"Set-Cookie", "access_token=j%3Anull; Path=/"}, kept},
		{"an empty quoted cookie", "", []string{"Set-Cookie", `access_token=""; Path=/`}, kept},
		{"a cookie deleted by age", "", []string{"Set-Cookie", "access_token=deleted; Max-Age=0"}, kept},
		{"a cookie deleted by date", "", []string{"Set-Cookie", "access_token=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT"}, kept},
		{"a CSRF cookie", "", []string{"Set-Cookie", "csrftoken=Qm9d3fKx0aW2LrTzUeYsVnHgJpCbXi81"}, kept},
		{"a session cookie", "", []string{"Set-Cookie", "sessionid=k3x8q0v1s7c2b5n9; HttpOnly"}, kept},
		{"Laravel's cookies", "", []string{"Set-Cookie", "XSRF-TOKEN=eyJpdiI6IkxhcmF2ZWwiLCJ2YWx1ZSI6InNlc3Npb24iLCJtYWMiOiI2MmJkIn0%3D"}, kept},
		{"a framework's session", "", []string{"Set-Cookie", "PLAY_SESSION=" + session}, kept},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := answer(http.StatusUnauthorized, c.body, c.fields...)
			err := judge(t).NoTokens(e)
			assertOutcome(t, c.want, err)
			if err != nil {
				assert.NotContains(t, err.Error(), leaked)
			}
			assertOutcome(t, c.want, judge(t).Refused(e), "Refused")
		})
	}
}

func TestNoTokensInCompressedBodies(t *testing.T) {
	t.Parallel()
	packed := compressed(t, `{"access_token":"x"}`)
	e := answer(http.StatusUnauthorized, packed, "Content-Encoding", "gzip")
	assertOutcome(t, violated, judge(t).NoTokens(e))
	e = answer(http.StatusUnauthorized, "no gzip", "Content-Encoding", "gzip")
	assertOutcome(t, inconclusive, judge(t).NoTokens(e))
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		status int
		want   string
	}{
		{http.StatusOK, violated},
		{http.StatusCreated, violated},
		{http.StatusNoContent, violated},
		{299, violated},
		{http.StatusFound, kept},
		{http.StatusNotModified, kept},
		{http.StatusBadRequest, kept},
		{http.StatusUnauthorized, kept},
		{http.StatusForbidden, kept},
		{http.StatusNotFound, kept},
		{http.StatusUnprocessableEntity, kept},
		{http.StatusInternalServerError, kept},
		{http.StatusNotImplemented, kept},
		{575, kept},
		{599, inconclusive},
		{http.StatusTooManyRequests, inconclusive},
		{http.StatusBadGateway, inconclusive},
		{http.StatusServiceUnavailable, inconclusive},
		{http.StatusGatewayTimeout, inconclusive},
	} {
		assertOutcome(t, c.want, judge(t).Refused(answer(c.status, `{"error":"no"}`)), c.status)
	}
	for e, want := range map[*exchange.Exchange]string{
		failed(): inconclusive, unsent(): "by OK-1", brokenOff(answer(http.StatusOK, `{"access_token":"x"}`, "WWW-Authenticate", "Basic")): inconclusive,
	} {
		assertOutcome(t, want, judge(t).Refused(e))
		assertOutcome(t, want, judge(t).NoTokens(e))
		assertOutcome(t, want, judge(t).NoEcho(e, nil))
		assertOutcome(t, want, judge(t).NoInnards(e))
		assertOutcome(t, want, judge(t).NoBasicChallenge(e))
	}
}

// Where a token stands is told.
func TestNoTokensTellsWhere(t *testing.T) {
	t.Parallel()
	leaked := jwtOf(`{"token_type":"access"}`)
	for where, e := range map[string]*exchange.Exchange{
		"in the body": answer(http.StatusUnauthorized, leaked),
		"in a cookie": answer(http.StatusUnauthorized, "", "Set-Cookie", "jwt="+leaked+"; Max-Age=0"),
		"in a header": answer(http.StatusUnauthorized, "", "X-Jwt", leaked),
	} {
		require.ErrorContains(t, judge(t).NoTokens(e), "received status 401 Unauthorized with a token "+where)
	}
}

// Of an answer that was not read to its end, nothing is certain but what was found in it (ERR-7, ERR-8, REF-1 to REF-5).
func TestAnswersThatAreNotReadToTheirEnd(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, says string
		answer     *exchange.Exchange
	}{
		{"going on", "the body of the response to the request is larger than what is read of it", cut(answer(http.StatusUnauthorized, `{"error":"no"}`))},
		{"no gzip", "the body of the response to the request is declared as gzip", answer(http.StatusUnauthorized, "no", "Content-Encoding", "gzip")},
	} {
		for name, err := range map[string]error{
			"NoTokens": judge(t).NoTokens(c.answer), "Refused": judge(t).Refused(c.answer),
			"NoEcho": judge(t).NoEcho(c.answer, nil), "NoInnards": judge(t).NoInnards(c.answer),
		} {
			assertOutcome(t, inconclusive, err, c.name, name)
			require.ErrorContains(t, err, c.says, name)
		}
	}
	found := cut(answer(http.StatusUnauthorized, `{"access_token":"x","trace":"Traceback (most recent call last)","password":"S3cret&p+ä \"x\""}`))
	assertOutcome(t, violated, judge(t).NoTokens(found))
	assertOutcome(t, violated, judge(t).NoEcho(found, nil))
	assertOutcome(t, violated, judge(t).NoInnards(found))
}

// Tokens that an answer carries are hidden from then on, whether or not it should carry them.
func TestHide(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]*exchange.Exchange{
		"body":   answer(http.StatusUnauthorized, `{"data":{"access_token":"opaque-one-of-1234"}}`),
		"cookie": answer(http.StatusUnauthorized, "", "Set-Cookie", "refresh_token=opaque-one-of-1234"),
	} {
		j := judge(t)
		assert.Contains(t, j.Secrets.Text("it is opaque-one-of-1234"), "opaque-one", name)
		j.Hide(e)
		assert.NotContains(t, j.Secrets.Text("it is opaque-one-of-1234"), "opaque-one", name)
	}
	judge(t).Hide(failed())

	j := judge(t)
	j.Hide(answer(http.StatusUnauthorized, `{"error":"Company Name","access_token":"x"}`, "Set-Cookie", "theme=dark-blue"))
	assert.Contains(t, j.Secrets.Text("Company Name, dark-blue"), "Company Name, dark-blue", "nothing else is hidden")

	compact := sealed(t, access())
	signature := compact[strings.LastIndex(compact, ".")+1:]
	j = judge(t)
	j.Login(granted(t, access(), refresh()))
	spelt := ""
	for _, char := range []byte(signature) {
		spelt += fmt.Sprintf("%%%02X", char)
	}
	assert.NotContains(t, j.Secrets.Text("it is "+spelt), spelt, "the signature of a granted login's token, in whatever spelling")
}
