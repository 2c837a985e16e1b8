package check_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
)

// Two refusals are alike where they differ in nothing but what was sent, and in ids, times and counters (ADV-3).
func TestRefusedAlike(t *testing.T) {
	t.Parallel()
	refusal := func(username, body string) *exchange.Exchange {
		return with(answer(http.StatusUnauthorized, body), user, username, company, "Acme", secret, `p<"1">`)
	}
	for _, c := range []struct {
		name        string
		unknown, of string
		want        string
	}{
		{"the same", `{"error":"no"}`, `{"error":"no"}`, kept},
		{"in another spelling", `{"error":"no","x":1}`, "{\"x\": 1,\n\"\\u0065rror\":\"no\"}", kept},
		{"another sentence", `{"error":"no such user"}`, `{"error":"wrong password"}`, violated},
		{"another member", `{"error":"no"}`, `{"error":"no","x":true}`, violated},
		{"the username that was sent", `{"error":"alice may not"}`, `{"error":"bob may not"}`, kept},
		{"a username that was not sent", `{"error":"carol may not"}`, `{"error":"bob may not"}`, violated},
		{"the password that was sent, escaped as JSON", `{"error":"alice p<\"1\">"}`, `{"error":"bob p<\"1\">"}`, kept},
		{"the password that was sent, escaped as HTML", "<p>alice p&lt;&#34;1&#34;&gt;", "<p>bob p&lt;&#34;1&#34;&gt;", kept},
		{"ids", `{"id":"0b1e2d3c-4f5a-6789-abcd-ef0123456789"}`, `{"id":"ffffffff-4f5a-6789-abcd-000000000000"}`, kept},
		{"counters and times", `{"left":3,"at":"2026-01-01T10:00:00Z","trace":"4bf92f3577b34da6"}`, `{"left":12,"at":"2026-01-01T09:59:58Z","trace":"00f067aa0ba902b7"}`, kept},
		{"plain text", "no such user", "wrong password", violated},
		{"no body", "", "no", violated},
	} {
		assertOutcome(t, c.want, judge(t).RefusedAlike(refusal("alice", c.unknown), refusal("bob", c.of), failed()), c.name)
	}
	for _, c := range []struct {
		name         string
		unknown, of  string
		sent, sentOf []string
		want         string
	}{
		{"what one of them sent by chance", `{"error":"no"}`, `{"error":"no"}`, []string{user, "no"}, []string{user, "bob"}, kept},
		{"a value within a longer one", "acme ltd is unknown", "bob is unknown", []string{user, "acme", company, "acme ltd"}, []string{user, "bob", company, "x"}, kept},
		{"other values, escaped as JSON", `<p>{"p":"a\"b\\"}</p>`, `<p>{"p":"c\nd"}</p>`, []string{secret, `a"b\`}, []string{secret, "c\nd"}, kept},
		{"other values, escaped as HTML", "<p>a&lt;b</p>", "<p>c&#39;d</p>", []string{secret, "a<b"}, []string{secret, "c'd"}, kept},
		{"empty values", `{"error":"no such user"}`, `{"error":"wrong password"}`, []string{user, ""}, []string{user, ""}, violated},
	} {
		one, other := with(answer(http.StatusUnauthorized, c.unknown), c.sent...), with(answer(http.StatusUnauthorized, c.of), c.sentOf...)
		assertOutcome(t, c.want, judge(t).RefusedAlike(one, other, failed()), c.name)
	}
	for _, c := range []struct {
		name               string
		unknown, of, again string
		want               string
	}{
		{"ids drawn at random", `{"error":"no","id":"req_Xa/fKzL+mQ"}`, `{"error":"no","id":"req_pQlsmZTu-w"}`, `{"error":"no","id":"req_TnnWsmyyTk"}`, kept},
		{"padding of any length", `<p>no</p><!-- xxxx -->`, `<p>no</p><!-- xxxxxxxx -->`, `<p>no</p><!-- x -->`, kept},
		{"a sentence beside ids", `{"error":"user","id":"Xafkz"}`, `{"error":"password","id":"pQlsm"}`, `{"error":"user","id":"Tnnws"}`, violated},
		{"a sentence that is always the same", `{"error":"no user"}`, `{"error":"bad password"}`, `{"error":"no user"}`, violated},
		{"more members beside ids", `{"id":"Xafkz"}`, `{"id":"pQlsm","left":3}`, `{"id":"Tnnws"}`, violated},
		{"as many words in other places", `{"id":"Xafkz","no":true}`, `{"no":true,"it":"pQlsm"}`, `{"id":"Tnnws","no":true}`, violated},
	} {
		assertOutcome(t, c.want, judge(t).RefusedAlike(refusal("alice", c.unknown), refusal("bob", c.of), refusal("alice", c.again)), c.name)
	}
	one, other := refusal("alice", `{"error":"no"}`), refusal("bob", `{"error":"no"}`)
	other.Status = http.StatusForbidden
	assertOutcome(t, violated, judge(t).RefusedAlike(one, other, failed()), "another status")
	require.ErrorContains(t, judge(t).RefusedAlike(one, other, failed()), "received status 401 Unauthorized, body {\"error\":\"no\"}, in response to the request; status 403 Forbidden")
	assert.False(t, check.SameRefusal(one, other))
	assertOutcome(t, inconclusive, judge(t).RefusedAlike(one, failed(), one), "the one not answered")
	assertOutcome(t, "by OK-1", judge(t).RefusedAlike(unsent(), one, one), "the other held back")
}

func TestNoBasicChallenge(t *testing.T) {
	t.Parallel()
	for challenge, want := range map[string]string{
		`Basic realm="api"`: violated, "basic": violated, `Bearer realm="x", Basic realm="api"`: violated, "Bearer,BASIC": violated,
		`Bearer realm="a, b", error="c", Basic realm="api"`: violated, "Negotiate YWJj==, Basic": violated, `Bearer realm="a\", b" , Basic`: violated,
		"Basic dXNlcg==": violated, ", ,Basic": violated, "Basic\trealm=x": violated, `Bearer realm="x",Basic`: violated, `Basic realm="Bearer"`: violated,
		"": kept, `Bearer realm="Basic"`: kept, "Basics": kept, `Bearer realm="basic x"`: kept,
		`Bearer realm="Basic plan, Basic tier"`: kept, `Bearer realm="say \"x, Basic y\"", error="z"`: kept, "Bearer Basic": kept, "Bearer realm=x, basic=1": kept,
		`Bearer realm="x", Basic = "1"`: kept, "Digest Basic==": kept, `Bearer error_description="Basic, Basic realm=x`: kept, "X-Basic": kept, `Bearer a="b", Basics=1`: kept, `Bearer a="b", basic=1`: kept,
	} {
		assertOutcome(t, want, judge(t).NoBasicChallenge(answer(401, "", "WWW-Authenticate", challenge)), challenge)
	}
	assertOutcome(t, violated, judge(t).NoBasicChallenge(answer(401, "", "WWW-Authenticate", "Bearer", "WWW-Authenticate", "Basic")), "the second field")
}

func TestDirect(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{200: kept, 299: kept, 300: violated, 302: violated, 304: kept, 308: violated, 399: violated, 400: kept, 502: inconclusive} {
		assertOutcome(t, want, judge(t).Direct(answer(status, "", "Location", "/login")), status)
	}
	get := answer(302, "")
	get.Request.Method = http.MethodGet
	assertOutcome(t, kept, judge(t).Direct(get), "GET")
	assertOutcome(t, inconclusive, judge(t).Direct(failed()))
	assertOutcome(t, inconclusive, judge(t).Direct(brokenOff(answer(302, "", "Location", "/login"))))
	require.ErrorContains(t, judge(t).Direct(answer(302, "", "Location", "/login")), "status 302 Found to ")
}
