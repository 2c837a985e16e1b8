package diagnosis_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/requests"
)

// blamed returns which logins break which clause, by that clause and the difference from the logins that pass.
func blamed(made run) map[string][]string {
	all := map[string][]string{}
	for _, l := range made.evidence.Logins {
		request := l.Request
		for _, clause := range []string{"REQ-2", "REQ-3", "REQ-4", "REQ-5", "REQ-6", "ADV-7", "ADV-10"} {
			var violation *outcome.Violation
			if errors.As(made.Login(request.Name, clause), &violation) {
				_, difference, _ := strings.Cut(violation.Hint, "the only difference from the logins that pass: ")
				all[clause+", "+difference] = append(all[clause+", "+difference], request.Name)
			}
		}
	}
	return all
}

// Whatever tells the logins that are refused from those that pass is blamed, with its clause.
func TestTraits(t *testing.T) {
	t.Parallel()
	header := func(name string) func(exchange.Request) bool {
		return func(r exchange.Request) bool { return r.Header.Get(name) != "" }
	}
	urlencoded := func(r exchange.Request) bool { return r.Encoding == exchange.Urlencoded }
	values := func(request exchange.Request, char string) bool {
		for _, param := range request.Params {
			if strings.Contains(param.Value, char) {
				return true
			}
		}
		return false
	}
	spelt := func(spellings ...exchange.Spelling) func(exchange.Request) bool {
		return func(r exchange.Request) bool {
			for _, s := range spellings {
				if r.Spelling == s && urlencoded(r) && values(r, " ") {
					return true
				}
			}
			return false
		}
	}
	foreign := requests.Catalogue{Username: "qa user", Password: "S3cret=pass", Company: "Müller"}
	plain := requests.Catalogue{Username: "qa", Password: "S3cretpass", Company: "Acme"}
	for _, c := range []struct {
		name      string
		bad       func(exchange.Request) bool
		catalogue requests.Catalogue
		want      map[string][]string // logins, by the clause and the difference from the logins that pass
	}{
		{
			name: "an extra parameter", bad: func(r exchange.Request) bool { return len(r.Params) > 3 },
			want: map[string][]string{"ADV-10, an extra parameter": {extended, extra}},
		},
		{
			name: "a charset", bad: func(r exchange.Request) bool { return r.Charset },
			want: map[string][]string{"REQ-6, a charset": {charset, rewritten}},
		},
		{
			name: "every byte percent-encoded", bad: func(r exchange.Request) bool { return r.Spelling == exchange.EveryByte },
			want: map[string][]string{"REQ-6, every byte percent-encoded": {everyByte, rewritten}},
		},
		{
			name: "parameters in reverse order", bad: func(r exchange.Request) bool { return r.Params[0].Name != "username" },
			want: map[string][]string{"REQ-6, parameters in reverse order": {extended, reversed, rewritten, turnedAround}},
		},
		{
			name: "parameters in reverse order, in a urlencoded form", bad: func(r exchange.Request) bool { return r.Params[0].Name != "username" && urlencoded(r) },
			want: map[string][]string{"REQ-6, all variations at once": {rewritten}, "REQ-6, parameters in reverse order": {reversed}},
		},
		{
			name: "an authorization", bad: header("Authorization"),
			want: map[string][]string{"REQ-3, a stray Basic authorization": {browser, rewritten, stray}},
		},
		{
			name: "an authorization beside a multipart form", bad: func(r exchange.Request) bool { return header("Authorization")(r) && !urlencoded(r) },
			want: map[string][]string{"REQ-3, a stray Basic authorization beside a multipart form": {browser}},
		},
		{
			name: "an authorization beside a urlencoded form", bad: func(r exchange.Request) bool { return header("Authorization")(r) && urlencoded(r) },
			want: map[string][]string{"REQ-3, a stray Basic authorization beside a urlencoded form": {rewritten, stray}},
		},
		{
			name: "raw spaces", bad: spelt(exchange.AsIs, exchange.SpaceRaw),
			want: map[string][]string{"REQ-4, raw spaces": {shell}},
		},
		{
			name: "nothing encoded, where that has raw spaces", bad: func(r exchange.Request) bool { return r.Spelling == exchange.AsIs },
			want: map[string][]string{"REQ-4, raw spaces": {shell}},
		},
		{
			name: "nothing encoded", catalogue: plain, bad: func(r exchange.Request) bool { return r.Spelling == exchange.AsIs },
			want: map[string][]string{"REQ-4, nothing encoded": {shell}},
		},
		{
			name: "spaces as %20", bad: spelt(exchange.SpacePercent20, exchange.EveryByte),
			want: map[string][]string{"REQ-4, spaces as %20": {java, rewritten}},
		},
		{
			name: "percent-encoded spaces, where there are none", catalogue: plain, bad: func(r exchange.Request) bool {
				return r.Spelling == exchange.SpacePercent20 || r.Spelling == exchange.EveryByte
			},
			want: map[string][]string{"REQ-4, what OkHttp sends along": {java, java + ownName}, "REQ-6, every byte percent-encoded": {everyByte, rewritten}},
		},
		{
			name: "spaces as plus", bad: spelt(exchange.SpacePlus),
			want: map[string][]string{"REQ-4, spaces as plus": {ordinary, python}},
		},
		{
			name: "no charset", catalogue: foreign, bad: func(r exchange.Request) bool { return !r.Charset },
			want: map[string][]string{"REQ-6, no charset named for characters beyond ASCII": {browser, extended, java, node, ordinary, python, shell + encoded}},
		},
		{
			name: "no charset on a urlencoded form", catalogue: foreign, bad: func(r exchange.Request) bool { return !r.Charset && urlencoded(r) },
			want: map[string][]string{"REQ-6, no charset named for characters beyond ASCII in a urlencoded form": {java, ordinary, python, shell + encoded}},
		},
		{
			name: "no charset, where none is needed", bad: func(r exchange.Request) bool { return !r.Charset && urlencoded(r) },
			want: map[string][]string{"REQ-4, the User-Agent okhttp/3.13.1": {java}, "REQ-4, the User-Agent python-requests/2.28.1": {python}, "REQ-4, the User-Agent curl/7.88.1": {shell}, "REQ-4, spaces as plus": {ordinary}},
		},
		{
			name: "raw spaces among encoded characters", catalogue: foreign, bad: func(r exchange.Request) bool { return r.Spelling == exchange.SpaceRaw },
			want: map[string][]string{"REQ-4, raw spaces": {shell + encoded}},
		},
		{
			name: "no Accept", bad: func(r exchange.Request) bool { return !header("Accept")(r) },
			want: map[string][]string{"REQ-4, no Accept": {java}, "REQ-5, no Accept": {node}},
		},
		{
			name: "no Accept-Encoding", bad: func(r exchange.Request) bool { return !header("Accept-Encoding")(r) },
			want: map[string][]string{"REQ-5, no Accept-Encoding": {extended, node}, "REQ-4, no Accept-Encoding": {shell}},
		},
		{
			name: "an Accept", bad: func(r exchange.Request) bool { return r.Header.Get("Accept") == "*/*" },
			want: map[string][]string{"REQ-4, an Accept of */*": {ordinary, python, rewritten, shell}, "REQ-5, an Accept of */*": {browser, extended}},
		},
		{
			name: "an offer of gzip", bad: header("Accept-Encoding"),
			want: map[string][]string{"REQ-4, an offer of gzip": {java, ordinary, python, rewritten}, "REQ-5, an offer of gzip": {browser}},
		},
		{
			name: "an offer of deflate", bad: func(r exchange.Request) bool { return strings.Contains(r.Header.Get("Accept-Encoding"), "deflate") },
			want: map[string][]string{"REQ-4, an offer of deflate": {ordinary, python, rewritten}, "REQ-5, an offer of deflate": {browser}},
		},
		{
			name: "an Origin, the endpoint's own", bad: func(r exchange.Request) bool { return r.FromPage },
			want: map[string][]string{"REQ-5, an Origin, the endpoint's own": {browser, unauthorized}},
		},
		{
			name: "an Origin that none has", bad: header("Origin"),
		},
		{
			name: "no authorization", bad: func(r exchange.Request) bool { return !header("Authorization")(r) },
			want: map[string][]string{"REQ-2, no authorization": {extended, java, node, ordinary, python, shell}},
		},
		{
			name: "a browser's boundary", bad: func(r exchange.Request) bool { return r.Boundary == exchange.WebKit },
			want: map[string][]string{"REQ-5, what browsers send along": {browser, browser + ownName, fromNoPage, unauthorized}},
		},
		{
			name: "a boundary of dashes", bad: func(r exchange.Request) bool { return !urlencoded(r) && r.Boundary == exchange.Dashes },
			want: map[string][]string{"REQ-5, what Node.js sends along": {extended, node}},
		},
		{
			name: "a multipart form", bad: func(r exchange.Request) bool { return !urlencoded(r) },
			want: map[string][]string{"REQ-5, a multipart form": {browser, extended, node}},
		},
		{
			name: "a urlencoded form", bad: urlencoded,
			want: map[string][]string{"REQ-4, a urlencoded form": {java, ordinary, python, rewritten, shell}},
		},
		{
			name: "percent-encoded characters", bad: func(r exchange.Request) bool { return urlencoded(r) && r.Spelling != exchange.AsIs },
			want: map[string][]string{"REQ-6, percent-encoded characters": {java, ordinary, python, rewritten}},
		},
		{
			name: "percent-encoded characters, where there are none", catalogue: plain, bad: func(r exchange.Request) bool { return urlencoded(r) && r.Spelling != exchange.AsIs },
			want: map[string][]string{
				"REQ-3, a stray Basic authorization beside a urlencoded form": {stray}, "REQ-4, the User-Agent okhttp/3.13.1": {java},
				"REQ-4, the User-Agent python-requests/2.28.1": {python}, "REQ-6, a charset": {rewritten, charset},
				"REQ-6, every byte percent-encoded": {everyByte}, "REQ-6, parameters in reverse order": {reversed},
			},
		},
		{
			name: "encoded values without spaces", catalogue: requests.Catalogue{Username: "qä", Password: "S3cretpass", Company: "Acme"},
			bad:  func(r exchange.Request) bool { return r.Spelling == exchange.SpaceRaw },
			want: map[string][]string{"REQ-4, what curl sends along": {shell + encoded, shell + encoded + ownName}},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.catalogue.Username == "" {
				c.catalogue = catalogue()
			}
			found := blamed(metWith(t, c.catalogue, func(request exchange.Request, _ int) (int, http.Header) {
				if c.bad(request) {
					return http.StatusBadRequest, nil
				}
				return http.StatusOK, nil
			}))
			assert.Len(t, found, len(c.want))
			for difference, names := range c.want {
				assert.ElementsMatch(t, names, found[difference], difference)
			}
		})
	}
}
