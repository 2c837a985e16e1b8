package variant

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
)

// The package comment lists what the stacks send.
func TestPackageCommentListsTheStacks(t *testing.T) {
	t.Parallel()
	comment, err := os.ReadFile("doc.go")
	require.NoError(t, err)
	var listed []string
	for lines := bufio.NewScanner(strings.NewReader(string(comment))); lines.Scan(); {
		if row, isRow := strings.CutPrefix(lines.Text(), "//\t"); isRow {
			listed = append(listed, row)
		}
	}
	assert.Equal(t, strings.Join(table(), "\n"), strings.Join(listed, "\n"), "doc.go has to hold these rows")
}

// table is what the stacks send, a row each.
func table() []string {
	rows := []string{row("stack", "method", "path", "media type", "too large", "exception", "repeats")}
	for _, s := range slices.Concat(frameworks(), fronts()) {
		rows = append(rows, row(s.name, s.cell(s.method), s.cell(s.path), s.cell(s.media), s.cell(s.large), s.cell(s.thrown), s.repeats()))
	}
	return rows
}

func row(cells ...any) string {
	return strings.TrimRight(fmt.Sprintf("%-26s%-13s%-13s%-13s%-13s%-13s%s", cells...), " ")
}

func (s stack) cell(r reply) string {
	kind, body := s.content(r)
	switch {
	case r.status == 0:
		return "-"
	case body == "":
		kind = "empty"
	case strings.HasPrefix(kind, jsonProblem):
		kind = "problem"
	case strings.HasPrefix(kind, jsonPlain):
		kind = "JSON"
	case strings.HasPrefix(kind, "text/html"):
		kind = "HTML"
	default:
		kind = "text"
	}
	return fmt.Sprintf("%d %s", r.status, kind)
}

// Every stack sends what its row says, also in the cases that no run of the suite meets, and fills in every word in braces.
func TestStacksSendWhatTheirRowsSay(t *testing.T) {
	t.Parallel()
	for _, s := range slices.Concat(frameworks(), fronts()) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			config := reference.Default()
			config.Hooks = s.hooks()
			server, err := reference.New(config)
			require.NoError(t, err)
			user := config.Users[0]
			form := func(username, company string) string {
				return url.Values{"username": {username}, "company_name": {company}, "password": {user.Password}}.Encode()
			}
			thrown := s.thrown
			if s.front {
				thrown = s.rejected
			}
			for _, each := range []struct {
				method, target, contentType, body string
				want                              reply
				otherwise                         int // the reference server's status, where the stack has none
			}{
				{http.MethodGet, reference.Path + "?a=b&c=%20", "", "", s.method, http.StatusMethodNotAllowed},
				{http.MethodDelete, reference.Path, "application/x-www-form-urlencoded", "a=b", s.method, http.StatusMethodNotAllowed},
				{http.MethodOptions, reference.Path, "", "", s.reply(&reference.Call{Decision: reference.Options}), http.StatusNoContent},
				{http.MethodPost, "/nothing/here?a=b&c=%20", "application/x-www-form-urlencoded", "a=b", s.path, http.StatusNotFound},
				{http.MethodPost, reference.Path, "text/plain", "a=b", s.media, http.StatusUnsupportedMediaType},
				{http.MethodPost, reference.Path, "application/x-www-form-urlencoded", strings.Repeat("a", reference.MaxBodyBytes+1), s.large, http.StatusRequestEntityTooLarge},
				{http.MethodPost, reference.Path, "application/x-www-form-urlencoded", form(user.Username, "nobody's"), thrown, http.StatusUnauthorized},
				{http.MethodPost, reference.Path, "application/x-www-form-urlencoded", form("nobody", user.Company), s.rejected, http.StatusUnauthorized},
				{http.MethodPost, reference.Path, "application/x-www-form-urlencoded", "a=b", reply{}, http.StatusInternalServerError},
				{http.MethodPost, reference.Path, "application/x-www-form-urlencoded", form(user.Username, user.Company), reply{}, http.StatusOK},
			} {
				request := httptest.NewRequestWithContext(t.Context(), each.method, each.target, strings.NewReader(each.body))
				request.Header.Set("Content-Type", each.contentType)
				recorder := httptest.NewRecorder()
				server.ServeHTTP(recorder, request)
				got := recorder.Result()
				body, err := io.ReadAll(got.Body)
				require.NoError(t, err)
				what := each.method + " " + each.target + ": " + string(body)
				if each.want.status == 0 {
					assert.Equal(t, each.otherwise, got.StatusCode, what)
				} else {
					kind, text := s.content(each.want)
					assert.Equal(t, each.want.status, got.StatusCode, what)
					assert.Equal(t, kind, got.Header.Get("Content-Type"), what)
					assert.Equal(t, text == "", len(body) == 0, what)
					if strings.Contains(text, "url}") {
						assert.Contains(t, strings.ReplaceAll(string(body), "&amp;", "&"), each.target, what)
					}
				}
				assert.NotRegexp(t, `\{[a-zA-Z-]+\}`, string(body)+fmt.Sprint(got.Header), what)
			}
		})
	}
}
