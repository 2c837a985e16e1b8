package main

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/wire"
)

func capturedBytes(t *testing.T, capture string) []byte {
	t.Helper()
	raw, err := wire.Raw(capture)
	require.NoError(t, err)
	return raw
}

// All five samples of the page are there, each with captures made with one login that it can carry.
func TestSamples(t *testing.T) {
	t.Parallel()
	all := samples()
	require.Len(t, all, 5)
	for _, one := range all {
		assert.NotEmpty(t, one.packages, one.client)
		for _, v := range one.visits {
			require.NotEmpty(t, v.captures, one.client)
			for _, capture := range v.captures {
				assert.NotEmpty(t, capturedBytes(t, capture))
				assert.Equal(t, wire.Captured(v.captures[0]), wire.Captured(capture))
				if one.asIs {
					assert.NotContains(t, wire.Captured(capture).Password, "&")
				}
			}
		}
	}
}

// The page holds the credentials as JavaScript strings, and is shown once.
func TestPage(t *testing.T) {
	t.Parallel()
	shown := &page{values: pageValues{URL: "http://127.0.0.1:1", Credentials: wire.Credentials{
		Username: `"</script>`, Company: "Müller & Söhne €", Password: `'\n`,
	}}}
	get := func() *httptest.ResponseRecorder {
		answer := httptest.NewRecorder()
		shown.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, pagePath, nil))
		return answer
	}
	first := get()
	require.Equal(t, http.StatusOK, first.Code)
	assert.Equal(t, "no-store", first.Header().Get("Cache-Control"))
	body := first.Body.String()
	assert.Contains(t, body, `data.append('username', "\"\u003c/script\u003e");`)
	assert.Contains(t, body, `data.append('company_name', "Müller \u0026 Söhne €");`)
	assert.Contains(t, body, `data.append('password', "'\\n");`)
	assert.Contains(t, body, `xhr.open("POST", "http://127.0.0.1:1" + "/access/klearstack/get_access_token");`)
	again := get()
	assert.Equal(t, http.StatusNotFound, again.Code)
	assert.Empty(t, again.Body.String())
}

func TestPageText(t *testing.T) {
	t.Parallel()
	for page, want := range map[string]string{
		"<html><pre>{&quot;a&quot;: \"&lt;&amp;\"}</pre></html>": `{"a": "<&"}`,
		"<pre></pre>":  "",
		"<pre>a":       "",
		"no such page": "",
	} {
		assert.Equal(t, want, pageText(page), page)
	}
}
