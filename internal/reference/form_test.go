package reference_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/reference"
)

func TestParseUrlencoded(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]reference.Form{
		"":                {},
		"&&":              {},
		"a=1&b=2":         {{Name: "a", Value: "1"}, {Name: "b", Value: "2"}},
		"a=x+y%20z w":     {{Name: "a", Value: "x y z w"}},
		"a=1;b=2":         {{Name: "a", Value: "1;b=2"}},
		"a=50%&b=%zz%4":   {{Name: "a", Value: "50%"}, {Name: "b", Value: "%zz%4"}},
		"a=%c3%BC%25%2B":  {{Name: "a", Value: "ü%+"}},
		"a=b=c":           {{Name: "a", Value: "b=c"}},
		"a":               {{Name: "a", Value: ""}},
		"=x":              {{Name: "", Value: "x"}},
		"%61%26=%3D&%3d=": {{Name: "a&", Value: "="}, {Name: "=", Value: ""}},
		"a=%G1%1G%":       {{Name: "a", Value: "%G1%1G%"}},
		"a=%00%ff":        {{Name: "a", Value: "\x00\xff"}},
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			got := reference.ParseUrlencoded(body, reference.DecodeUrlencoded)
			assert.Equal(t, append(reference.Form{}, want...), append(reference.Form{}, got...))
		})
	}
}

// REQ-4, REQ-6: every spelling of the same values logs in.
func TestSpellings(t *testing.T) {
	t.Parallel()
	server, user := newServer(t, reference.Default())
	everyByte := func(format string) func(string) string {
		return func(text string) string {
			var all strings.Builder
			for _, char := range []byte(text) {
				fmt.Fprintf(&all, format, char)
			}
			return all.String()
		}
	}
	for name, spell := range map[string]func(string) string{
		"space as plus":        url.QueryEscape,
		"space as %20":         func(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") },
		"space raw":            func(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", " ") },
		"every byte":           everyByte("%%%02X"),
		"every byte, hex down": everyByte("%%%02x"),
		"little encoded":       strings.NewReplacer("%", "%25", "&", "%26", "+", "%2B").Replace,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var pairs []string
			for _, field := range form(user) {
				pairs = append(pairs, field[0]+"="+spell(field[1]))
			}
			assert.Equal(t, http.StatusOK, post(server, strings.Join(pairs, "&"), urlencodedType).Code)
		})
	}
}

// A pair that Go's own parser would drop is a wrong value and not a missing one.
func TestNoPairIsDropped(t *testing.T) {
	t.Parallel()
	server, _ := newServer(t, reference.Default())
	for _, password := range []string{"a;b", "100%", "%zz", ";", "%"} {
		body := "username=u&company_name=c&password=" + password
		assert.Equal(t, http.StatusUnauthorized, post(server, body, urlencodedType).Code, password)
	}
}

// REQ-6: parameters and case of the content type change nothing.
func TestContentTypes(t *testing.T) {
	t.Parallel()
	server, user := newServer(t, reference.Default())
	body, _ := encode(t, "urlencoded", form(user))
	for contentType, want := range map[string]int{
		urlencodedType:                              http.StatusOK,
		urlencodedType + ";charset=UTF-8":           http.StatusOK,
		urlencodedType + "; charset=utf-8":          http.StatusOK,
		urlencodedType + "; charset=\"iso-8859-1\"": http.StatusOK,
		urlencodedType + ";;; =":                    http.StatusOK,
		"Application/X-WWW-Form-URLEncoded":         http.StatusOK,
		"":                                          http.StatusOK,
		"application/json":                          http.StatusUnsupportedMediaType,
		"text/plain; x=" + urlencodedType:           http.StatusUnsupportedMediaType,
		"multipart/form-data":                       http.StatusBadRequest,
		"multipart/form-data; boundary=absent":      http.StatusBadRequest,
	} {
		t.Run(contentType, func(t *testing.T) {
			t.Parallel()
			got := post(server, body, contentType)
			assert.Equal(t, want, got.Code)
			assert.NotEqual(t, want == http.StatusOK, members(t, got)["error"] != "")
		})
	}
}

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

// ERR-1 to ERR-7, ADV-6: the error names what is missing and nothing else.
func TestMissingParameters(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		absent []string
		want   string
	}{
		{[]string{"company_name"}, "Required parameters are missing: Company Name"},
		{[]string{"username"}, "Required parameters are missing: Username"},
		{[]string{"password"}, "Required parameters are missing: Password"},
		{[]string{"username", "company_name"}, "Required parameters are missing: Username, Company Name"},
		{[]string{"username", "password"}, "Required parameters are missing: Username, Password"},
		{[]string{"company_name", "password"}, "Required parameters are missing: Company Name, Password"},
		{[]string{"username", "company_name", "password"}, "Required parameters are missing: Username, Company Name, Password"},
	} {
		for _, encoding := range encodings() {
			t.Run(strings.Join(test.absent, " ")+" "+encoding, func(t *testing.T) {
				t.Parallel()
				server, user := newServer(t, reference.Default())
				body, contentType := encode(t, encoding, form(user, test.absent...))
				got := post(server, body, contentType)
				assert.Equal(t, http.StatusInternalServerError, got.Code)
				assert.Equal(t, "application/json", got.Header().Get("Content-Type"))
				assert.Equal(t, map[string]string{"error": test.want}, members(t, got))
			})
		}
	}
}

func TestLabelOfAnotherName(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "extra", reference.Label("extra"))
}
