package check_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// short is an answer whose body ended before all of it had come.
func short(e *exchange.Exchange, announced int64) *exchange.Exchange {
	e.Short, e.ContentLength = true, announced
	return e
}

// What is not whole, and what cannot be read, is told apart (OK-2, OK-3, OK-4, OK-6).
func TestTokenResponse(t *testing.T) {
	t.Parallel()
	body := tokenResponse(t, access(), refresh())
	with := func(others ...any) *exchange.Exchange {
		return answer(200, tokenResponse(t, access(), refresh(), others...))
	}
	offering := func(e *exchange.Exchange) *exchange.Exchange {
		e.Request.Header = header("Accept-Encoding", "gzip")
		return e
	}
	for _, c := range []struct {
		name                     string
		answer                   *exchange.Exchange
		strict, members, release string
		says                     string
	}{
		{"good", with(), kept, kept, kept, ""},
		{"short of what was announced", short(answer(200, body), 9999), violated, kept, kept, " bytes; Content-Length says 9999"},
		{"short of what was announced, and empty", short(answer(200, ""), 20), violated, "by OK-3", "by OK-3", "a body of 0 bytes; Content-Length says 20"},
		{"ending in the middle of a chunk", short(answer(200, body), -1), violated, kept, kept, "a chunked body without its last chunk"},
		{"going on", cut(answer(200, body)), inconclusive, inconclusive, inconclusive, "larger than what is read of it"},
		{"going on in a text", cut(answer(200, body[:len(body)-9])), inconclusive, inconclusive, inconclusive, "larger than what is read of it"},
		{"going on, and no JSON", cut(answer(200, body+body)), violated, "by OK-3", "by OK-3", "a body that goes on after the end of its JSON value"},
		{"ending in a text", answer(200, body[:len(body)-9]), violated, "by OK-3", "by OK-3", "a body that ends in the middle of a JSON value"},
		{"of more values than are read", answer(200, `{"x":[`+strings.Repeat("0,", 10_000)+`0]}`), inconclusive, inconclusive, inconclusive,
			"the body holds more than the 10000 JSON values that this suite reads"},
		{"naming a member twice", answer(200, `{"release_version":"1.2","release_version":"1.2"}`), violated, "by OK-3", "by OK-3", `a body that names the member "release_version" twice`},
		{"packed as was offered", offering(answer(200, compressed(t, body), "Content-Encoding", "gzip")), kept, kept, kept, ""},
		{"not packed as it says", offering(answer(200, body, "Content-Encoding", "gzip")), violated, "by OK-3", "by OK-3", "a body that is declared as gzip but can't be unpacked as such"},
		{"not packed as it says, nor as was offered", answer(200, body, "Content-Encoding", "gzip"), "by OK-6", "by OK-6", "by OK-6", "the body is declared as gzip"},
		{"no release", with("release_version", nil), kept, violated, "by OK-2", ""},
		{"an empty release", with("release_version", ""), kept, violated, "by OK-2", ""},
		{"a release that is no text", with("release_version", 7.8), kept, violated, "by OK-2", ""},
		{"a release of no dotted numbers", with("release_version", "dev"), kept, kept, violated, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			j := judge(t)
			l := j.Login(c.answer)
			err := j.StrictJSON(l)
			assertOutcome(t, c.strict, err, "StrictJSON")
			if err != nil {
				assert.Contains(t, err.Error(), c.says)
			}
			assertOutcome(t, c.members, j.Members(l), "Members")
			assertOutcome(t, c.release, j.ReleaseVersion(l), "ReleaseVersion")
		})
	}
}

// Every member that is not as it should be is told.
func TestMembersAreTold(t *testing.T) {
	t.Parallel()
	l := judge(t).Login(answer(200, `{"access_token":1,"release_version":""}`))
	err := judge(t).Members(l)
	for _, member := range []string{"expected access_token, refresh_token, release_version to be ", "no refresh_token", "access_token: "} {
		require.ErrorContains(t, err, member)
	}
	require.ErrorContains(t, judge(t).Members(judge(t).Login(answer(200, "[]"))), "expected the response to be a JSON object; received an array")
}

func TestDeclaredJSON(t *testing.T) {
	t.Parallel()
	for declared, want := range map[string]string{
		"application/json": kept, "Application/JSON;charset=utf-8": kept, "application/json ; x=y": kept,
		"": violated, "text/json": violated, "application/json2": violated, "application/problem+json": violated,
	} {
		fields := []string{"Content-Type", declared}
		said := "Content-Type " + `"` + declared + `"`
		if declared == "" {
			fields, said = nil, "received no Content-Type"
		}
		err := judge(t).DeclaredJSON(judge(t).Login(answer(200, "{}", fields...)))
		assertOutcome(t, want, err, declared)
		if err != nil {
			require.ErrorContains(t, err, said)
		}
	}
}

func TestOfferedCoding(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ offer, used, want, says string }{
		{"", "", kept, ""}, {"", "identity", kept, ""}, {"gzip", "gzip", kept, ""}, {"gzip, deflate", "DEFLATE", kept, ""},
		{"", "gzip", violated, `(none); received Content-Encoding "gzip"`},
		{"gzip", "br", violated, `only content codings that the request's Accept-Encoding lists (gzip); received Content-Encoding "br"`},
		{"gzip", "gzip, br", violated, `Content-Encoding "br"`},
		{"gzip;q=0", "gzip", violated, `(gzip;q=0)`},
	} {
		e := answer(200, "{}", "Content-Encoding", c.used)
		e.Request.Header = header("Accept-Encoding", c.offer)
		err := judge(t).OfferedCoding(e)
		assertOutcome(t, c.want, err, c)
		if err != nil {
			require.ErrorContains(t, err, c.says)
		}
		packed := judge(t).Login(e).Packed()
		assertOutcome(t, map[string]string{kept: kept, violated: "by OK-6"}[c.want], packed, c)
	}
	assertOutcome(t, inconclusive, judge(t).OfferedCoding(failed()))
	assertOutcome(t, kept, judge(t).Login(answer(http.StatusUnauthorized, "", "Content-Encoding", "gzip")).Packed(), "a refused login has no tokens to read")
}

func TestNotStored(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fields []string
		want   string
	}{
		{nil, violated},
		{[]string{"Cache-Control", "no-store"}, kept},
		{[]string{"Cache-Control", "private, No-Store ,max-age=0"}, kept},
		{[]string{"Cache-Control", "private", "Cache-Control", "no-store"}, kept},
		{[]string{"Cache-Control", "no-cache"}, violated},
		{[]string{"Cache-Control", "no-store2"}, violated},
		{[]string{"Pragma", "no-store"}, violated},
	} {
		assertOutcome(t, c.want, judge(t).NotStored(judge(t).Login(answer(200, "{}", c.fields...))), c.fields)
	}
	err := judge(t).NotStored(judge(t).Login(answer(200, "{}", "Cache-Control", "private", "Cache-Control", "no-cache")))
	require.ErrorContains(t, err, `expected Cache-Control: no-store; received Cache-Control "private, no-cache"`)
}

func TestNoSniff(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{"nosniff": kept, " NoSniff ": kept, "": violated, "sniff": violated, "nosniff, x": kept, "nosniff, nosniff": kept, "nosniff,": kept, "x, nosniff": violated, ", nosniff": violated, `"nosniff"`: violated} {
		assertOutcome(t, want, judge(t).NoSniff(answer(500, "", "X-Content-Type-Options", value)), value)
	}
	assertOutcome(t, kept, judge(t).NoSniff(answer(500, "", "X-Content-Type-Options", "nosniff", "X-Content-Type-Options", "none")), "the first field")
	assertOutcome(t, violated, judge(t).NoSniff(answer(500, "", "X-Content-Type-Options", "none", "X-Content-Type-Options", "nosniff")), "the second field")
	assertOutcome(t, inconclusive, judge(t).NoSniff(failed()))
	assertOutcome(t, inconclusive, judge(t).NoSniff(answer(502, "", "X-Content-Type-Options", "nosniff")))
	require.ErrorContains(t, judge(t).NoSniff(answer(500, "")), `expected X-Content-Type-Options: nosniff; received no X-Content-Type-Options header field`)
	require.ErrorContains(t, judge(t).NoSniff(answer(500, "", "X-Content-Type-Options", "")), `; received X-Content-Type-Options ""`)
}

// What came in place of what was expected is told by its status, its type and the beginning of its body, without tokens.
func TestAnswersAreDescribed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		answer *exchange.Exchange
		says   string
	}{
		{answer(201, `{"x":1}`, "Content-Type", "text/x"), `received status 201 Created, Content-Type "text/x", body {"x":1}`},
		{answer(299, ""), "received status 299, with an empty body"},
		{answer(204, `{"access_token":"opaque"}`), "received status 204 No Content, with tokens"},
		{answer(200, "x", "Content-Encoding", "gzip"), "received status 200 OK, and a body that is declared as gzip but can't be unpacked as such"},
	} {
		require.ErrorContains(t, judge(t).Refused(c.answer), c.says)
	}
}

// Only of what looks like a refusal of the credentials is it said that they may be wrong (OK-1).
func TestHintWhereNoLoginIsGranted(t *testing.T) {
	t.Parallel()
	const credentials, rejected = "are the configured username, password and company name right?", "the form was rejected before it was parsed"
	const slash = "the server knows the address with a slash at its end only; the documented one has none"
	unread := func(name string) string {
		return "the error names " + name + ", as if it had not been sent: is the form parsed?"
	}
	for _, c := range []struct {
		name, body string
		status     int
		want       string
	}{
		{"refused", `{"error":"Invalid credentials"}`, 401, credentials},
		{"refused, of a parameter", `{"error":"Wrong password"}`, 400, credentials},
		{"refused without a word", "", 403, credentials},
		{"refused, of a password that has expired", `{"error":"Your password is required to be changed"}`, 403, credentials},
		{"crashed", `{"error":"Internal Server Error"}`, 500, "the server failed: see its log at 05:06:07Z"},
		{"a debug page about a slash", `<h1>RuntimeError</h1>You called this URL via POST, but the URL doesn&#x27;t end in a slash and you have APPEND_SLASH set.`, 500, slash},
		{"a word about a slash", `{"error":"The URL does not end with a slash."}`, 404, slash},
		{"a word about no slash", `{"error":"The user name must not end in a slash."}`, 400, credentials},
		{"a page that asks for a login", `<html><form><input type=password>`, 401, "a sign-in page: is a gateway in front of the endpoint?"},
		{"a parameter that is not present", `{"message":"Required request parameter 'username' for method parameter type String is not present"}`, 400, unread("username")},
		{"a media type that is not taken", "", 415, rejected},
		{"too large", "", 413, rejected},
		{"missing", `{"error":"Company Name"}`, 500, unread("company_name")},
		{"missing, in other words", `{"username":["This field is required."]}`, 400, unread("username")},
		{"granted with another status", `{"access_token":"x"}`, 201, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			j := judge(t)
			var violation *outcome.Violation
			sent := with(answer(c.status, c.body), user, "alice", company, "Acme", secret, "p")
			require.ErrorAs(t, j.Succeeds(j.Login(sent)), &violation)
			assert.Equal(t, c.want, violation.Hint)
		})
	}
}

// What came is shown by its beginning, a page by its title, and tokens not at all.
func TestWhatCameIsShown(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ body, want string }{
		{"<!doctype html>\n<html><head><title lang=en>\nOperationalError &amp; more </title>", `, an HTML page titled "OperationalError & more"`},
		{"<html><body>Bad Gateway", `, body "<html><body>Bad Gateway"`},
		{`{"error":"<title>x</title>"}`, `, body {"error":"<title>x</title>"}`},
		{tokenResponse(t, access(), refresh()), ", with tokens"},
		{"", ", with an empty body"},
	} {
		j := judge(t)
		require.ErrorContains(t, j.Succeeds(j.Login(answer(500, c.body))), c.want)
	}
	j := judge(t)
	require.ErrorContains(t, j.StrictJSON(j.Login(answer(200, "<title>Sign in</title>"))), `unexpected character at byte 1, an HTML page titled "Sign in" (a sign-in page: is a gateway in front of the endpoint?)`)
}
