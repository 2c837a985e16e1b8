package fault

import (
	"io"
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
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
			change.Leaking(func(a *reference.Answer, pair reference.Pair) {
				a.Status = http.StatusOK
				a.Header.Set("X-Access-Token", pair.Access)
			}).Only(head)),
		hooked("head-issues-token-in-cookie", "Issues an access token in a cookie of the answer to HEAD.",
			change.Leaking(func(a *reference.Answer, pair reference.Pair) {
				a.Status = http.StatusOK
				cookie(a, pair)
			}).Only(head)),
		hooked("query-of-get-issues-tokens", "Issues tokens to GET for credentials in the query string.",
			queryAsForm(http.MethodGet)),
		hooked("query-of-post-issues-tokens", "Issues tokens to POST for credentials in the query string.",
			queryAsForm(http.MethodPost)),
		hooked("query-replaces-missing-username", "Takes a username that is missing from the form from the query string.",
			queryForMissing(reference.ParamUsername)),
		hooked("query-replaces-missing-company", "Takes a company name that is missing from the form from the query string.",
			queryForMissing(reference.ParamCompany)),
		hooked("query-replaces-missing-password", "Takes a password that is missing from the form from the query string.",
			queryForMissing(reference.ParamPassword)),
		hooked("query-replaces-any-missing-parameter", "Takes whatever is missing from the form from the query string.",
			queryForMissing(reference.Parameters()...)),
		hooked("query-replaces-missing-username-and-is-refused", "Takes a username from the query string, and refuses the login.",
			queryForMissing(reference.ParamUsername).Then(reference.Hooks{Decided: func(c *reference.Call) {
				if c.Decision == reference.Granted && c.Request.URL.RawQuery != "" {
					c.Decision = reference.Refused
				}
			}})),
		hooked("query-of-post-answered-with-400", "Answers 400 to a POST with a query string.",
			change.Failing(http.StatusBadRequest, "No query string is allowed").Only(func(c *reference.Call) bool {
				return change.Missing(c) && c.Request.URL.RawQuery != ""
			})),
	)
}

// queryForMissing takes parameters that are missing from the form from the query string.
func queryForMissing(parameters ...string) reference.Hooks {
	return reference.Hooks{Parsed: func(c *reference.Call) {
		for _, name := range parameters {
			if _, sent := c.Form.Get(name); !sent && len(c.Form) > 0 && c.Request.URL.Query().Has(name) {
				c.Form = append(c.Form, reference.Field{Name: name, Value: c.Request.URL.Query().Get(name)})
			}
		}
	}}
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
