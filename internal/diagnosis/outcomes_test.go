package diagnosis_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/diagnosis"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// everything is a target that answers all logins with one status.
func everything(status int) target {
	return func(exchange.Request, int) (int, http.Header) { return status, nil }
}

// Where one variation of a bundle does harm, those of the others are kept; where only all of them do, none is judged.
func TestPart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		target target
		want   map[judged]string
	}{
		{"no harm", always(http.StatusOK), map[judged]string{{reversed, "REQ-6"}: kept, {everyByte, "REQ-6"}: kept, {stray, "REQ-3"}: kept}},
		{"one does harm", always(http.StatusBadRequest, rewritten, everyByte),
			map[judged]string{{reversed, "REQ-6"}: kept, {everyByte, "REQ-6"}: violated, {stray, "REQ-3"}: kept}},
		{"all at once do harm", always(http.StatusBadRequest, rewritten),
			map[judged]string{{reversed, "REQ-6"}: violated, {everyByte, "REQ-6"}: violated, {stray, "REQ-3"}: "by REQ-6"}},
		{"all logins do", everything(http.StatusBadRequest),
			map[judged]string{{reversed, "REQ-6"}: "by OK-1", {everyByte, "REQ-6"}: "by OK-1", {stray, "REQ-3"}: "by OK-1"}},
	} {
		made := met(t, c.target)
		for part, want := range c.want {
			assert.Equal(t, want, outcomeOf(made.Part(strings.TrimPrefix(part.name, "the login with "), part.clause)), "%s: %s", c.name, part.name)
		}
	}
}

func TestPartOfNoBundle(t *testing.T) {
	t.Parallel()
	require.ErrorContains(t, met(t, always(http.StatusOK)).Part("nothing of the kind", "REQ-6"), "no such variation")
}

func TestAccepted(t *testing.T) {
	t.Parallel()
	made := met(t, always(http.StatusUnsupportedMediaType, node, browser, turnedAround))
	assert.Equal(t, "by REQ-5", outcomeOf(made.Accepted(node)))
	assert.NoError(t, made.Accepted(ordinary))
	assert.NoError(t, made.Accepted("a login that was not sent"))
	assert.Equal(t, inconclusive, outcomeOf(met(t, always(0, node)).Accepted(node)))
	never := met(t, func(request exchange.Request, time int) (int, http.Header) {
		switch {
		case request.Name != node:
			return http.StatusOK, nil
		case time == 1:
			return http.StatusInternalServerError, nil
		default:
			return 0, nil
		}
	})
	assert.Equal(t, inconclusive, outcomeOf(never.Accepted(node)), "not answered when it was repeated")
	once := met(t, func(request exchange.Request, time int) (int, http.Header) {
		if request.Name == node && time == 1 {
			return http.StatusInternalServerError, nil
		}
		return http.StatusOK, nil
	})
	assert.NoError(t, once.Accepted(node), "granted when it was repeated")
}

// What builds on a clause that was not judged builds on the one that was broken.
func TestRoot(t *testing.T) {
	t.Parallel()
	blocked := func(by string) error { return &outcome.Unjudged{By: by, Reason: "a reason"} }
	needsAuthorization := met(t, everything(http.StatusUnauthorized), func(e *diagnosis.Evidence) { e.NeedsAuthorization = true })
	for _, c := range []struct {
		name string
		met  run
		err  error
		want string
	}{
		{"a clause that is broken", met(t, everything(http.StatusUnauthorized)), blocked("OK-1"), "by OK-1"},
		{"a clause that another one is blamed for", needsAuthorization, blocked("OK-1"), "by REQ-2"},
		{"a clause that builds on another one", met(t, everything(http.StatusFound)), blocked("OK-1"), "by REF-6"},
		{"a clause that is kept", met(t, always(http.StatusOK)), blocked("OK-1"), "by OK-1"},
		{"a clause of no check", met(t, everything(http.StatusFound)), blocked("ERR-5"), "by ERR-5"},
		{"no answer", needsAuthorization, &outcome.Unknown{Reason: "no answer"}, inconclusive},
		{"nothing", needsAuthorization, nil, kept},
	} {
		assert.Equal(t, c.want, outcomeOf(c.met.Root(c.err)), c.name)
	}
}

// Where no valid login is part of the run, nothing is known of any.
func TestNoLogins(t *testing.T) {
	t.Parallel()
	made := met(t, always(http.StatusOK), func(e *diagnosis.Evidence) { e.Logins = nil })
	assert.Nil(t, made.First())
	assert.Equal(t, inconclusive, outcomeOf(made.Own("succeeds")))
	require.ErrorContains(t, made.Own("succeeds"), "no valid login was sent")
	assert.Equal(t, inconclusive, outcomeOf(made.Steady()))
	require.ErrorContains(t, made.Login(ordinary, "REQ-4"), "the ordinary login was not sent")
	assert.Equal(t, "by OK-1", outcomeOf(made.Root(&outcome.Unjudged{By: "OK-1"})))
	require.ErrorContains(t, made.Own("no such step"), "not planned")
}

func TestFirst(t *testing.T) {
	t.Parallel()
	assert.Equal(t, ordinary, met(t, always(http.StatusOK)).First().Request.Name)
}

// The first of the bad answers is told, with the request that it came for.
func TestViolationNamesItsRequest(t *testing.T) {
	t.Parallel()
	var violation *outcome.Violation
	require.ErrorAs(t, met(t, everything(http.StatusUnauthorized)).Own("succeeds"), &violation)
	assert.Equal(t, ordinary, violation.Request)
	require.ErrorAs(t, met(t, always(http.StatusBadRequest, java)).Login(java, "REQ-4"), &violation)
	assert.Equal(t, java, violation.Request)
	assert.Contains(t, violation.Expected, "the same result as for other valid logins (OK-1: status 200 for a valid login)")
}

// How often identical requests are answered badly is said (OK-5).
func TestSteadySaysHowOften(t *testing.T) {
	t.Parallel()
	made := met(t, func(request exchange.Request, time int) (int, http.Header) {
		if request.Name == node && time == 1 {
			return http.StatusInternalServerError, nil
		}
		return http.StatusOK, nil
	})
	var violation *outcome.Violation
	require.ErrorAs(t, made.Steady(), &violation)
	assert.Equal(t, "identical requests to get the same kind of response (OK-1: status 200 for a valid login)", violation.Expected)
	assert.Regexp(t, `^status 500 Internal Server Error, body \{\}, in 1 of \d+ logins, among them the Node\.js sample's login$`, violation.Received())
	assert.Regexp(t, "^the server failed: see its log at ", violation.Hint)
}

// Where repeats do not tell why a login is answered badly, it is said how many were made and what came back (OK-5).
func TestSteadySaysWhatRepeatsGot(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		statuses []int // of the login, each time that it is sent
		want     string
	}{
		"none answered": {[]int{http.StatusUnauthorized, 0}, "^the Java sample's login got status 401, and was repeated 2 times \\(no response, no response\\): nobody answered "},
		"one answered":  {[]int{http.StatusUnauthorized, http.StatusBadRequest, 0}, "^the Java sample's login got status 401, and was repeated 2 times \\(status 400, no response\\): nobody answered "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			made := met(t, func(request exchange.Request, time int) (int, http.Header) {
				if strings.TrimSuffix(request.Name, ", repeated") == java {
					return c.statuses[min(time, len(c.statuses))-1], nil
				}
				return http.StatusOK, nil
			})
			err := made.Steady()
			assert.Equal(t, outcome.Inconclusive, outcome.Of(err))
			assert.Regexp(t, c.want, err.Error())
		})
	}
	made := met(t, always(http.StatusUnauthorized, extended), func(e *diagnosis.Evidence) { e.Repeatable = false })
	require.EqualError(t, made.Steady(), "the login with an extended form got status 401, and was not repeated: "+turnedAround+" was not sent")
	assert.Equal(t, outcome.Inconclusive, outcome.Of(made.Steady()))
}

// A bundle that nobody answers says nothing of its variations, and the logins that have one each do.
func TestUnanswered(t *testing.T) {
	t.Parallel()
	parts := []string{reversed, everyByte, charset, stray}
	for _, c := range []struct {
		name   string
		target target
		asked  []string
		steady string
		part   string // what the charset comes to
	}{
		{"a bundle", always(0, rewritten), parts, inconclusive, kept},
		{"a bundle, and a part of it alone", always(0, rewritten, charset), parts, inconclusive, inconclusive},
		{"a bundle, and another login", always(0, rewritten, java), nil, inconclusive, inconclusive},
		{"a bundle, for a rate limit", always(http.StatusTooManyRequests, rewritten), nil, inconclusive, inconclusive},
		{"a login", always(0, java), nil, inconclusive, kept},
		{"an extra parameter", always(0, extended, extra), []string{turnedAround, extra}, kept, kept},
		{"an extended form", always(0, extended), []string{turnedAround, extra}, inconclusive, kept},
		{"a form in reverse order", always(0, extended, turnedAround), []string{turnedAround, extra}, inconclusive, kept},
	} {
		made := met(t, c.target)
		assert.Equal(t, c.asked, made.asked, c.name)
		assert.Equal(t, c.steady, outcomeOf(made.Steady()), c.name)
		assert.Equal(t, c.part, outcomeOf(made.Part("a charset on the content type", "REQ-6")), c.name)
	}
}

// Where every login that is answered is rejected, what is known of that is said, unless nobody gets in without an
// authorization.
func TestRejection(t *testing.T) {
	t.Parallel()
	rejection := &outcome.Rejection{Status: http.StatusUnauthorized}
	for _, c := range []struct {
		name     string
		target   target
		change   func(*diagnosis.Evidence)
		rejected []string // the first and the last of the logins that are asked about; none where nothing is
	}{
		{"all", everything(http.StatusUnauthorized), nil, []string{ordinary, extended}},
		{"all but one that is not answered", func(request exchange.Request, _ int) (int, http.Header) {
			if request.Name == ordinary {
				return 0, nil
			}
			return http.StatusUnauthorized, nil
		}, nil, []string{node, extended}},
		{"none is answered", everything(0), nil, nil},
		{"an authorization is needed", everything(http.StatusUnauthorized), func(e *diagnosis.Evidence) { e.NeedsAuthorization = true }, nil},
		{"nothing is known", everything(http.StatusUnauthorized), func(e *diagnosis.Evidence) { e.Rejected = nil }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var about []string
			made := met(t, c.target, func(e *diagnosis.Evidence) {
				e.Checks = append(e.Checks, diagnosis.Check{Step: "is there", Clause: "REQ-1", Judge: func(*check.Login) error {
					return &outcome.Violation{Expected: "a place"}
				}})
				e.Rejected = func(all []*check.Login) *outcome.Rejection {
					about = []string{all[0].Request.Name, all[len(all)-1].Request.Name}
					return rejection
				}
				if c.change != nil {
					c.change(e)
				}
			})
			assert.Equal(t, c.rejected, about)
			if c.rejected == nil {
				assert.Nil(t, made.Rejection())
				return
			}
			assert.Equal(t, rejection, made.Rejection())
			assert.Equal(t, rejection, made.Own("succeeds"))
			assert.Equal(t, violated, outcomeOf(made.Own("is there")), "of another clause")
		})
	}
}

// What is sent under the suite's own name is barred only where it is refused, or not answered as others are, for that name.
func TestBarred(t *testing.T) {
	t.Parallel()
	own := func(status int, mark string) target {
		return func(request exchange.Request, _ int) (int, http.Header) {
			if _, told := request.Header["User-Agent"]; told {
				return http.StatusOK, nil
			}
			return status, http.Header{mark: {"1"}}
		}
	}
	for _, c := range []struct {
		name   string
		target target
		clause string // of the mark
		want   string
	}{
		{"refused", own(http.StatusForbidden, "None"), "TOK-4", inconclusive},
		{"without its members", own(http.StatusOK, "Long"), "OK-2", inconclusive},
		{"no JSON", own(http.StatusOK, "Long"), "OK-3", inconclusive},
		{"of another lifetime", own(http.StatusOK, "Long"), "TOK-4", kept},
		{"no difference", everything(http.StatusOK), "TOK-4", kept},
		{"all refused", everything(http.StatusForbidden), "TOK-4", kept},
	} {
		made := met(t, c.target, func(e *diagnosis.Evidence) { e.Checks[1].Clause = c.clause })
		assert.Equal(t, c.want, outcomeOf(made.Barred()), c.name)
	}
}

// Who gets tokens is told by encoding, so that it is known what a refusal in that encoding says.
func TestIssued(t *testing.T) {
	t.Parallel()
	all := func(bool) bool { return true }
	none := func(bool) bool { return false }
	inMultipart := func(multipart bool) bool { return multipart }
	inUrlencoded := func(multipart bool) bool { return !multipart }
	for _, c := range []struct {
		name                  string
		granted               func(multipart bool) bool
		change                func(*diagnosis.Evidence)
		multipart, urlencoded string
	}{
		{"to all", all, nil, kept, kept},
		{"to none", none, nil, "by OK-1", "by OK-1"},
		{"in multipart forms", inMultipart, nil, kept, "by REQ-4"},
		{"in urlencoded forms", inUrlencoded, nil, "by REQ-5", kept},
		{"to none at first", none, func(e *diagnosis.Evidence) {
			e.Repeats[ordinary] = []*check.Login{refused(e.Logins[0].Request), issued(e.Logins[0].Request, "26", 99)}
		}, kept, kept},
		{"to none but one in a multipart form", none, func(e *diagnosis.Evidence) {
			e.Repeats[node] = []*check.Login{issued(e.Logins[1].Request, "26", 99)}
		}, kept, kept},
		{"to no login", all, func(e *diagnosis.Evidence) { e.Logins = nil }, kept, kept},
	} {
		made := met(t, always(http.StatusOK), func(e *diagnosis.Evidence) {
			e.Checks, e.Repeatable = e.Checks[:1], false
			for i, l := range e.Logins {
				if e.Logins[i] = refused(l.Request); c.granted(l.Request.Encoding == exchange.Multipart) {
					e.Logins[i] = issued(l.Request, "26", i)
				}
			}
			if c.change != nil {
				c.change(e)
			}
		})
		assert.Equal(t, c.multipart, outcomeOf(made.Issued(exchange.Multipart)), c.name)
		assert.Equal(t, c.urlencoded, outcomeOf(made.Issued(exchange.Urlencoded)), c.name)
	}
}
