package reference_test

import (
	"context"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
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
