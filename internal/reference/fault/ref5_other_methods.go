package fault

import (
	"io"
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
)

func otherMethods() []Fault {
	asPost := func(taken ...string) reference.Hooks {
		table := map[string]string{}
		for _, method := range taken {
			table[method] = http.MethodPost
		}
		return reference.Hooks{Wrap: methods(table)}
	}
	head := func(c *reference.Call) bool { return c.Request.Method == http.MethodHead }
	cookie := func(a *reference.Answer, pair reference.Pair) {
		a.Header.Set("Set-Cookie", (&http.Cookie{Name: "access_token", Value: pair.Access, HttpOnly: true}).String())
	}
	return of("REF-5",
		hooked("get-issues-tokens", "Issues tokens to GET.", asPost(http.MethodGet)),
		hooked("put-issues-tokens", "Issues tokens to PUT.", asPost(http.MethodPut)),
		hooked("patch-issues-tokens", "Issues tokens to PATCH.", asPost(http.MethodPatch)),
		hooked("delete-issues-tokens", "Issues tokens to DELETE.", asPost(http.MethodDelete)),
		hooked("any-method-issues-tokens", "Issues tokens to any method but OPTIONS.",
			asPost(http.MethodGet, http.MethodHead, http.MethodPut, http.MethodPatch, http.MethodDelete)),
		hooked("head-issues-token-in-header", "Issues an access token in a header of the answer to HEAD.",
			leaking(func(a *reference.Answer, pair reference.Pair) {
				a.Status = http.StatusOK
				a.Header.Set("X-Access-Token", pair.Access)
			}).Only(head)),
		hooked("head-issues-token-in-cookie", "Issues an access token in a cookie of the answer to HEAD.",
			leaking(func(a *reference.Answer, pair reference.Pair) {
				a.Status = http.StatusOK
				cookie(a, pair)
			}).Only(head)),
		hooked("query-of-get-issues-tokens", "Issues tokens to GET for credentials in the query string.",
			queryAsForm(http.MethodGet)),
		hooked("query-of-post-issues-tokens", "Issues tokens to POST for credentials in the query string.",
			queryAsForm(http.MethodPost)),
	)
}

// queryAsForm sends a request's query string through the server as the form of a
// POST.
func queryAsForm(method string) reference.Hooks {
	return reference.Hooks{Wrap: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if query := r.URL.RawQuery; r.Method == method && strings.Contains(query, "=") {
				r = r.Clone(r.Context())
				r.Method, r.Body = http.MethodPost, io.NopCloser(strings.NewReader(query))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			next.ServeHTTP(w, r)
		})
	}}
}
