package check_test

import (
	"bytes"
	"compress/gzip"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/schemas"
)

// hs256 makes a token that the key has signed.
func hs256(header, claims string) string {
	text := segment(header) + "." + segment(claims)
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// claimsOf returns a payload that keeps every clause at the time that these tests' answers were made.
func claimsOf(kind string, lifetime int64, id string) string {
	return fmt.Sprintf(`{"token_type":%q,"exp":%d,"iat":%d,"jti":%q,"user_id":26}`, kind, made().Unix()+lifetime, made().Unix(), strings.Repeat(id, 16))
}

// bodySeed is one answer that FuzzBody begins with.
type bodySeed struct {
	body                        string
	status                      uint16 // less 100
	contentType, coding, cookie string
	access, refresh             string
	flags                       byte
}

const goodBody = `{"refresh_token":"REFRESH","access_token":"ACCESS","release_version":"7.8.9"}`

func bodySeeds(tb testing.TB) []bodySeed {
	tb.Helper()
	good := bodySeed{
		body: goodBody, status: 100, contentType: "application/json",
		access: claimsOf("access", 900, "0a"), refresh: claimsOf("refresh", 86400*7, "0b"),
	}
	var all []bodySeed
	add := func(change func(*bodySeed)) {
		seed := good
		change(&seed)
		all = append(all, seed)
	}
	add(func(*bodySeed) {})
	forged := hs256(`{"typ":"JWT","alg":"`+canary+`"}`, good.access)
	for _, body := range []string{
		"", " ", "{}", "[]", "null", `"ACCESS"`, goodBody + goodBody, "\uFEFF" + goodBody, goodBody[:60], strings.Replace(goodBody, `"7.8.9"`, "“7.8.9”", 1),
		strings.Replace(goodBody, "access_token", "Access_Token", 1), strings.Replace(goodBody, "refresh_token", "access_token", 1),
		strings.Replace(goodBody, "7.8.9", canary, 1), strings.Replace(goodBody, "7.8.9", "7.8.9-"+canary, 1), strings.Replace(goodBody, `"7.8.9"`, "1e400", 1),
		strings.Replace(goodBody, "ACCESS", "ACCESS\\n", 1), strings.Replace(goodBody, "ACCESS", "REFRESH", 1), strings.Replace(goodBody, "ACCESS", forged, 1),
		`{"access_token":null,"refresh_token":"","release_version":7}`, `{"access_token":"ACCESS","refresh_token":["REFRESH"]}`,
		`{"` + canary + `":1,"` + canary + `":2}`, `{"` + canary + `":"` + canary + `"}`, strings.Repeat("[", 600), "\xff\xfe", "{\"\x00\":1}", "\u2028\u0085\x1b[31m",
		`{"error":"Company Name"}`, `{"Error":"Company Name"}`, `{"error":""}`, `{"error":["company_name"]}`, `{"error":"user name, password and company_name"}`, "'company_name'",
		`{"error":"` + canary + ` is wrong"}`, `{"error":"ACCESS"}`, `{"e":"\u0053\u0033cret-Canary"}`, "S3cret%2DCanary", "<b>S3cret&#45;Canary</b>", strings.Repeat("x", 150) + canary,
		`Traceback (most recent call last)` + canary, `{"file":"a","line":1,"function":"f"}`, "<html><h1>Server Error (500)</h1></html>", key,
	} {
		for _, status := range []uint16{100, 400, 301} {
			add(func(seed *bodySeed) { seed.body, seed.status = body, status })
		}
	}
	for _, payload := range []string{
		strings.Replace(good.access, `26}`, `"26"}`, 1), strings.Replace(good.access, `26}`, `"`+canary+`"}`, 1), strings.Replace(good.access, "access", canary, 1),
		strings.Replace(good.access, `"exp"`, `"Exp"`, 1), strings.Replace(good.access, `"iat":`, `"iat":-`, 1), `{"exp":1e400}`, `{"token_type":"access","exp":-1e999999999}`,
		strings.Replace(good.access, "}", `,"`+canary+`":"`+canary+`"}`, 1), "{}", "[]", "", good.refresh,
	} {
		add(func(seed *bodySeed) { seed.access = payload })
	}
	for _, status := range []uint16{0, 304 - 100, 302 - 100, 401 - 100, 405 - 100, 429 - 100, 503 - 100} {
		add(func(seed *bodySeed) { seed.status = status })
	}
	for _, fields := range [][3]string{
		{"", "", ""}, {"text/html; charset=utf-8", "", ""}, {canary + "/json", canary, canary}, {"ACCESS", "", "REFRESH"}, {"REFRESH", "gzip", "sid=ACCESS; Path=/"},
		{"application/json", "", "access_token=x"}, {"application/json", "identity", "p=S3cret%2DCanary"}, {"application/json\x1b", "br", "a=b\nc"},
		{"APPLICATION/JSON ;x", "deflate, gzip", ""}, {"application/json", "a,b,c,d,e", ""},
	} {
		for _, status := range []uint16{100, 400} {
			add(func(seed *bodySeed) {
				seed.contentType, seed.coding, seed.cookie, seed.status = fields[0], fields[1], fields[2], status
			})
		}
	}
	add(func(seed *bodySeed) { seed.body, seed.coding = zipped(tb, goodBody), "gzip" })
	add(func(seed *bodySeed) { seed.body, seed.coding = zipped(tb, goodBody)[:20], "x-gzip" })
	add(func(seed *bodySeed) { seed.body, seed.coding = zipped(tb, zipped(tb, goodBody)), "gzip, gzip" })
	for flags := range byte(8) {
		add(func(seed *bodySeed) { seed.flags = flags })
	}
	return all
}

func zipped(tb testing.TB, text string) string {
	tb.Helper()
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, err := writer.Write([]byte(text))
	require.NoError(tb, err)
	require.NoError(tb, writer.Close())
	return packed.String()
}

// secondOpinion compiles the schemas with a validator that the suite itself does not use.
func secondOpinion(tb testing.TB) map[string]*jsonschema.Schema {
	tb.Helper()
	compiler := jsonschema.NewCompiler()
	for _, name := range schemas.Names() {
		text, err := schemas.Read(name)
		require.NoError(tb, err)
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		require.NoError(tb, err)
		require.NoError(tb, compiler.AddResource(schemas.Base+name, document))
	}
	all := map[string]*jsonschema.Schema{}
	for _, name := range schemas.Names() {
		compiled, err := compiler.Compile(schemas.Base + name)
		require.NoError(tb, err)
		all[name] = compiled
	}
	return all
}

// TestFuzzBodyBeginsWithAConformingAnswer keeps the first seed from failing the checks without anybody noticing: then no
// change to it would be seen to matter.
func TestFuzzBodyBeginsWithAConformingAnswer(t *testing.T) {
	t.Parallel()
	seed := bodySeeds(t)[0]
	a := fuzzedAnswer{body: strings.NewReplacer("ACCESS", hs256(`{"typ":"JWT","alg":"HS256"}`, seed.access),
		"REFRESH", hs256(`{"typ":"JWT","alg":"HS256"}`, seed.refresh)).Replace(seed.body), status: 200, contentType: seed.contentType}
	said := judged(judge(t).Schemas, a)
	for _, name := range []string{
		"address", "succeeds", "members", "release", "declared", "strict", "expires first", "user", "no password", "pair", "form of access",
		"type of refresh", "claims of access", "fresh of refresh", "signature of access", "lifetime of access", "least of refresh", "most of refresh",
	} {
		require.NoError(t, said[name], name)
	}
}
