package redact_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/redact"
)

// What the target calls a token is hidden from 16 characters on, in whatever notation, be it whole or broken, and nothing
// beside it.
func TestTokensAreHiddenByTheirNames(t *testing.T) {
	t.Parallel()
	const token = "mF_9.B5f-4.1JqM+x/Z"
	for _, text := range []string{
		`{"access_token":"VALUE","release_version":"7.8.9"}`,
		`{"refreshToken": "VALUE", "error": "no"}`,
		`{"token":"VALUE"}`, `{"id_token":"VALUE"}`, `{"session":"VALUE"}`, `{"sid":"VALUE"}`, `{"jwt":"VALUE"}`, `{"code":"VALUE"}`, `{"secret":"VALUE"}`,
		`{"sessionId":"VALUE"}`, `{"session_id":"VALUE"}`, `{"clientSecret":"VALUE"}`, `{"userJwt":"VALUE"}`, `{"authCode":"VALUE"}`, `{"X-Auth-Token":"VALUE"}`,
		`{"ACCESS_TOKEN":"VALUE"}`, `{"PHPSESSID":"VALUE"}`, `{"JSESSIONID":"VALUE"}`,
		`{"access_token":"VALUE`, `{"access_token":"VALUE","access_token":"VALUE"}`, `{"access_token":"VALUE",}`, `{access_token:"VALUE"}`, `{'access_token':'VALUE'}`,
		`{"tokens":["x"],"token":["VALUE"]}`,
		`callback({"access_token":"VALUE"});`, `<script>var token = "VALUE";</script>`,
		`<access_token>VALUE</access_token><x>1</x>`, `<a:token xmlns:a="urn:x" type="b">VALUE</a:token>`, `<token><![CDATA[VALUE]]></token>`, `<input name="x" token="VALUE">`,
		"access_token=VALUE&x=1", "access_token: VALUE\nexpires: 1", "Your access token is VALUE, keep it", "Your token VALUE was taken",
		`array(1) { ["access_token"]=> string(19) "VALUE" }`, `'access_token' => 'VALUE',`, `{:access_token=>"VALUE"}`, "map[access_token:VALUE x:1]",
		`{"raw":"{\"access_token\":\"VALUE\",\"x\":1}","y":2}`, `{"\u0061ccess_token":"VALUE"}`, "%7B%22access_token%22%3A%22VALUE%22%7D", "{&quot;access_token&quot;:&quot;VALUE&quot;}",
		`{"access_token":"Bearer VALUE"}`, "token: Bearer VALUE",
	} {
		shown := knowing().Text(strings.ReplaceAll(text, "VALUE", token))
		assert.NotContains(t, shown, "4.1JqM", text)
		assert.NotContains(t, shown, "mF_9", text)
		kept, _, _ := strings.Cut(text, "VALUE")
		assert.True(t, strings.HasPrefix(shown, strings.TrimSuffix(kept, "Bearer ")), "%s: %s", text, shown)
		assert.Contains(t, redact.Tokens(strings.ReplaceAll(text, "VALUE", token)), token, text)
	}
	assert.JSONEq(t, `{"access_token":"[redacted]","release_version":"7.8.9"}`, knowing().Body(`{"access_token":"`+token+`","release_version":"7.8.9"}`))
}

// What is short, what is made of words and what has another name is evidence.
func TestWhatIsNoToken(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`{"access_token":"a","refresh_token":"fifteen-chars-1"}`, `{"access_token":null}`, `{"token":"Given token not valid for any token type"}`,
		`{"detail":"Token is invalid or expired","code":"token_not_valid"}`, `{"code":"no_active_account"}`, `{"code":"INVALID_CREDENTIALS_GIVEN"}`, `{"error_code":"user.account.not.found"}`,
		`{"token_type":"access","unicode":"abcdefghijklmnop1"}`, `{"zipcode":"1234567890123456"}`, `{"aside":"abcdefghijklmnop1"}`,
		"the session authentication-middleware", "token = request.POST.get('token')", "session = requests.Session()", "The access_token is required by the endpoint",
		"<code>get_access_token_view</code>", "</token>somewhat-longer-than-16-characters-1", `{"secretary":"abcdefghijklmnop1"}`,
	} {
		assert.Equal(t, text, knowing().Text(text))
	}
}

// What the target calls a token is hidden wherever it says it again, unless it is so short or ordinary that its own words
// would be hidden.
func TestLearn(t *testing.T) {
	t.Parallel()
	secrets := knowing()
	secrets.Learn("a", "", "fifteen-chars-1", "authentication_failed", "/access/klearstack/get_access_token", "Bearer opaque-0123456789", "a b c d e f g h i j 1",
		"eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoxfQ.c2lnbmF0dXJlc2lnbmF0dXJl")
	for text, want := range map[string]string{
		"an ordinary sentence, a fifteen-chars-1, authentication_failed at /access/klearstack/get_access_token": "",
		"a b c d e f g h i j 1":             "",
		"it was opaque-0123456789":          "[redacted]",
		"it was OPAQUE0123...":              "[redacted]",
		"it was %6fpaque-012345":            "[redacted]",
		"the header is eyJhbGciOiJIUzI1NiJ": "",
		"it is signed c2lnbmF0dXJl":         "[redacted]",
	} {
		if want == "" {
			want = text
		}
		assert.Equal(t, want, secrets.Text(text))
	}
}

func TestField(t *testing.T) {
	t.Parallel()
	const token = "mF_9.B5f-4.1JqM"
	secrets := knowing("S3cretWord1", "hunter2")
	for _, c := range []struct{ name, value, shownName, want string }{
		{"Content-Type", "application/json", "Content-Type", "application/json"},
		{"Set-Cookie", "session=" + token + "; Path=/", "Set-Cookie", "session=…"},
		{"Set-Cookie", "theme=dark", "Set-Cookie", "theme=…"},
		{"Set-Cookie", token + "; Path=/", "Set-Cookie", "…"},
		{"Set-Cookie", token, "Set-Cookie", "…"},
		{"Set-Cookie", "=" + token, "Set-Cookie", "…"},
		{"Set-Cookie", " = " + token, "Set-Cookie", "…"},
		{"Set-Cookie", "S3cretWord1=1", "Set-Cookie", "[redacted]=…"},
		{"Set-Cookie", "", "Set-Cookie", "…"},
		{"Authorization", "Bearer x" + token, "Authorization", "Bearer [redacted]"},
		{"Authorization", "x" + token, "Authorization", "[redacted]"},
		{"Authorization", "short", "Authorization", "short"},
		{"X-Auth-Token", "x" + token, "X-Auth-Token", "[redacted]"},
		{"X-Auth-Token", token, "X-Auth-Token", token},
		{"X-Csrf-Token", "x" + token, "X-Csrf-Token", "[redacted]"},
		{"X-Error-Code", "authentication_failed", "X-Error-Code", "authentication_failed"},
		{"Location", "/cb?state=x" + token + "&ok=1#id=x" + token, "Location", "/cb?state=[redacted]&ok=1#id=[redacted]"},
		{"Location", "/login?next=%2Faccess%2Fklearstack%2Fget_access_token%2F", "Location", "/login?next=%2Faccess%2Fklearstack%2Fget_access_token%2F"},
		{"Location", "/S3cretWord1/x", "Location", "/[redacted]/x"},
		{"Refresh", "0; url=/cb?any=x" + token, "Refresh", "0; url=/cb?any=[redacted]"},
		{"X-S3cret-Word1", "yes", "[redacted]", "yes"},
		{"Hunter2", "yes", "[redacted]", "yes"},
		{"Retry-After", "it is hunter2", "Retry-After", "it is [redacted]"},
		{"X-Debug", "one S3cretWord1 two", "X-Debug", "[redacted]"},
		{"X-Steer", "a\x1b[31m\u202e", "X-Steer", "a\uFFFD[31m\uFFFD"},
	} {
		name, value := secrets.Field(c.name, c.value)
		assert.Equal(t, []string{c.shownName, c.want}, []string{name, value}, "%s: %s", c.name, c.value)
	}
}
