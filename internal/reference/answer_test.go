package reference_test

import (
	"encoding/json"
	"math"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
)

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
