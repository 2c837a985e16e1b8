package reference_test

import (
	"context"
	"encoding/json"
	"math"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
)

const urlencodedType = "application/x-www-form-urlencoded"

// newServer makes a server and returns its first user.
func newServer(t *testing.T, config reference.Config) (http.Handler, reference.User) {
	t.Helper()
	server, err := reference.New(config)
	require.NoError(t, err)
	return server, config.Users[0]
}

// form is the user's form in the samples' order, without the named parameters.
func form(user reference.User, absent ...string) [][2]string {
	var fields [][2]string
	for _, field := range [][2]string{
		{reference.ParamUsername, user.Username},
		{reference.ParamCompany, user.Company},
		{reference.ParamPassword, user.Password},
	} {
		if !strings.Contains(strings.Join(absent, " "), field[0]) {
			fields = append(fields, field)
		}
	}
	return fields
}

// encodings are the ways to send a form.
func encodings() []string { return []string{"urlencoded", "multipart"} }

// encode writes a form, and its content type.
func encode(t *testing.T, encoding string, fields [][2]string) (body, contentType string) {
	t.Helper()
	if encoding == "urlencoded" {
		pairs := make([]string, len(fields))
		for i, field := range fields {
			pairs[i] = url.QueryEscape(field[0]) + "=" + url.QueryEscape(field[1])
		}
		return strings.Join(pairs, "&"), urlencodedType
	}
	var written strings.Builder
	writer := multipart.NewWriter(&written)
	for _, field := range fields {
		require.NoError(t, writer.WriteField(field[0], field[1]))
	}
	require.NoError(t, writer.Close())
	return written.String(), writer.FormDataContentType()
}

func request(method, body, contentType string) *http.Request {
	r := httptest.NewRequestWithContext(context.Background(), method, reference.Path, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	return r
}

// answer serves one request.
func answer(server http.Handler, r *http.Request) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, r)
	return recorder
}

func post(server http.Handler, body, contentType string) *httptest.ResponseRecorder {
	return answer(server, request(http.MethodPost, body, contentType))
}

// members decodes a JSON body into texts.
func members(t *testing.T, recorder *httptest.ResponseRecorder) map[string]string {
	t.Helper()
	decoded := map[string]string{}
	require.NoError(t, json.Unmarshal(recorder.Body.Bytes(), &decoded), "body %q", recorder.Body)
	return decoded
}

// claimsOf verifies a token and returns its claims.
func claimsOf(t *testing.T, config reference.Config, token string) jwt.MapClaims {
	t.Helper()
	claims := jwt.MapClaims{}
	parser := jwt.NewParser(jwt.WithoutClaimsValidation(), jwt.WithJSONNumber(), jwt.WithStrictDecoding(),
		jwt.WithValidMethods([]string{"HS256"}))
	_, err := parser.ParseWithClaims(token, claims, func(*jwt.Token) (any, error) { return config.Key, nil })
	require.NoError(t, err)
	return claims
}

// OK-6, ADV-1, ADV-5, ADV-7: what every answer carries.
func TestHeadersOfEveryAnswer(t *testing.T) {
	t.Parallel()
	server, user := newServer(t, reference.Default())
	login, contentType := encode(t, "urlencoded", form(user))
	notFound := request("POST", login, contentType)
	notFound.URL.Path = "/"
	for name, r := range map[string]*http.Request{
		"200": request("POST", login, contentType),
		"400": request("POST", "x", "multipart/form-data; boundary=b"),
		"401": request("POST", "username=&company_name=&password=", contentType),
		"404": notFound,
		"405": request("GET", login, contentType),
		"413": request("POST", strings.Repeat("x", reference.MaxBodyBytes+1), contentType),
		"415": request("POST", "{}", "application/json"),
		"500": request("POST", "", contentType),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r.Header.Set("Accept-Encoding", "gzip, deflate, br, zstd")
			r.Header.Set("Origin", "https://elsewhere.example")
			got := answer(server, r)
			assert.Equal(t, name, got.Result().Status[:3])
			assert.Equal(t, "application/json", got.Header().Get("Content-Type"))
			assert.Equal(t, "no-store", got.Header().Get("Cache-Control"))
			assert.Equal(t, "nosniff", got.Header().Get("X-Content-Type-Options"))
			assert.Equal(t, "*", got.Header().Get("Access-Control-Allow-Origin"))
			assert.Empty(t, got.Header().Get("Content-Encoding"))
			assert.NotEmpty(t, got.Header().Get("Date"))
		})
	}
}

// ADV-7: the browser sample's preflight gets permission; a bare OPTIONS learns the methods.
func TestOptions(t *testing.T) {
	t.Parallel()
	server, _ := newServer(t, reference.Default())
	r := request("OPTIONS", "", "")
	r.Header.Set("Origin", "https://elsewhere.example")
	r.Header.Set("Access-Control-Request-Method", "POST")
	r.Header.Set("Access-Control-Request-Headers", "authorization")
	got := answer(server, r)
	assert.Equal(t, http.StatusNoContent, got.Code)
	assert.Equal(t, "*", got.Header().Get("Access-Control-Allow-Origin"))
	assert.Equal(t, "POST", got.Header().Get("Access-Control-Allow-Methods"))
	assert.Equal(t, "authorization, content-type", got.Header().Get("Access-Control-Allow-Headers"))
	assert.Empty(t, got.Body.String())

	got = answer(server, request("OPTIONS", "", ""))
	assert.Equal(t, http.StatusNoContent, got.Code)
	assert.Equal(t, "OPTIONS, POST", got.Header().Get("Allow"))
	assert.Empty(t, got.Header().Get("Access-Control-Allow-Methods"))
}

func TestMembers(t *testing.T) {
	t.Parallel()
	members := reference.Members{{Name: "b", Value: 1}, {Name: "a", Value: "x"}}
	members.Set("b", nil)
	members.Set("c", reference.Members{{Name: `"`, Value: true}})
	members.Rename("a", "z")
	members.Rename("absent", "y")
	members.Delete("absent")
	encoded, err := json.Marshal(members)
	require.NoError(t, err)
	assert.Equal(t, []string{`{"b":null`, `"z":"x"`, `"c":{"\"":true}}`}, strings.Split(string(encoded), ","))
	assert.Equal(t, "x", members.Get("z"))
	assert.Nil(t, members.Get("a"))

	members.Delete("b")
	encoded, err = json.Marshal(members)
	require.NoError(t, err)
	assert.Equal(t, []string{`{"z":"x"`, `"c":{"\"":true}}`}, strings.Split(string(encoded), ","))

	encoded, err = json.Marshal(reference.Members{})
	require.NoError(t, err)
	assert.Equal(t, []byte(`{}`), encoded)

	_, err = json.Marshal(reference.Members{{Name: "nan", Value: math.NaN()}})
	assert.Error(t, err)
}

func TestNewRejects(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*reference.Config){
		"at least one user":    func(c *reference.Config) { c.Users = nil },
		"user 2":               func(c *reference.Config) { c.Users[1].Company = " " },
		"32 bytes":             func(c *reference.Config) { c.Key = c.Key[:31] },
		"lifetimes above zero": func(c *reference.Config) { c.RefreshLifetime = -time.Second },
		"release version":      func(c *reference.Config) { c.ReleaseVersion = "" },
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			config := reference.Default()
			spoil(&config)
			server, err := reference.New(config)
			assert.Nil(t, server)
			require.ErrorContains(t, err, want)
			assert.NotContains(t, err.Error(), config.Key)
		})
	}
	_, err := reference.New(reference.Config{})
	require.ErrorContains(t, err, "user")
	require.ErrorContains(t, err, "key")
	require.ErrorContains(t, err, "release version")
}

// What is done to a configuration later does not reach the server.
func TestNewCopies(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	server, user := newServer(t, config)
	config.Users[0].Password = "changed"
	body, contentType := encode(t, "urlencoded", form(user))
	assert.Equal(t, 200, post(server, body, contentType).Code)
}

// REQ-6, REF-1, TOK-10: the default values are as hard as the clauses need them.
func TestDefault(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	require.GreaterOrEqual(t, len(config.Users), 2)
	user, other := config.Users[0], config.Users[1]
	values := []string{user.Username, user.Company, user.Password}
	for i, value := range values {
		for _, char := range []string{" ", "&", "=", "+", "%41", ";", `"`} {
			assert.Contains(t, value, char)
		}
		assert.True(t, strings.ContainsFunc(value, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }), value)
		assert.False(t, strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }), value)
		assert.Equal(t, strings.TrimSpace(value), value)
		for j, another := range values {
			assert.Equal(t, i == j, strings.Contains(value, another))
		}
	}
	assert.Greater(t, len([]rune(user.Password)), 12)
	assert.NotEqual(t, strings.ToLower(user.Password), strings.ToUpper(user.Password))
	assert.Regexp(t, "[A-Za-z]$", user.Password)
	assert.NotEqual(t, user.Company, other.Company)
	assert.NotEqual(t, user.Username, other.Username)
	assert.GreaterOrEqual(t, len(config.Key), 32)

	again := reference.Default()
	assert.NotEqual(t, user.Password, again.Users[0].Password)
	assert.NotEqual(t, other.Password, again.Users[1].Password)
	assert.NotEqual(t, config.Key, again.Key)
}
