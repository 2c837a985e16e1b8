package diagnosis_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/diagnosis"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/requests"
)

// Where the values of a form are rejected as an unknown user is, it is asked whether they are decoded as they were sent.
func TestUndecodedValues(t *testing.T) {
	t.Parallel()
	multipart := []string{node, browser, extended, turnedAround, extra}
	urlencoded := []string{ordinary, python, java, shell, rewritten, stray, everyByte, reversed, charset}
	for _, c := range []struct {
		name          string
		target        target
		stranger      bool
		login, clause string
		asked         bool
	}{
		{"multipart forms", always(http.StatusUnauthorized, multipart...), true, extended, "REQ-6", true},
		{"urlencoded forms", always(http.StatusUnauthorized, urlencoded...), true, rewritten, "REQ-6", true},
		{"multipart forms, unlike an unknown user", always(http.StatusUnauthorized, multipart...), false, node, "REQ-5", false},
		{"urlencoded forms, unlike an unknown user", always(http.StatusUnauthorized, urlencoded...), false, java, "REQ-4", false},
		{"multipart forms, for another reason", marked("Long", multipart...), true, node, "REQ-5", false},
		{"urlencoded forms, for another reason", marked("Long", urlencoded...), true, java, "REQ-4", false},
		{"a spelling", always(http.StatusUnauthorized, rewritten, everyByte), true, everyByte, "REQ-6", false},
	} {
		made := met(t, c.target, func(e *diagnosis.Evidence) { e.Stranger = func(*check.Login) bool { return c.stranger } })
		var violation *outcome.Violation
		require.ErrorAs(t, made.Login(c.login, c.clause), &violation, c.name)
		const question = "; an unknown user gets the same response: are the values decoded as they were sent?"
		if c.asked {
			assert.Contains(t, violation.Hint, question, c.name)
		} else {
			assert.NotContains(t, violation.Hint, "unknown user", c.name)
		}
	}
}

// A login is in doubt once, whatever speaks against it, and beside others.
func TestDoubts(t *testing.T) {
	t.Parallel()
	names := func(made *diagnosis.Report) []string {
		var all []string
		for _, request := range made.Doubts() {
			all = append(all, request.Name)
		}
		return all
	}
	marks := func(of map[string]http.Header) target {
		return func(request exchange.Request, _ int) (int, http.Header) { return http.StatusOK, of[request.Name] }
	}
	for _, c := range []struct {
		name   string
		target target
		change func(*diagnosis.Evidence)
		want   []string
	}{
		{"one, for two reasons", marks(map[string]http.Header{java: {"Long": {"1"}, "Unsigned": {"1"}}}), nil, []string{java}},
		{"two", marks(map[string]http.Header{java: {"Long": {"1"}}, node: {"Unsigned": {"1"}}}), nil, []string{java, node}},
		{"one that was repeated once", marked("Long", java), func(e *diagnosis.Evidence) {
			e.Repeats[java] = []*check.Login{e.Logins[4]}
		}, []string{java}},
		{"none that may not be repeated", marked("Long", java), func(e *diagnosis.Evidence) { e.Repeatable = false }, nil},
	} {
		var first *diagnosis.Report
		met(t, c.target, func(e *diagnosis.Evidence) {
			if c.change != nil {
				c.change(e)
			}
			first = diagnosis.Assess(*e)
		})
		assert.Equal(t, c.want, names(first), c.name)
	}
}

// What would tell more, and may not be sent any more, leaves it open what is to blame.
func TestNothingMayBeSent(t *testing.T) {
	t.Parallel()
	last := func(e *diagnosis.Evidence) { e.Repeatable = false }
	made := met(t, always(http.StatusBadRequest, rewritten), last)
	require.ErrorContains(t, made.Login(rewritten, "REQ-6"), "the login with the parameters in reverse order was not sent")
	assert.Equal(t, inconclusive, outcomeOf(made.Login(rewritten, "REQ-6")))
	made = met(t, always(0, rewritten), last)
	require.ErrorContains(t, made.Part("a charset on the content type", "REQ-6"), "nobody answered the login with a rewritten form")
	made = met(t, always(http.StatusOK), func(e *diagnosis.Evidence) { e.Logins = e.Logins[:1] })
	require.ErrorContains(t, made.Part("a charset on the content type", "REQ-6"), "the login with a rewritten form was not sent")
	made = met(t, always(0, java), func(e *diagnosis.Evidence) { e.Checks = nil })
	assert.Equal(t, inconclusive, outcomeOf(made.Login(java, "REQ-4")), "nothing is checked")
	assert.Equal(t, kept, outcomeOf(made.Login(ordinary, "REQ-4")), "nothing is checked")
}

// Who differs from itself breaks OK-5, but for advice, and for what relates logins: that is broken by it.
func TestWavering(t *testing.T) {
	t.Parallel()
	again := func(mark string) target {
		return func(request exchange.Request, time int) (int, http.Header) {
			if request.Name == java && time == 1 {
				return http.StatusOK, http.Header{mark: {"1"}}
			}
			return http.StatusOK, nil
		}
	}
	repeated := func(e *diagnosis.Evidence) { e.Repeats[java] = []*check.Login{e.Logins[0]} }
	made := met(t, again("Stored"), repeated)
	assert.Equal(t, violated, outcomeOf(made.Own("is not stored")))
	assert.Equal(t, kept, outcomeOf(made.Steady()))
	made = met(t, again("Unsigned"), repeated)
	assert.Equal(t, kept, outcomeOf(made.Own("is signed")))
	assert.Equal(t, violated, outcomeOf(made.Steady()))

	// The ordinary login, badly answered when it is repeated.
	for _, c := range []struct {
		check  diagnosis.Check
		steady string
	}{
		{diagnosis.Check{Step: "x", Clause: "ADV-1", Advisory: true}, kept},
		{diagnosis.Check{Step: "x", Clause: "TOK-9"}, violated},
	} {
		made = met(t, always(http.StatusOK), func(e *diagnosis.Evidence) {
			e.Repeats[ordinary] = []*check.Login{refused(e.Logins[0].Request)}
			c.check.Judge = func(l *check.Login) error {
				if l.Status == http.StatusForbidden {
					return &outcome.Violation{Expected: "another status"}
				}
				return nil
			}
			e.Checks = []diagnosis.Check{c.check}
		})
		assert.Equal(t, c.steady, outcomeOf(made.Steady()), c.check.Clause)
	}
	made = met(t, always(http.StatusOK), func(e *diagnosis.Evidence) {
		e.Repeats[ordinary] = []*check.Login{refused(e.Logins[0].Request)}
		e.Checks = []diagnosis.Check{{Step: "x", Clause: "TOK-8", Relate: func(all []*check.Login) map[*check.Login]error {
			found := map[*check.Login]error{}
			for _, l := range all {
				if l.Status == http.StatusForbidden || l.Request.Name == java {
					found[l] = &outcome.Violation{Expected: "another status"}
				}
			}
			return found
		}}}
		e.Repeats[java] = []*check.Login{e.Logins[0]}
	})
	assert.Equal(t, kept, outcomeOf(made.Steady()))
	assert.Equal(t, violated, outcomeOf(made.Own("x")))
}

// Requests that differ in anything but their name are not the same one answered in two ways.
func TestSameRequest(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*exchange.Request)
		steady string
	}{
		"the name":     {func(*exchange.Request) {}, violated},
		"the encoding": {func(r *exchange.Request) { r.Encoding = exchange.Urlencoded }, kept},
		"the spelling": {func(r *exchange.Request) { r.Spelling = exchange.SpaceRaw }, kept},
		"the charset":  {func(r *exchange.Request) { r.Charset = true }, kept},
		"the boundary": {func(r *exchange.Request) { r.Boundary = exchange.WebKit }, kept},
		"the origin":   {func(r *exchange.Request) { r.FromPage = true }, kept},
		"a parameter":  {func(r *exchange.Request) { r.Params = r.Params[1:] }, kept},
		"the header":   {func(r *exchange.Request) { r.Header = http.Header{"Accept": {"*/*"}, "Accept-Encoding": {"br"}} }, kept},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			made := met(t, always(http.StatusOK), func(e *diagnosis.Evidence) {
				ordinary := catalogue().LoginIn(exchange.Multipart)
				other := ordinary
				other.Name = "another one"
				c.change(&other)
				e.Logins = []*check.Login{issued(ordinary, "26", 1), refused(other)}
				e.Checks, e.Repeatable = e.Checks[:1], false
			})
			assert.Equal(t, c.steady == violated, outcomeOf(made.Steady()) == violated)
		})
	}
}

// What a wavering response has to do with the server's log is said of failures alone.
func TestSteadyHints(t *testing.T) {
	t.Parallel()
	made := met(t, func(request exchange.Request, time int) (int, http.Header) {
		if request.Name == node && time == 1 {
			return http.StatusForbidden, nil
		}
		return http.StatusOK, nil
	})
	var violation *outcome.Violation
	require.ErrorAs(t, made.Steady(), &violation)
	assert.Empty(t, violation.Hint)
	assert.Contains(t, violation.Received(), "in 1 of 9 logins")
	require.EqualError(t, met(t, everything(http.StatusUnauthorized)).Steady(), "it builds on OK-1: the ordinary login was answered with status 401")
}

// A login that breaks something for another reason than what is looked for builds on the clause that is broken.
func TestWhatOthersBuildOn(t *testing.T) {
	t.Parallel()
	made := met(t, always(http.StatusUnsupportedMediaType, node, browser, extended, turnedAround, extra))
	var blocked *outcome.Unjudged
	require.ErrorAs(t, made.Login(browser, "REQ-3"), &blocked)
	assert.Equal(t, &outcome.Unjudged{By: "REQ-5", Reason: "the browser sample's login was answered with status 415"}, blocked)
	require.ErrorAs(t, met(t, everything(http.StatusUnauthorized), func(e *diagnosis.Evidence) { e.NeedsAuthorization = true }).Own("succeeds"), &blocked)
	assert.Contains(t, blocked.Reason, "status 401")
	require.ErrorAs(t, met(t, everything(http.StatusFound)).Own("succeeds"), &blocked)
	assert.Equal(t, "the login was redirected with status 302", blocked.Reason)
}

// Rules about what is sent compressed are not those about who offers it: then the check's own clause is broken.
func TestCompressedResponses(t *testing.T) {
	t.Parallel()
	made := met(t, func(request exchange.Request, _ int) (int, http.Header) {
		if request.Header.Get("Accept-Encoding") == "" {
			return http.StatusOK, nil
		}
		return http.StatusOK, http.Header{"Content-Encoding": {"gzip"}, "Long": {"1"}}
	})
	assert.Equal(t, violated, outcomeOf(made.Own("is short-lived")))
	assert.Equal(t, kept, outcomeOf(made.Login(java, "REQ-4")))
}

// Where what lacks a parameter gets the same response as every login, it is asked whether the form is parsed at all.
func TestUnparsedForms(t *testing.T) {
	t.Parallel()
	const question = "is the form parsed?"
	for _, c := range []struct {
		name     string
		status   int
		rejected func([]*check.Login) *outcome.Rejection
		asked    bool
	}{
		{"nothing is known of a rejection", http.StatusUnauthorized, func([]*check.Login) *outcome.Rejection { return nil }, true},
		{"another kind of response", http.StatusConflict, func([]*check.Login) *outcome.Rejection { return nil }, false},
		{"nobody asks", http.StatusUnauthorized, nil, false},
	} {
		made := met(t, everything(c.status), func(e *diagnosis.Evidence) {
			e.Rejected = c.rejected
			e.Checks = append(e.Checks, diagnosis.Check{Step: "is there", Clause: "REQ-1", Judge: func(*check.Login) error {
				return &outcome.Violation{Expected: "a place"}
			}})
		})
		var violation *outcome.Violation
		require.ErrorAs(t, made.Own("succeeds"), &violation, c.name)
		assert.Equal(t, c.asked, strings.Contains(violation.Hint, question), c.name)
		require.ErrorAs(t, made.Own("is there"), &violation, c.name)
		assert.Empty(t, violation.Hint, c.name)
	}
}

// That no charset is named is blamed only where naming one is known to help.
func TestNoCharsetTried(t *testing.T) {
	t.Parallel()
	values := requests.Catalogue{Username: "qa user", Password: "S3cret=pass", Company: "Müller"}
	made := metWith(t, values, func(request exchange.Request, _ int) (int, http.Header) {
		if request.Encoding == exchange.Urlencoded {
			return http.StatusBadRequest, nil
		}
		return http.StatusOK, nil
	}, func(e *diagnosis.Evidence) {
		e.Logins = slices.DeleteFunc(e.Logins, func(l *check.Login) bool { return l.Request.Charset })
		e.Bundles = e.Bundles[1:]
	})
	assert.Contains(t, blamed(made), "REQ-4, a urlencoded form")
}

// That a parameter too many gets no response excuses no other login.
func TestExtraParameterExcusesItselfAlone(t *testing.T) {
	t.Parallel()
	made := met(t, always(0, extended, java), func(e *diagnosis.Evidence) {
		e.Logins = append(e.Logins, unanswered(catalogue().Extended().Parts[1]))
	})
	require.ErrorContains(t, made.Steady(), java)
	assert.Equal(t, inconclusive, outcomeOf(made.Steady()))
}
