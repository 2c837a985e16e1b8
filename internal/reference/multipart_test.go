package reference_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/reference"
)

// REQ-5: what clients put around the values does not matter.
func TestMultipartShapes(t *testing.T) {
	t.Parallel()
	server, user := newServer(t, reference.Default())
	const disposition = `Content-Disposition: form-data; name="`
	// parts writes the user's form; headers stand before each Content-Disposition.
	parts := func(headers string) string {
		var body strings.Builder
		for _, field := range form(user) {
			body.WriteString("--b\r\n" + headers + disposition + field[0] + "\"\r\n\r\n" + field[1] + "\r\n")
		}
		return body.String()
	}
	for name, test := range map[string]struct {
		body, contentType string
		want              int
	}{
		"bare parts":        {parts("") + "--b--\r\n", `multipart/form-data; boundary=b`, http.StatusOK},
		"quoted boundary":   {parts("") + "--b--\r\n", `multipart/form-data; boundary="b"`, http.StatusOK},
		"other case":        {parts("") + "--b--\r\n", `Multipart/Form-Data; Boundary=b`, http.StatusOK},
		"charset beside it": {parts("") + "--b--\r\n", `multipart/form-data; charset=utf-8; boundary=b`, http.StatusOK},
		"part types":        {parts("Content-Type: text/plain; charset=UTF-8\r\n") + "--b--\r\n", `multipart/form-data; boundary=b`, http.StatusOK},
		"part lengths":      {parts("Content-Length: 3\r\n") + "--b--\r\n", `multipart/form-data; boundary=b`, http.StatusOK},
		"preamble":          {"hello\r\n" + parts("") + "--b--\r\nbye", `multipart/form-data; boundary=b`, http.StatusOK},
		"no final newline":  {parts("") + "--b--", `multipart/form-data; boundary=b`, http.StatusOK},
		"never closed":      {parts(""), `multipart/form-data; boundary=b`, http.StatusBadRequest},
		"part cut short":    {"--b\r\n" + disposition, `multipart/form-data; boundary=b`, http.StatusBadRequest},
		"no boundary named": {parts("") + "--b--\r\n", `multipart/form-data`, http.StatusBadRequest},
		"other boundary":    {parts("") + "--b--\r\n", `multipart/form-data; boundary=c`, http.StatusBadRequest},
		"no parts":          {"--b--\r\n", `multipart/form-data; boundary=b`, http.StatusInternalServerError},
		"no parts, bare":    {"--b--", `multipart/form-data; boundary=b`, http.StatusInternalServerError},
		"no body":           {"", `multipart/form-data; boundary=b`, http.StatusInternalServerError},
		"no body, no type":  {"", ``, http.StatusInternalServerError},
		"no body, json":     {"", `application/json`, http.StatusInternalServerError},
		"values are raw":    {strings.ReplaceAll(parts(""), "%41", "A") + "--b--\r\n", `multipart/form-data; boundary=b`, http.StatusUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := post(server, test.body, test.contentType)
			assert.Equal(t, test.want, got.Code)
			if test.want == http.StatusInternalServerError {
				assert.Equal(t, reference.MissingText(reference.Parameters()), members(t, got)["error"])
			}
		})
	}
}
