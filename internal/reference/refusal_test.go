package reference_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/reference"
)

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
