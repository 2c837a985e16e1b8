package reference_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
)

// OK-1 to OK-4, in both encodings (REQ-4, REQ-5).
func TestLogin(t *testing.T) {
	t.Parallel()
	for _, encoding := range encodings() {
		t.Run(encoding, func(t *testing.T) {
			t.Parallel()
			config := reference.Default()
			server, user := newServer(t, config)
			body, contentType := encode(t, encoding, form(user))
			got := post(server, body, contentType)
			require.Equal(t, http.StatusOK, got.Code)
			assert.Equal(t, "application/json", got.Header().Get("Content-Type"))
			assert.Empty(t, got.Header().Get("Content-Encoding"))
			assert.Equal(t, strconv.Itoa(got.Body.Len()), got.Header().Get("Content-Length"))
			tokens := members(t, got)
			assert.Len(t, tokens, 3)
			assert.Equal(t, "7.8.9", tokens["release_version"])
			assert.NotContains(t, got.Body.String(), user.Password)
		})
	}
}

// TOK-1 to TOK-10, under a clock of the test's own.
func TestTokens(t *testing.T) {
	t.Parallel()
	now := time.Date(2031, time.May, 4, 3, 2, 1, 999, time.UTC)
	config := reference.Default()
	config.Now = func() time.Time { return now }
	server, user := newServer(t, config)
	body, contentType := encode(t, "urlencoded", form(user))
	got := post(server, body, contentType)
	assert.Equal(t, "Sun, 04 May 2031 03:02:01 GMT", got.Header().Get("Date"))
	tokens := members(t, got)

	lifetimes := map[string]time.Duration{"access": 15 * time.Minute, "refresh": 7 * 24 * time.Hour}
	for kind, lifetime := range lifetimes {
		token := tokens[kind+"_token"]
		parsed, _, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{})
		require.NoError(t, err)
		assert.Equal(t, map[string]any{"typ": "JWT", "alg": "HS256"}, parsed.Header)
		claims := claimsOf(t, config, token)
		assert.Len(t, claims, 5)
		assert.Equal(t, kind, claims["token_type"])
		assert.EqualValues(t, "26", claims["user_id"])
		assert.EqualValues(t, strconv.FormatInt(now.Unix(), 10), claims["iat"])
		assert.EqualValues(t, strconv.FormatInt(now.Add(lifetime).Unix(), 10), claims["exp"])
		assert.Regexp(t, "^[0-9a-f]{32}$", claims["jti"])
	}
}

// TOK-8: no jti is used twice, and every login names the same user.
func TestEveryTokenIsNew(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	server, user := newServer(t, config)
	body, contentType := encode(t, "multipart", form(user))
	seen := map[any]bool{}
	for range 5 {
		tokens := members(t, post(server, body, contentType))
		for _, member := range []string{"access_token", "refresh_token"} {
			claims := claimsOf(t, config, tokens[member])
			assert.EqualValues(t, "26", claims["user_id"])
			seen[claims["jti"]] = true
		}
	}
	assert.Len(t, seen, 10)
}

// A user_id beyond 2^53 is exact.
func TestLargeUserID(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	config.Users[0].ID = 1<<62 + 1
	server, user := newServer(t, config)
	body, contentType := encode(t, "urlencoded", form(user))
	claims := claimsOf(t, config, members(t, post(server, body, contentType))["access_token"])
	assert.EqualValues(t, "4611686018427387905", claims["user_id"])
}

// REQ-2, REQ-3: an Authorization header, whatever it says, changes nothing.
func TestAuthorizationIsIgnored(t *testing.T) {
	t.Parallel()
	for _, authorization := range []string{"", "Basic UkVQTEFDRV9BUElfS0VZOg==", "Basic %%%", "Bearer x", "nonsense"} {
		t.Run(authorization, func(t *testing.T) {
			t.Parallel()
			server, user := newServer(t, reference.Default())
			body, contentType := encode(t, "urlencoded", form(user))
			r := request(http.MethodPost, body, contentType)
			r.Header.Set("Authorization", authorization)
			assert.Equal(t, http.StatusOK, answer(server, r).Code)
		})
	}
}

// REQ-6, ADV-10: neither order nor extra nor repeated parameters matter.
func TestOrderAndExtras(t *testing.T) {
	t.Parallel()
	server, user := newServer(t, reference.Default())
	fields := form(user)
	for name, sent := range map[string][][2]string{
		"reversed":          {fields[2], fields[1], fields[0]},
		"extra first":       {{"extra", "1"}, fields[0], fields[1], fields[2]},
		"extra last":        {fields[0], fields[1], fields[2], {"Username", "x"}},
		"first value wins":  {fields[0], fields[1], fields[2], {"password", "wrong"}},
		"names are literal": {{"password ", "wrong"}, fields[0], fields[1], fields[2]},
	} {
		for _, encoding := range encodings() {
			t.Run(name+" "+encoding, func(t *testing.T) {
				t.Parallel()
				body, contentType := encode(t, encoding, sent)
				assert.Equal(t, http.StatusOK, post(server, body, contentType).Code)
			})
		}
	}
	for _, encoding := range encodings() {
		body, contentType := encode(t, encoding, append([][2]string{{"password", "wrong"}}, fields...))
		assert.Equal(t, http.StatusUnauthorized, post(server, body, contentType).Code, encoding)
	}
}

// ERR-8, REF-1 to REF-4, ADV-3, ADV-8: whatever is wrong, the refusal is the same.
func TestRefusals(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	server, user := newServer(t, config)
	other := config.Users[1]
	for name, wrong := range map[string]reference.User{
		"password in other case":  {Username: user.Username, Company: user.Company, Password: strings.ToLower(user.Password)},
		"password cut short":      {Username: user.Username, Company: user.Company, Password: user.Password[:len(user.Password)-1]},
		"password with more":      {Username: user.Username, Company: user.Company, Password: user.Password + " "},
		"empty password":          {Username: user.Username, Company: user.Company},
		"unknown user":            {Username: "nobody", Company: user.Company, Password: user.Password},
		"username in other case":  {Username: strings.ToUpper(user.Username), Company: user.Company, Password: user.Password},
		"empty username":          {Company: user.Company, Password: user.Password},
		"blank username":          {Username: "   ", Company: user.Company, Password: user.Password},
		"unknown company":         {Username: user.Username, Company: "nowhere", Password: user.Password},
		"empty company":           {Username: user.Username, Password: user.Password},
		"blank company":           {Username: user.Username, Company: " \t", Password: user.Password},
		"company of another user": {Username: user.Username, Company: other.Company, Password: user.Password},
		"password of another":     {Username: user.Username, Company: user.Company, Password: other.Password},
		"everything empty":        {},
	} {
		for _, encoding := range encodings() {
			t.Run(name+" "+encoding, func(t *testing.T) {
				t.Parallel()
				body, contentType := encode(t, encoding, form(wrong))
				got := post(server, body, contentType)
				assert.Equal(t, http.StatusUnauthorized, got.Code)
				assert.JSONEq(t, `{"error":"Invalid credentials"}`, got.Body.String())
				assert.Empty(t, got.Header().Values("WWW-Authenticate"))
				assert.Empty(t, got.Header().Values("Set-Cookie"))
			})
		}
	}
}

// REF-5: only POST issues tokens, and only for what the body holds.
func TestOtherMethods(t *testing.T) {
	t.Parallel()
	server, user := newServer(t, reference.Default())
	for _, method := range []string{"GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "BREW"} {
		for _, encoding := range encodings() {
			t.Run(method+" "+encoding, func(t *testing.T) {
				t.Parallel()
				body, contentType := encode(t, encoding, form(user))
				got := answer(server, request(method, body, contentType))
				assert.Equal(t, http.StatusMethodNotAllowed, got.Code)
				assert.Equal(t, "OPTIONS, POST", got.Header().Get("Allow"))
				assert.Equal(t, map[string]string{"error": "The method must be POST"}, members(t, got))
			})
		}
	}
}

func TestQueryIsIgnored(t *testing.T) {
	t.Parallel()
	server, user := newServer(t, reference.Default())
	query := url.Values{"username": {user.Username}, "company_name": {user.Company}, "password": {user.Password}}.Encode()
	for method, want := range map[string]int{"GET": http.StatusMethodNotAllowed, "POST": http.StatusInternalServerError} {
		r := request(method, "", urlencodedType)
		r.URL.RawQuery = query
		assert.Equal(t, want, answer(server, r).Code, method)
	}
	// A query beside a complete form changes nothing either.
	body, contentType := encode(t, "urlencoded", form(user))
	r := request("POST", body, contentType)
	r.URL.RawQuery = "username=somebody&password=else"
	assert.Equal(t, http.StatusOK, answer(server, r).Code)
}

// REQ-1, REF-6: everything but the path is 404, and nothing is a redirect.
func TestOtherPaths(t *testing.T) {
	t.Parallel()
	server, user := newServer(t, reference.Default())
	body, contentType := encode(t, "urlencoded", form(user))
	for _, path := range []string{"/", reference.Path + "/", "/api" + reference.Path, strings.ToUpper(reference.Path), "/access//klearstack/get_access_token"} {
		r := request("POST", body, contentType)
		r.URL.Path = path
		got := answer(server, r)
		assert.Equal(t, http.StatusNotFound, got.Code, path)
		assert.Contains(t, members(t, got), "error", path)
	}
}

func TestBodyIsCapped(t *testing.T) {
	t.Parallel()
	server, user := newServer(t, reference.Default())
	body, contentType := encode(t, "urlencoded", form(user))
	padding := strings.Repeat("x", reference.MaxBodyBytes-len(body)-len("&pad="))
	assert.Equal(t, http.StatusOK, post(server, body+"&pad="+padding, contentType).Code)
	got := post(server, body+"&pad="+padding+"x", contentType)
	assert.Equal(t, http.StatusRequestEntityTooLarge, got.Code)
	assert.Contains(t, members(t, got), "error")
}
