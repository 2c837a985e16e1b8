package diagnosis_test

import (
	"errors"
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
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/schema"
)

// catalogue has values with a space and with reserved characters, which suit every sample.
func catalogue() requests.Catalogue {
	return requests.Catalogue{Username: "qa user", Password: "S3cret=pass", Company: "Acme Sons"}
}

// Names of requests.
const (
	ordinary     = "the ordinary login"
	node         = "the Node.js sample's login"
	browser      = "the browser sample's login"
	python       = "the Python sample's login"
	java         = "the Java sample's login"
	shell        = "the Shell sample's login"
	turnedAround = "the login with the parameters of a multipart form in reverse order"
	rewritten    = "the login with a rewritten form"
	extended     = "the login with an extended form"
	stray        = "the login with a stray Basic authorization"
	everyByte    = "the login with every byte of a value percent-encoded"
	reversed     = "the login with the parameters in reverse order"
	charset      = "the login with a charset on the content type"
	extra        = "the login with an unknown extra parameter"
	unauthorized = "the browser sample's login without its authorization"
	fromNoPage   = "the browser sample's login without its Origin"
	ownName      = " under the suite's own name" // what is added to a sample's
	encoded      = " with encoded values"        // what is added to the Shell sample's
)

// target answers a valid login, sent for the nth time, with a status and a header, which the checks of these tests
// read; 0 stands for no answer.
type target func(request exchange.Request, time int) (status int, header http.Header)

// always is a target that answers some requests, by name, with a status, and grants all others.
func always(status int, names ...string) target {
	return func(request exchange.Request, _ int) (int, http.Header) {
		if slices.Contains(names, request.Name) {
			return status, nil
		}
		return http.StatusOK, nil
	}
}

// marked is a target that grants all logins, and marks the answers to some.
func marked(mark string, names ...string) target {
	return func(request exchange.Request, _ int) (int, http.Header) {
		if slices.Contains(names, request.Name) {
			return http.StatusOK, http.Header{mark: {"1"}}
		}
		return http.StatusOK, nil
	}
}

// run is what the logins of a run come to.
type run struct {
	*diagnosis.Report
	asked    []string // what was sent to settle doubts
	evidence diagnosis.Evidence
}

// met sends all logins to a target, and what they leave in doubt, as a run does.
func met(t *testing.T, answer target, changes ...func(*diagnosis.Evidence)) run {
	t.Helper()
	return metWith(t, catalogue(), answer, changes...)
}

// metWith does so with other values.
func metWith(t *testing.T, c requests.Catalogue, answer target, changes ...func(*diagnosis.Evidence)) run {
	t.Helper()
	schemas, err := schema.Load()
	require.NoError(t, err)
	judge := &check.Judge{Schemas: schemas, Secrets: &redact.Secrets{}}
	times := map[string]int{}
	send := func(request exchange.Request) *check.Login {
		times[request.Name]++
		status, header := answer(request, times[request.Name])
		if status == 0 {
			return judge.Login(exchange.Withheld(request, exchange.Failure{Sentence: "nobody answered " + request.Name}))
		}
		return judge.Login(&exchange.Exchange{Request: request, Status: status, Header: header, Raw: []byte("{}")})
	}
	evidence := diagnosis.Evidence{
		Checks:   []diagnosis.Check{succeeds(judge), short(judge), sealed(judge), stored(judge)},
		Repeats:  map[string][]*check.Login{},
		Stranger: func(*check.Login) bool { return false },
		Bundles:  c.Bundles(), Repeatable: true,
	}
	for _, request := range c.EveryLogin() {
		evidence.Logins = append(evidence.Logins, send(request))
	}
	for _, change := range changes {
		change(&evidence)
	}
	made := run{Report: diagnosis.Assess(evidence)}
	for len(made.Doubts()) > 0 && len(made.asked) < 12 {
		request := made.Doubts()[0]
		made.asked = append(made.asked, request.Name)
		if slices.ContainsFunc(evidence.Logins, func(l *check.Login) bool { return l.Request.Name == request.Name }) {
			evidence.Repeats[request.Name] = append(evidence.Repeats[request.Name], send(request))
		} else {
			evidence.Logins = append(evidence.Logins, send(request))
		}
		made.Report = diagnosis.Assess(evidence)
	}
	evidence.Repeatable = false
	made.Report, made.evidence = diagnosis.Assess(evidence), evidence
	assert.Empty(t, made.Doubts(), "none are left once no login may be repeated")
	return made
}

// The checks of these tests: one that needs no grant, and three that do.

func succeeds(judge *check.Judge) diagnosis.Check {
	return diagnosis.Check{Step: "succeeds", Clause: "OK-1", Alike: true, Judge: judge.Succeeds}
}

func short(judge *check.Judge) diagnosis.Check {
	return diagnosis.Check{Step: "is short-lived", Clause: "TOK-4", Alike: true, Judge: unlike(judge, "Long")}
}

func sealed(judge *check.Judge) diagnosis.Check {
	return diagnosis.Check{Step: "is signed", Clause: "TOK-9", Judge: unlike(judge, "Unsigned")}
}

func stored(judge *check.Judge) diagnosis.Check {
	return diagnosis.Check{Step: "is not stored", Clause: "ADV-1", Advisory: true, Judge: unlike(judge, "Stored")}
}

// unlike judges that a granted login's answer lacks a mark; "Unread" leaves anything open.
func unlike(judge *check.Judge, mark string) check.LoginCheck {
	return func(l *check.Login) error {
		if err := judge.DeclaredJSON(l); outcome.Of(err) != outcome.Violated && err != nil {
			return err
		}
		if l.Header.Get("Unread") != "" {
			return &outcome.Unknown{Reason: "too long to be read"}
		}
		if l.Header.Get(mark) != "" {
			return &outcome.Violation{Expected: "no mark", Got: mark}
		}
		return nil
	}
}

// outcomeOf is an outcome.Kind, or "by X" where clause X blocks it.
func outcomeOf(err error) string {
	var blocked *outcome.Unjudged
	if errors.As(err, &blocked) {
		return "by " + blocked.By
	}
	return string(outcome.Of(err))
}

const (
	kept         = string(outcome.Kept)
	violated     = string(outcome.Violated)
	inconclusive = string(outcome.Inconclusive)
)

// judged is a login, under the rule of the clause that it was made for.
type judged struct{ name, clause string }

// Whatever is answered badly, the one clause that it breaks is told, and what that leaves unjudged.
func TestAssess(t *testing.T) {
	t.Parallel()
	multipart := []string{node, browser, extended, turnedAround, extra}
	urlencoded := []string{ordinary, python, java, shell, rewritten, stray, everyByte, reversed, charset}
	twice := func(names ...string) []string {
		var all []string
		for _, name := range names {
			all = append(all, name, name)
		}
		return all
	}
	for _, c := range []struct {
		name   string
		target target
		change func(*diagnosis.Evidence)
		own    map[string]string // by step; kept, where it is not named
		logins map[judged]string // kept, where it is not named
		steady string
		asked  []string
		hint   map[judged]string
	}{
		{name: "all is well", target: always(http.StatusOK)},
		{
			name: "all are refused", target: func(exchange.Request, int) (int, http.Header) { return http.StatusUnauthorized, nil },
			own: map[string]string{"succeeds": violated, "is short-lived": "by OK-1", "is signed": "by OK-1", "is not stored": "by OK-1"},
			logins: map[judged]string{
				{node, "REQ-5"}: "by OK-1", {browser, "REQ-3"}: "by OK-1", {python, "REQ-4"}: "by OK-1", {java, "REQ-4"}: "by OK-1", {shell, "REQ-4"}: "by OK-1",
				{rewritten, "REQ-6"}: "by OK-1", {extended, "ADV-10"}: "by OK-1", {ordinary, "REQ-2"}: "by OK-1",
			},
			steady: "by OK-1",
		},
		{
			name: "all are refused for want of an authorization", target: func(exchange.Request, int) (int, http.Header) { return http.StatusUnauthorized, nil },
			change: func(e *diagnosis.Evidence) { e.NeedsAuthorization = true },
			own:    map[string]string{"succeeds": "by REQ-2", "is short-lived": "by REQ-2", "is signed": "by REQ-2", "is not stored": "by REQ-2"},
			logins: map[judged]string{
				{ordinary, "REQ-2"}: violated,
				{node, "REQ-5"}:     "by REQ-2", {browser, "REQ-3"}: "by REQ-2", {python, "REQ-4"}: "by REQ-2", {java, "REQ-4"}: "by REQ-2", {shell, "REQ-4"}: "by REQ-2",
				{rewritten, "REQ-6"}: "by REQ-2", {extended, "ADV-10"}: "by REQ-2",
			},
			steady: "by REQ-2",
		},
		{
			name: "all are redirected", target: func(exchange.Request, int) (int, http.Header) { return http.StatusFound, nil },
			own: map[string]string{"succeeds": "by REF-6", "is short-lived": "by REF-6", "is signed": "by REF-6", "is not stored": "by REF-6"},
			logins: map[judged]string{
				{node, "REQ-5"}: "by REF-6", {browser, "REQ-3"}: "by REF-6", {python, "REQ-4"}: "by REF-6", {java, "REQ-4"}: "by REF-6", {shell, "REQ-4"}: "by REF-6",
				{rewritten, "REQ-6"}: "by REF-6", {extended, "ADV-10"}: "by REF-6", {ordinary, "REQ-2"}: "by REF-6",
			},
			steady: "by REF-6",
		},
		{
			name: "none is answered", target: func(exchange.Request, int) (int, http.Header) { return 0, nil },
			own: map[string]string{"succeeds": inconclusive, "is short-lived": inconclusive, "is signed": inconclusive, "is not stored": inconclusive},
			logins: map[judged]string{
				{node, "REQ-5"}: inconclusive, {browser, "REQ-3"}: inconclusive, {python, "REQ-4"}: inconclusive, {java, "REQ-4"}: inconclusive, {shell, "REQ-4"}: inconclusive,
				{rewritten, "REQ-6"}: inconclusive, {extended, "ADV-10"}: inconclusive, {ordinary, "REQ-2"}: inconclusive,
			},
			steady: inconclusive,
		},
		{
			name: "all that nobody leaves unread are marked", target: func(request exchange.Request, _ int) (int, http.Header) {
				if request.Name == ordinary {
					return http.StatusOK, http.Header{"Unread": {"1"}}
				}
				return http.StatusOK, http.Header{"Long": {"1"}}
			},
			own: map[string]string{"is short-lived": violated, "is signed": inconclusive, "is not stored": inconclusive},
		},
		{
			name: "one is read, and marked", target: func(request exchange.Request, _ int) (int, http.Header) {
				if request.Name == java {
					return http.StatusOK, http.Header{"Long": {"1"}}
				}
				return http.StatusOK, http.Header{"Unread": {"1"}}
			},
			own: map[string]string{"is short-lived": violated, "is signed": inconclusive, "is not stored": inconclusive}, asked: twice(java),
		},
		{
			name: "one is read, and marked once", target: func(request exchange.Request, time int) (int, http.Header) {
				switch {
				case request.Name != java:
					return http.StatusOK, http.Header{"Unread": {"1"}}
				case time == 1:
					return http.StatusOK, http.Header{"Long": {"1"}}
				default:
					return http.StatusOK, nil
				}
			},
			own:    map[string]string{"is short-lived": inconclusive, "is signed": inconclusive, "is not stored": inconclusive},
			steady: violated, asked: []string{java},
		},
		{
			name: "one is not answered", target: always(0, java),
			logins: map[judged]string{{java, "REQ-4"}: inconclusive}, steady: inconclusive,
		},
		{
			name: "one is answered in a way that nobody reads", target: marked("Unread", java),
			own: map[string]string{"is short-lived": inconclusive, "is signed": inconclusive, "is not stored": inconclusive},
		},
		{
			name: "the Node.js sample is refused", target: always(http.StatusBadRequest, node),
			logins: map[judged]string{{node, "REQ-5"}: violated}, asked: append(twice(node), node+ownName),
			hint: map[judged]string{{node, "REQ-5"}: "no User-Agent"},
		},
		{
			name: "the Java sample is refused", target: always(http.StatusBadRequest, java),
			logins: map[judged]string{{java, "REQ-4"}: violated}, asked: append(twice(java), java+ownName),
			hint: map[judged]string{{java, "REQ-4"}: "the User-Agent okhttp/3.13.1"},
		},
		{
			name: "the Java sample is refused, whatever it calls itself", target: always(http.StatusBadRequest, java, java+ownName),
			logins: map[judged]string{{java, "REQ-4"}: violated}, asked: append(twice(java), java+ownName),
			hint: map[judged]string{{java, "REQ-4"}: "what OkHttp sends along"},
		},
		{
			name: "three clients are refused by their names", target: always(http.StatusForbidden, python, java, shell),
			logins: map[judged]string{{python, "REQ-4"}: violated, {java, "REQ-4"}: violated, {shell, "REQ-4"}: violated},
			asked:  twice(python),
			hint:   map[judged]string{{python, "REQ-4"}: "the User-Agent python-requests/2.28.1", {shell, "REQ-4"}: "the User-Agent curl/7.88.1"},
		},
		{
			name: "pages of the endpoint's own origin are refused", target: always(http.StatusForbidden, browser, unauthorized, browser+ownName),
			logins: map[judged]string{{browser, "REQ-5"}: violated, {browser, "REQ-3"}: "by REQ-5"},
			asked:  append(twice(browser), unauthorized, fromNoPage),
			hint:   map[judged]string{{browser, "REQ-5"}: "an Origin, the endpoint's own"},
		},
		{
			name: "the browser is refused by its name", target: always(http.StatusForbidden, browser, unauthorized, fromNoPage),
			logins: map[judged]string{{browser, "REQ-5"}: violated, {browser, "REQ-3"}: "by REQ-5"},
			asked:  append(twice(browser), unauthorized, fromNoPage, browser+ownName),
			hint:   map[judged]string{{browser, "REQ-5"}: "the User-Agent Mozilla/5.0"},
		},
		{
			name: "all but the browser are refused by their names", target: func(request exchange.Request, _ int) (int, http.Header) {
				if strings.HasPrefix(request.Header.Get("User-Agent"), "Mozilla") {
					return http.StatusOK, nil
				}
				return http.StatusForbidden, nil
			},
			logins: map[judged]string{
				{python, "REQ-4"}: violated, {java, "REQ-4"}: violated, {shell, "REQ-4"}: violated, {node, "REQ-5"}: violated,
				{ordinary, "REQ-2"}: "by REQ-5", {rewritten, "REQ-6"}: "by REQ-5", {extended, "ADV-10"}: "by REQ-5",
			},
			asked: twice(ordinary),
		},
		{
			name: "the suite and who does not name itself are refused", target: func(request exchange.Request, _ int) (int, http.Header) {
				if request.Header.Get("User-Agent") == "" {
					return http.StatusForbidden, nil
				}
				return http.StatusOK, nil
			},
			logins: map[judged]string{{node, "REQ-5"}: violated, {ordinary, "REQ-2"}: "by REQ-5", {rewritten, "REQ-6"}: "by REQ-5", {extended, "ADV-10"}: "by REQ-5"},
			asked:  twice(ordinary),
		},
		{
			name: "the suite is refused by its name", target: func(request exchange.Request, _ int) (int, http.Header) {
				if _, told := request.Header["User-Agent"]; told {
					return http.StatusOK, nil
				}
				return http.StatusForbidden, nil
			},
			logins: map[judged]string{{ordinary, "REQ-2"}: inconclusive, {rewritten, "REQ-6"}: inconclusive, {extended, "ADV-10"}: inconclusive},
			steady: inconclusive, asked: twice(ordinary),
		},
		{
			name: "the Node.js sample is refused once", target: func(request exchange.Request, time int) (int, http.Header) {
				if request.Name == node && time == 1 {
					return http.StatusInternalServerError, nil
				}
				return http.StatusOK, nil
			},
			steady: violated, asked: []string{node},
		},
		{
			name: "the Node.js sample is refused twice", target: func(request exchange.Request, time int) (int, http.Header) {
				if request.Name == node && time <= 2 {
					return http.StatusInternalServerError, nil
				}
				return http.StatusOK, nil
			},
			steady: violated, asked: twice(node),
		},
		{
			name: "the Node.js sample is refused, and then nobody answers", target: func(request exchange.Request, time int) (int, http.Header) {
				if request.Name == node {
					return map[bool]int{true: http.StatusInternalServerError}[time == 1], nil
				}
				return http.StatusOK, nil
			},
			logins: map[judged]string{{node, "REQ-5"}: inconclusive}, steady: inconclusive, asked: twice(node),
		},
		{
			name: "multipart forms are refused", target: always(http.StatusUnsupportedMediaType, multipart...),
			logins: map[judged]string{{node, "REQ-5"}: violated, {browser, "REQ-3"}: "by REQ-5", {extended, "ADV-10"}: "by REQ-5"},
			asked:  twice(node),
			hint:   map[judged]string{{node, "REQ-5"}: "a multipart form"},
		},
		{
			name: "the values of multipart forms are not understood", target: always(http.StatusUnauthorized, multipart...),
			change: func(e *diagnosis.Evidence) { e.Stranger = func(*check.Login) bool { return true } },
			logins: map[judged]string{{node, "REQ-5"}: "by REQ-6", {browser, "REQ-3"}: "by REQ-6", {extended, "REQ-6"}: violated, {extended, "ADV-10"}: "by REQ-6"},
			asked:  twice(node),
		},
		{
			name: "urlencoded forms are refused", target: always(http.StatusUnsupportedMediaType, urlencoded...),
			logins: map[judged]string{
				{ordinary, "REQ-2"}: "by REQ-4", {java, "REQ-4"}: violated, {shell, "REQ-4"}: violated,
				{python, "REQ-4"}: violated, {rewritten, "REQ-6"}: "by REQ-4",
			},
			asked: twice(ordinary),
		},
		{
			name: "a stray authorization does harm", target: always(http.StatusUnauthorized, browser, rewritten, stray),
			logins: map[judged]string{{browser, "REQ-3"}: violated, {rewritten, "REQ-6"}: "by REQ-3"},
			asked:  append(twice(browser), reversed, everyByte, charset, stray, unauthorized),
		},
		{
			name: "the browser sample does harm beside its authorization", target: always(http.StatusUnauthorized, browser),
			logins: map[judged]string{{browser, "REQ-3"}: violated},
			asked:  append(twice(browser), unauthorized),
		},
		{
			name: "the browser sample does harm, whatever it is sent without", target: always(http.StatusUnauthorized, browser, unauthorized, fromNoPage, browser+ownName),
			logins: map[judged]string{{browser, "REQ-3"}: "by REQ-5"},
			asked:  append(twice(browser), unauthorized, fromNoPage, browser+ownName),
			hint:   map[judged]string{{browser, "REQ-5"}: "what browsers send along"},
		},
		{
			name: "all variations at once do harm", target: always(http.StatusBadRequest, rewritten),
			logins: map[judged]string{{rewritten, "REQ-6"}: violated},
			asked:  append(twice(rewritten), reversed, everyByte, charset, stray),
			hint:   map[judged]string{{rewritten, "REQ-6"}: "all variations at once"},
		},
		{
			name: "all variations at once do harm, and what one does alone nobody knows", target: func(request exchange.Request, _ int) (int, http.Header) {
				switch request.Name {
				case rewritten:
					return http.StatusBadRequest, nil
				case everyByte:
					return 0, nil
				default:
					return http.StatusOK, nil
				}
			},
			logins: map[judged]string{{rewritten, "REQ-6"}: inconclusive}, steady: inconclusive,
			asked: append(twice(rewritten), reversed, everyByte, charset, stray),
		},
		{
			name: "one variation does harm", target: always(http.StatusBadRequest, rewritten, everyByte),
			logins: map[judged]string{{rewritten, "REQ-6"}: violated},
			asked:  append(twice(rewritten), reversed, everyByte, charset, stray),
			hint:   map[judged]string{{rewritten, "REQ-6"}: "every byte percent-encoded"},
		},
		{
			name: "an extra parameter does harm", target: always(http.StatusBadRequest, extended, extra),
			logins: map[judged]string{{extended, "ADV-10"}: violated},
			asked:  append(twice(extended), turnedAround, extra),
		},
		{
			name: "another origin does harm", target: always(http.StatusForbidden, extended, "the login with another origin"),
			change: fromOtherOrigin,
			logins: map[judged]string{{extended, "ADV-7"}: violated, {extended, "ADV-10"}: "by ADV-7"},
			asked:  append(twice(extended), turnedAround, extra, "the login with another origin"),
			hint:   map[judged]string{{extended, "ADV-7"}: "another origin than the endpoint's"},
		},
		{
			name: "a charset does harm", target: always(http.StatusBadRequest, rewritten, charset),
			logins: map[judged]string{{rewritten, "REQ-6"}: violated},
			asked:  append(twice(rewritten), reversed, everyByte, charset, stray),
			hint:   map[judged]string{{rewritten, "REQ-6"}: "a charset"},
		},
		{
			name: "the ordinary login is refused the second time", target: func(request exchange.Request, time int) (int, http.Header) {
				if request.Name == node || request.Name == ordinary && time == 2 {
					return http.StatusForbidden, nil
				}
				return http.StatusOK, nil
			},
			change: func(e *diagnosis.Evidence) {
				e.Repeats[ordinary] = append(e.Repeats[ordinary], refused(e.Logins[0].Request)) // as a run repeats it first
			},
			steady: violated,
		},
		{
			name: "the ordinary login is not answered the second time", target: always(http.StatusBadRequest, java),
			change: func(e *diagnosis.Evidence) {
				e.Repeats[ordinary] = append(e.Repeats[ordinary], unanswered(e.Logins[0].Request))
			},
			logins: map[judged]string{{java, "REQ-4"}: violated}, asked: append(twice(java), java+ownName),
		},
		{
			name: "the ordinary login is refused the second time, and another one every time", target: always(http.StatusForbidden, node),
			change: func(e *diagnosis.Evidence) {
				e.Repeats[ordinary] = append(e.Repeats[ordinary], refused(e.Logins[0].Request))
				e.Repeats[node] = append(e.Repeats[node], refused(e.Logins[1].Request), refused(e.Logins[1].Request))
			},
			steady: violated,
		},
		{
			name: "the ordinary login is refused when it is sent once more", target: always(http.StatusOK),
			change: func(e *diagnosis.Evidence) { e.Logins = append(e.Logins, refused(catalogue().LoginAgain())) },
			steady: violated,
		},
		{
			name: "one is refused now and then, and another one twice by chance", target: func(request exchange.Request, time int) (int, http.Header) {
				if request.Name == java && time == 1 || request.Name == node && time == 1 {
					return http.StatusForbidden, nil
				}
				return http.StatusOK, nil
			},
			change: func(e *diagnosis.Evidence) {
				e.Repeats[node] = append(e.Repeats[node], refused(e.Logins[1].Request), refused(e.Logins[1].Request))
				e.Repeats[java] = append(e.Repeats[java], e.Logins[0])
			},
			steady: violated, asked: []string{node},
		},
		{
			name: "one is refused now and then, and another one every time", target: always(http.StatusForbidden, java, node),
			change: func(e *diagnosis.Evidence) {
				e.Repeats[node] = append(e.Repeats[node], refused(e.Logins[1].Request), refused(e.Logins[1].Request))
				e.Repeats[java] = append(e.Repeats[java], e.Logins[0])
			},
			logins: map[judged]string{{node, "REQ-5"}: violated}, steady: violated, asked: twice(node),
		},
		{
			name: "an unlike answer, and then none", target: func(request exchange.Request, time int) (int, http.Header) {
				switch {
				case request.Name != java:
					return http.StatusOK, nil
				case time == 1:
					return http.StatusOK, http.Header{"Long": {"1"}}
				default:
					return 0, nil
				}
			},
			logins: map[judged]string{{java, "REQ-4"}: inconclusive}, steady: inconclusive, asked: twice(java),
		},
		{
			name: "none may be repeated", target: func(request exchange.Request, _ int) (int, http.Header) {
				if request.Name == java {
					return http.StatusOK, http.Header{"Long": {"1"}}
				}
				return http.StatusOK, http.Header{"Unread": {"1"}}
			},
			change: func(e *diagnosis.Evidence) { e.Repeatable = false },
			own:    map[string]string{"is short-lived": violated, "is signed": inconclusive, "is not stored": inconclusive},
		},
		{
			name: "multipart forms are answered unlike, and an unknown user alike", target: marked("Long", multipart...),
			change: func(e *diagnosis.Evidence) { e.Stranger = func(*check.Login) bool { return true } },
			logins: map[judged]string{{node, "REQ-5"}: violated}, asked: twice(node),
		},
		{
			name: "the Node.js sample is refused as an unknown user is", target: always(http.StatusUnauthorized, node),
			change: func(e *diagnosis.Evidence) { e.Stranger = func(*check.Login) bool { return true } },
			logins: map[judged]string{{node, "REQ-5"}: violated}, asked: append(twice(node), node+ownName),
		},
		{
			name:   "the values of urlencoded forms are not understood",
			target: always(http.StatusUnauthorized, urlencoded...),
			change: func(e *diagnosis.Evidence) { e.Stranger = func(*check.Login) bool { return true } },
			logins: map[judged]string{
				{ordinary, "REQ-2"}: "by REQ-6", {java, "REQ-4"}: "by REQ-6", {shell, "REQ-4"}: "by REQ-6",
				{python, "REQ-4"}: "by REQ-6", {rewritten, "REQ-6"}: violated,
			},
			asked: twice(ordinary),
		},
		{
			name: "an authorization is needed, and what it gets is unlike", target: func(request exchange.Request, _ int) (int, http.Header) {
				if request.Header.Get("Authorization") == "" {
					return http.StatusUnauthorized, nil
				}
				return http.StatusOK, http.Header{"Long": {"1"}}
			},
			change: func(e *diagnosis.Evidence) { e.NeedsAuthorization = true },
			own:    map[string]string{"is short-lived": violated},
			logins: map[judged]string{
				{ordinary, "REQ-2"}: violated,
				{node, "REQ-5"}:     "by REQ-2", {python, "REQ-4"}: "by REQ-2", {java, "REQ-4"}: "by REQ-2", {shell, "REQ-4"}: "by REQ-2",
				{extended, "ADV-10"}: "by REQ-2",
			},
			asked: append(twice(ordinary), ordinary+" beside a stray Basic authorization"),
		},
		{
			name: "what is not part of being answered alike", target: marked("Unsigned", java),
			own: map[string]string{"is signed": violated}, asked: twice(java),
		},
		{
			name: "what is part of being answered alike", target: marked("Long", java),
			logins: map[judged]string{{java, "REQ-4"}: violated}, asked: append(twice(java), java+ownName),
		},
		{
			name: "an advice that is not always kept", target: func(request exchange.Request, time int) (int, http.Header) {
				if request.Name == java && time == 1 {
					return http.StatusOK, http.Header{"Stored": {"1"}}
				}
				return http.StatusOK, nil
			},
			own: map[string]string{"is not stored": violated},
		},
		{
			name: "an answer packed as nobody offered", target: func(request exchange.Request, _ int) (int, http.Header) {
				if request.Name == node {
					return http.StatusOK, http.Header{"Content-Encoding": {"gzip"}}
				}
				return http.StatusOK, nil
			},
			logins: map[judged]string{{node, "REQ-5"}: "by OK-6"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var changes []func(*diagnosis.Evidence)
			if c.change != nil {
				changes = append(changes, c.change)
			}
			made := met(t, c.target, changes...)
			for _, step := range []string{"succeeds", "is short-lived", "is signed", "is not stored"} {
				assert.Equal(t, wanted(c.own[step]), outcomeOf(made.Own(step)), step)
			}
			for _, each := range []judged{
				{ordinary, "REQ-2"}, {node, "REQ-5"}, {browser, "REQ-3"}, {python, "REQ-4"}, {java, "REQ-4"}, {shell, "REQ-4"},
				{rewritten, "REQ-6"}, {extended, "ADV-10"},
			} {
				assert.Equal(t, wanted(c.logins[each]), outcomeOf(made.Login(each.name, each.clause)), each)
			}
			for each, hint := range c.hint {
				require.ErrorContains(t, made.Login(each.name, each.clause), "the only difference from the logins that pass: "+hint)
			}
			assert.Equal(t, wanted(c.steady), outcomeOf(made.Steady()), "steady")
			assert.Equal(t, c.asked, made.asked)
		})
	}
}

// fromOtherOrigin lets the extended login come from a page of another origin.
func fromOtherOrigin(e *diagnosis.Evidence) {
	bundle := catalogue().ExtendedFromOtherOrigin()
	e.Bundles = []requests.Bundle{catalogue().Rewritten(), bundle}
	for _, l := range e.Logins {
		if l.Request.Name == extended {
			l.Request = bundle.Login
		}
	}
}

func wanted(kind string) string {
	if kind == "" {
		return kept
	}
	return kind
}

// refused is a login that was answered with 403.
func refused(request exchange.Request) *check.Login {
	judge := &check.Judge{Secrets: &redact.Secrets{}}
	return judge.Login(&exchange.Exchange{Request: request, Status: http.StatusForbidden})
}

// unanswered is a login that nobody answered.
func unanswered(request exchange.Request) *check.Login {
	judge := &check.Judge{Secrets: &redact.Secrets{}}
	return judge.Login(exchange.Withheld(request, exchange.Failure{Sentence: "nobody answered"}))
}
