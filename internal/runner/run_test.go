package runner

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/diagnosis"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/schema"
)

// values have a space and a reserved character.
func values() requests.Catalogue {
	return requests.Catalogue{Username: "qa user", Password: "S3cret=pass", Company: "Acme Sons"}
}

// everything is a plan with requests of every kind.
func everything() []exchange.Request {
	c := values()
	return slices.Concat(
		[]exchange.Request{c.Login(), c.NodeLogin(), c.Rewritten().Login, c.Extended().Login, c.JavaLogin(), c.PythonLogin(), c.ShellLogin(), c.BrowserLogin()},
		c.OneMissing(exchange.Urlencoded), []exchange.Request{c.EverythingMissing(), c.UnknownUser(exchange.Urlencoded)},
		[]exchange.Request{c.Empty("username"), c.WrongCase(), c.LoginAgain(), c.WrongLast()},
	)
}

// reference answers as the contract has it.
func reference(request exchange.Request) *exchange.Exchange {
	e := &exchange.Exchange{
		Request: request, Base: &url.URL{Scheme: "http", Host: "target.test"}, Status: http.StatusUnauthorized,
		Header: http.Header{"Content-Type": {"application/json"}}, Raw: []byte(`{"error":"wrong"}`),
	}
	var missing []string
	for _, name := range check.Parameters() {
		if !slices.ContainsFunc(request.Params, func(param exchange.Param) bool { return param.Name == name }) {
			missing = append(missing, name)
		}
	}
	switch {
	case request.ValidLogin:
		e.Status, e.Raw = http.StatusOK, []byte("{}")
	case missing != nil:
		e.Status, e.Raw = http.StatusInternalServerError, []byte(`{"error":"`+strings.Join(missing, ", ")+` required"}`)
	}
	return e
}

// ran runs a plan against a target that answers as the reference does, changed by change, and returns what was sent.
func ran(t *testing.T, plan []exchange.Request, change func(e *exchange.Exchange, time int), settings ...func(*Runner)) (*Runner, []string) {
	t.Helper()
	schemas, err := schema.Load()
	require.NoError(t, err)
	judge := &check.Judge{Schemas: schemas, Secrets: &redact.Secrets{}}
	target := &counting{answer: func(request exchange.Request, time int) *exchange.Exchange {
		e := reference(request)
		change(e, time)
		return e
	}}
	r := &Runner{
		Sender: target, Judge: judge, Catalogue: values(), Concurrency: 1,
		Checks: []diagnosis.Check{{Step: "succeeds", Clause: "OK-1", Alike: true, Judge: judge.Succeeds}},
	}
	for _, each := range settings {
		each(r)
	}
	r.Start(t.Context(), plan)
	r.Wait()
	return r, target.asked
}

func failing(e *exchange.Exchange) {
	*e = *exchange.Withheld(e.Request, exchange.Failure{Sentence: "nobody answered"})
}

// What the first responses say of a target that is not there, or is another one, ends the run.
func TestProbe(t *testing.T) {
	t.Parallel()
	c := values()
	login, missing := c.Login().Name, c.EverythingMissing().Name
	redirect := func(location string) func(*exchange.Exchange) {
		return func(e *exchange.Exchange) { e.Status = http.StatusFound; e.Header.Set("Location", location) }
	}
	secure := "https://target.test/" + exchange.Path
	plain := func(e *exchange.Exchange) {
		e.Status, e.Raw = http.StatusBadRequest, []byte("Client sent an HTTP request to an HTTPS server.\n")
	}
	for _, each := range []struct {
		name          string
		login, others func(*exchange.Exchange)
		absence       string
		asked         int // 1 or 2 for a target that is not there
	}{
		{name: "no response", login: failing, absence: "nobody answered", asked: 1},
		{name: "a redirect to https", login: redirect(secure), absence: "let KLEARSTACK_BASE_URL begin with https://", asked: 1},
		{name: "a redirect to https with a port", login: redirect("https://target.test:8443/" + exchange.Path), absence: "redirects to the same URL under https", asked: 1},
		{name: "a redirect to another host", login: redirect("https://elsewhere.test/" + exchange.Path)},
		{name: "a redirect to another path", login: redirect("https://target.test/login")},
		{name: "a redirect to http", login: redirect("http://target.test/" + exchange.Path)},
		{name: "a redirect to nowhere", login: redirect("https://target.test/%zz")},
		{name: "a redirect from https", login: func(e *exchange.Exchange) {
			redirect(secure)(e)
			e.Base = &url.URL{Scheme: "https", Host: "target.test"}
		}},
		{name: "a location without a redirect", login: func(e *exchange.Exchange) { redirect(secure)(e); e.Status = http.StatusOK }},
		{name: "TLS", login: plain, absence: "speaks TLS", asked: 1},
		{name: "TLS, by another status", login: func(e *exchange.Exchange) { plain(e); e.Status = http.StatusForbidden }},
		{name: "400 for another reason", login: func(e *exchange.Exchange) { e.Status = http.StatusBadRequest }},
		{name: "400 under https", login: func(e *exchange.Exchange) { plain(e); e.Base = &url.URL{Scheme: "https", Host: "target.test"} }},
		{name: "404", login: status(http.StatusNotFound), others: status(http.StatusNotFound), absence: "there is nothing at", asked: 2},
		{name: "404 for logins", login: status(http.StatusNotFound)},
		{name: "404 and then no response", login: status(http.StatusNotFound), others: failing, absence: "nobody answered", asked: 2},
		{name: "a gateway", login: status(http.StatusBadGateway), others: status(http.StatusBadGateway), absence: "a gateway answered 502", asked: 2},
		{name: "a gateway, and then no response", login: status(http.StatusBadGateway), others: failing, absence: "a gateway answered 502", asked: 2},
		{name: "a gateway, and then 404", login: status(http.StatusBadGateway), others: status(http.StatusNotFound)},
		{name: "a gateway for the login", login: status(http.StatusBadGateway)},
		{name: "404 for other requests", others: status(http.StatusNotFound)},
	} {
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			r, asked := ran(t, everything(), func(e *exchange.Exchange, _ int) {
				switch {
				case e.Request.Name == login && each.login != nil:
					each.login(e)
				case e.Request.Name == missing && each.others != nil:
					each.others(e)
				}
			})
			if each.absence == "" {
				assert.Empty(t, r.Absence())
				assert.Greater(t, len(asked), 4)
				return
			}
			assert.Contains(t, r.Absence(), each.absence)
			assert.Equal(t, []string{login, missing}[:each.asked], asked)
			for _, request := range everything()[2:] {
				if request.Name != missing {
					require.NotNil(t, r.Exchange(request).Failure)
					assert.Equal(t, r.Absence(), r.Exchange(request).Failure.Sentence)
				}
			}
			assert.NotNil(t, r.Logins())
			if each.asked == 1 {
				assert.Contains(t, r.Exchange(c.Missing(exchange.Urlencoded, "company_name")).Failure.Sentence, r.Absence())
			}
		})
	}
}

func status(code int) func(*exchange.Exchange) { return func(e *exchange.Exchange) { e.Status = code } }

// What the probe would have needed, and nobody planned, is settled without being sent.
func TestUnplanned(t *testing.T) {
	t.Parallel()
	c := values()
	for _, change := range []func(e *exchange.Exchange, time int){
		func(*exchange.Exchange, int) {},
		func(e *exchange.Exchange, _ int) { failing(e) },
	} {
		r, asked := ran(t, []exchange.Request{c.NodeLogin()}, change)
		assert.Equal(t, []string{c.Login().Name, c.NodeLogin().Name}[:len(asked)], asked)
		for _, request := range []exchange.Request{c.EverythingMissing(), c.Missing(exchange.Urlencoded, "company_name")} {
			assert.Equal(t, "the request was not needed", r.Exchange(request).Failure.Sentence)
		}
		require.NotNil(t, r.Exchange(c.JavaLogin()).Failure)
		assert.Contains(t, r.Exchange(c.JavaLogin()).Failure.Sentence, "was not planned")
	}
}

// Credentials that are refused, whatever the form, are not tried any more.
func TestRefusedCredentials(t *testing.T) {
	t.Parallel()
	c := values()
	probes := []string{c.Login().Name, c.EverythingMissing().Name, c.Missing(exchange.Urlencoded, "company_name").Name}
	ways := []string{c.NodeLogin().Name, c.Rewritten().Login.Name, c.JavaLogin().Name, c.PythonLogin().Name, c.ShellLogin().Name, c.BrowserLogin().Name}
	challenge := func(e *exchange.Exchange) {
		e.Status = http.StatusUnauthorized
		e.Header.Set("WWW-Authenticate", `Basic realm="x"`)
	}
	logins := func(change func(*exchange.Exchange)) func(e *exchange.Exchange, _ int) {
		return func(e *exchange.Exchange, _ int) {
			if e.Request.ValidLogin {
				change(e)
			}
		}
	}
	for _, each := range []struct {
		name    string
		change  func(e *exchange.Exchange, _ int)
		refused bool
		first   []string // what is sent first
	}{
		{"401", logins(status(http.StatusUnauthorized)), true, append(slices.Clone(probes), ways[:2]...)},
		{"500", logins(status(http.StatusInternalServerError)), true, append(slices.Clone(probes[:1]), ways[:2]...)},
		{"401 to a urlencoded form", func(e *exchange.Exchange, _ int) {
			if e.Request.ValidLogin && e.Request.Encoding == exchange.Urlencoded {
				e.Status = http.StatusUnauthorized
			}
		}, false, append(slices.Clone(probes), ways[0])},
		{"401 to the first", func(e *exchange.Exchange, _ int) {
			if e.Request.Name == c.Login().Name || e.Request.Name == c.NodeLogin().Name {
				e.Status = http.StatusUnauthorized
			}
		}, false, append(slices.Clone(probes), ways[:2]...)},
		{"a challenge to all", func(e *exchange.Exchange, _ int) { challenge(e) }, true, append(slices.Clone(probes), ways...)},
		{"a challenge to logins", logins(challenge), true, append(slices.Clone(probes), ways[:2]...)},
		{"no response", func(e *exchange.Exchange, _ int) {
			if e.Request.ValidLogin && e.Request.Name != c.Login().Name {
				failing(e)
			} else if e.Request.ValidLogin {
				e.Status = http.StatusUnauthorized
			}
		}, true, append(slices.Clone(probes), ways[:2]...)},
		{"405", logins(status(http.StatusMethodNotAllowed)), false, probes[:1]},
		{"501", logins(status(http.StatusNotImplemented)), false, probes[:1]},
		{"302", logins(status(http.StatusFound)), false, probes[:1]},
		{"204", logins(status(http.StatusNoContent)), false, probes[:1]},
		{"502", logins(status(http.StatusBadGateway)), false, probes[:2]},
	} {
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			r, asked := ran(t, everything(), each.change)
			assert.Equal(t, each.first, asked[:len(each.first)])
			var withheld []string
			for _, request := range everything() {
				if e := r.Exchange(request); e.Failure != nil && strings.Contains(e.Failure.Sentence, "so no more tries are made with them") {
					assert.Equal(t, "OK-1", e.Failure.Clause)
					withheld = append(withheld, request.Name)
				}
			}
			if !each.refused {
				assert.Empty(t, withheld)
				assert.Greater(t, len(asked), len(everything())-3)
				return
			}
			assert.Contains(t, withheld, c.WrongCase().Name)
			assert.Contains(t, asked, c.UnknownUser(exchange.Urlencoded).Name)
			for _, name := range asked {
				assert.NotContains(t, withheld, name)
			}
			for _, request := range everything() {
				assert.Equal(t, request.Credentials, slices.Contains(withheld, request.Name) || slices.Contains(each.first, request.Name) && request.ValidLogin, request.Name)
			}
		})
	}
	unplanned := slices.DeleteFunc(everything(), func(request exchange.Request) bool { return request.Name == c.NodeLogin().Name })
	_, asked := ran(t, unplanned, logins(status(http.StatusUnauthorized)))
	assert.Equal(t, append(slices.Clone(probes), ways[1:3]...), asked[:5], "only what was planned is tried")
}

// A rejection of every login says something where a form that lacks a parameter gets another response.
func TestRejections(t *testing.T) {
	t.Parallel()
	c := values()
	same := func(e *exchange.Exchange) { e.Status, e.Raw = http.StatusUnauthorized, []byte(`{"error":"wrong"}`) }
	for _, each := range []struct {
		name   string
		plan   []exchange.Request
		change func(e *exchange.Exchange)
		want   bool
		words  string
	}{
		{"401", everything(), func(e *exchange.Exchange) {
			if e.Request.ValidLogin {
				same(e)
			}
		}, true, "an unknown user gets the same response"},
		{"401, unlike an unknown user", everything(), func(e *exchange.Exchange) {
			if e.Request.ValidLogin {
				e.Status, e.Raw = http.StatusUnauthorized, []byte(`{"error":"locked"}`)
			}
		}, true, "an unknown user gets a different response"},
		{"401, and nothing is known of unknown users", []exchange.Request{c.Login(), c.NodeLogin()}, func(e *exchange.Exchange) {
			if e.Request.ValidLogin {
				same(e)
			}
		}, true, "no unknown user was tried"},
		{"401 to everything", everything(), same, false, ""},
		{"401, and no response to what lacks a parameter", everything(), func(e *exchange.Exchange) {
			same(e)
			if len(e.Request.Params) < 3 {
				failing(e)
			}
		}, false, ""},
		{"another kind of response to one of them", everything(), func(e *exchange.Exchange) {
			if e.Request.ValidLogin {
				same(e)
			}
			if e.Request.Encoding == exchange.Multipart {
				e.Status = http.StatusConflict
			}
		}, false, ""},
	} {
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			r, _ := ran(t, each.plan, func(e *exchange.Exchange, _ int) { each.change(e) })
			rejection := r.Logins().Rejection()
			require.Equal(t, each.want, rejection != nil)
			if each.want {
				assert.Contains(t, rejection.Error(), each.words)
			}
		})
	}
}

// Doubtful logins are repeated, after the ordinary one, and no more than twelve times in all; so are those that tell what is
// to blame, once each.
func TestSettling(t *testing.T) {
	t.Parallel()
	c := values()
	const repeated = ", repeated"
	login, node, java, python := c.Login().Name, c.NodeLogin().Name, c.JavaLogin().Name, c.PythonLogin().Name
	rewritten := c.Rewritten()
	ownName := func(name string) string { return name + " under the suite's own name" }
	for _, each := range []struct {
		name string
		bad  func(name string) bool
		want []string
	}{
		{"no doubt", func(string) bool { return false }, nil},
		{"one", func(name string) bool { return name == node || name == node+repeated },
			[]string{login + repeated, node + repeated, node + repeated, ownName(node)}},
		{"once", func(name string) bool { return name == node }, []string{login + repeated, node + repeated}},
		{"the ordinary one", func(name string) bool { return name == login }, []string{login + repeated}},
		{"a bundle", func(name string) bool { return strings.HasPrefix(name, rewritten.Login.Name) }, []string{
			login + repeated, rewritten.Login.Name + repeated, rewritten.Login.Name + repeated,
			rewritten.Parts[0].Name, rewritten.Parts[1].Name, rewritten.Parts[2].Name, rewritten.Parts[3].Name,
		}},
		{"all but the ordinary one", func(name string) bool { return !strings.HasPrefix(name, login) }, []string{
			login + repeated, node + repeated, node + repeated, ownName(node), java + repeated, java + repeated, ownName(java),
			python + repeated, python + repeated, rewritten.Login.Name + repeated, rewritten.Login.Name + repeated, rewritten.Parts[0].Name,
		}},
	} {
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			r, asked := ran(t, everything(), func(e *exchange.Exchange, _ int) {
				if e.Request.ValidLogin && each.bad(e.Request.Name) {
					e.Status = http.StatusForbidden
				}
			})
			var more []string
			for _, name := range asked {
				if !slices.ContainsFunc(everything(), func(request exchange.Request) bool { return request.Name == name }) {
					more = append(more, name)
				}
			}
			assert.Equal(t, each.want, more)
			switch each.name {
			case "one":
				assert.Equal(t, outcome.Violated, outcome.Of(r.Logins().Login(node, "REQ-5")))
			case "once", "the ordinary one":
				assert.Equal(t, outcome.Violated, outcome.Of(r.Logins().Steady()))
			case "a bundle":
				assert.Equal(t, outcome.Violated, outcome.Of(r.Logins().Login(rewritten.Login.Name, "REQ-6")))
			}
		})
	}
}

// The wrong passwords have a valid login between them, which tells whether the account is locked by the first.
func TestLastRequests(t *testing.T) {
	t.Parallel()
	c := values()
	first, between, second := c.WrongCase(), c.LoginAgain(), c.WrongLast()
	only := func(some ...exchange.Request) []exchange.Request {
		return append([]exchange.Request{c.Login(), c.JavaLogin()}, some...)
	}
	const locked = "a valid login was refused with status 423 after a wrong password: is the account locked?"
	const untried = "no second wrong password was tried, because the valid login after the first was not granted"
	lock := func(e *exchange.Exchange) {
		if e.Request.Name == between.Name {
			e.Status = http.StatusLocked
		}
	}
	for _, each := range []struct {
		name                string
		plan                []exchange.Request
		change              func(e *exchange.Exchange)
		asked               []string
		between             string // why the valid login says nothing
		second, secondBlame string // why the second wrong password was not tried, and the clause to blame
	}{
		{name: "no lockout", plan: everything(), asked: []string{first.Name, between.Name, second.Name}},
		{name: "a lockout", plan: everything(), change: lock, asked: []string{first.Name, between.Name}, between: locked, second: untried},
		{name: "no wrong password before", plan: only(between, second), change: lock, asked: []string{between.Name}, second: untried},
		{name: "no wrong password after", plan: only(first, between), change: lock, asked: []string{first.Name, between.Name}, between: locked},
		{name: "no login in between", plan: only(first, second), change: lock, asked: []string{first.Name, second.Name}},
		{name: "no login that was granted", plan: only(first, between, second), change: func(e *exchange.Exchange) {
			lock(e)
			if e.Request.Name == c.Login().Name {
				e.Status = http.StatusForbidden
			}
		}, asked: []string{first.Name, between.Name}, second: untried, secondBlame: "OK-1"},
		{name: "no response in between", plan: everything(), change: func(e *exchange.Exchange) {
			if e.Request.Name == between.Name {
				failing(e)
			}
		}, asked: []string{first.Name, between.Name}, between: "nobody answered", second: untried},
		{name: "another success", plan: everything(), change: func(e *exchange.Exchange) {
			if e.Request.Name == between.Name {
				e.Status = http.StatusNoContent
			}
		}, asked: []string{first.Name, between.Name, second.Name}},
	} {
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			r, asked := ran(t, each.plan, func(e *exchange.Exchange, _ int) {
				if each.change != nil {
					each.change(e)
				}
			})
			var last []string
			for _, name := range asked {
				if name == first.Name || name == between.Name || name == second.Name {
					last = append(last, name)
				}
			}
			assert.Equal(t, each.asked, last)
			said := func(request exchange.Request) (sentence, clause string) {
				if e := r.Exchange(request); e.Failure != nil && slices.ContainsFunc(each.plan, func(p exchange.Request) bool { return p.Name == request.Name }) {
					return e.Failure.Sentence, e.Failure.Clause
				}
				return "", ""
			}
			sentence, clause := said(between)
			assert.Equal(t, each.between, sentence)
			assert.Empty(t, clause)
			sentence, clause = said(second)
			assert.Equal(t, each.second, sentence)
			assert.Equal(t, each.secondBlame, clause)
		})
	}
}

// A login is answered as a stranger's where its values alone are not understood: its form is read, as what it lacks is named.
func TestStranger(t *testing.T) {
	t.Parallel()
	c := values()
	refused := func(e *exchange.Exchange) {
		if e.Request.Name == c.JavaLogin().Name {
			e.Status, e.Raw = http.StatusUnauthorized, []byte(`{"error":"wrong"}`)
		}
	}
	without := func(name string) []exchange.Request {
		return slices.DeleteFunc(everything(), func(request exchange.Request) bool { return request.Name == name })
	}
	for _, each := range []struct {
		name   string
		plan   []exchange.Request
		change func(e *exchange.Exchange)
		values requests.Catalogue
		want   bool
	}{
		{name: "refused as an unknown user is", change: refused, want: true},
		{name: "granted"},
		{name: "refused in other words", change: func(e *exchange.Exchange) {
			if refused(e); e.Request.Name == c.JavaLogin().Name {
				e.Raw = []byte(`{"error":"no"}`)
			}
		}},
		{name: "413", change: func(e *exchange.Exchange) {
			if !e.Request.ValidLogin && len(e.Request.Params) == 3 || e.Request.Name == c.JavaLogin().Name {
				e.Status, e.Raw = http.StatusRequestEntityTooLarge, nil
			}
		}},
		{name: "415", change: func(e *exchange.Exchange) {
			if !e.Request.ValidLogin && len(e.Request.Params) == 3 || e.Request.Name == c.JavaLogin().Name {
				e.Status, e.Raw = http.StatusUnsupportedMediaType, nil
			}
		}},
		{name: "a success without tokens", change: func(e *exchange.Exchange) {
			if !e.Request.ValidLogin && len(e.Request.Params) == 3 || e.Request.Name == c.JavaLogin().Name {
				e.Status, e.Raw = http.StatusNoContent, nil
			}
		}},
		{name: "no reserved characters", change: refused, values: requests.Catalogue{Username: "qa", Password: "S3cretpass", Company: "Acme"}},
		{name: "no unknown user in the plan", change: refused, plan: without(c.UnknownUser(exchange.Urlencoded).Name)},
		{name: "not every lack of a parameter in the plan", change: refused, plan: without(c.Missing(exchange.Urlencoded, "password").Name)},
		{name: "the same response where a parameter is missing", change: func(e *exchange.Exchange) {
			refused(e)
			if len(e.Request.Params) == 2 {
				e.Status, e.Raw = http.StatusUnauthorized, []byte(`{"error":"wrong"}`)
			}
		}},
		{name: "no name of what is missing", change: func(e *exchange.Exchange) {
			refused(e)
			if len(e.Request.Params) == 2 {
				e.Raw = []byte(`{"error":"what?"}`)
			}
		}},
	} {
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			if each.plan == nil {
				each.plan = everything()
			}
			r, _ := ran(t, each.plan, func(e *exchange.Exchange, _ int) {
				if each.change != nil {
					each.change(e)
				}
			})
			if each.values.Username != "" {
				r.Catalogue = each.values
			}
			assert.Equal(t, each.want, r.stranger(r.login(r.Exchange(c.JavaLogin()))))
		})
	}
}

// What is planned twice is sent once.
func TestShared(t *testing.T) {
	t.Parallel()
	c := values()
	plan := []exchange.Request{c.Login(), c.JavaLogin(), c.Login(), c.NodeLogin(), c.JavaLogin()}
	assert.Equal(t, []exchange.Request{c.Login(), c.JavaLogin(), c.NodeLogin()}, Shared(plan))
	assert.Len(t, plan, 5, "it is left as it is")
}

// Tokens of any response are secrets from then on.
func TestTokensAreSecrets(t *testing.T) {
	t.Parallel()
	const token = "abcdefghij0123456789"
	r, _ := ran(t, []exchange.Request{values().Login(), values().EverythingMissing()}, func(e *exchange.Exchange, _ int) {
		if !e.Request.ValidLogin {
			e.Raw = []byte(`{"access_token":"` + token + `","error":"username"}`)
		}
	})
	assert.NotContains(t, r.Judge.Secrets.Text("x "+token+" y"), token)
}

// A page of another origin is asked for only where the preflight lets it in.
func TestOtherOrigin(t *testing.T) {
	t.Parallel()
	c := values()
	pair := c.MissingFromOtherOrigin()
	for _, each := range []struct {
		name          string
		plan          []exchange.Request
		origin        string // that the preflight allows
		from, missing bool   // whether the extended login, and a form that lacks a parameter, come from there
	}{
		{"a preflight that lets in", []exchange.Request{c.Preflight()}, "*", true, true},
		{"a preflight that does not", []exchange.Request{c.Preflight()}, "", false, false},
		{"no preflight", nil, "*", false, false},
	} {
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			origins := map[string]bool{}
			r, asked := ran(t, append([]exchange.Request{c.Login(), c.Extended().Login, pair.Beside, pair.Alone}, each.plan...), func(e *exchange.Exchange, _ int) {
				origins[e.Request.Name] = e.Request.Header.Get("Origin") != ""
				if e.Request.Method == http.MethodOptions && each.origin != "" {
					e.Header.Set("Access-Control-Allow-Origin", each.origin)
					e.Header.Set("Access-Control-Allow-Headers", "authorization")
				}
			})
			assert.Equal(t, each.from, origins[c.Extended().Login.Name])
			assert.Equal(t, each.missing, slices.Contains(asked, pair.Beside.Name))
			assert.NotEqual(t, each.missing, slices.Contains(asked, pair.Alone.Name))
			assert.True(t, r.Exchange(pair.Alone).Answered())
			if !each.missing {
				assert.Equal(t, "no page of another origin may send it", r.Exchange(pair.Beside).Failure.Sentence)
			}
			assert.Len(t, r.bundles()[1].Parts, map[bool]int{false: 2, true: 3}[each.from])
		})
	}
}
