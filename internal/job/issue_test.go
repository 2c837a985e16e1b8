package job_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/result"
)

// judged returns a runner whose suite has found something.
func judged(t *testing.T, found *result.Result) *runner {
	t.Helper()
	r := newRunner(newFake(t))
	r.suite = func([]string, []string) int {
		r.write(found, time.March)
		return found.Verdict.ExitCode()
	}
	code, log := r.do(nil, "run", "bin/conformance")
	require.Equal(t, found.Verdict.ExitCode(), code, log)
	return r
}

// What an issue says, and the job's log. Where the login is rejected somebody has to act, so the first issue says what to
// check. A deviation that was accepted is no news.
func TestIssueBody(t *testing.T) {
	t.Parallel()
	accepted := violating("OK-3", "TOK-4")
	accepted.Deviations = []result.Deviation{{Clause: "OK-3", State: result.StateInForce}}
	for name, c := range map[string]struct {
		found     *result.Result
		log, says string
		body      string
	}{
		"violates":  {violating("TOK-4"), "violates TOK-4", "violates TOK-4", "## Conformance: violates"},
		"deviation": {accepted, "violates TOK-4", "violates TOK-4", "## Conformance: violates"},
		"rejected login": {
			rejecting(), "every valid login was rejected: check whether the account is locked", "login rejected",
			"Every valid login was rejected. Check whether the account is locked.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := judged(t, c.found)
			code, log := r.do(nil, "issue")
			assert.Equal(t, 1, code)
			assert.Contains(t, log, "::error title=conformance::staging: "+c.log+"\n")
			require.Len(t, r.issues, 1)
			body := r.issues[0].Body
			assert.True(t, strings.HasPrefix(body, "<!-- conformance of staging -->\n<!-- "+c.says+" -->\n"), body)
			assert.Contains(t, body, "[run](https://github.com/klearstack/conformance/actions/runs/42)")
			assert.Contains(t, body, c.body)
			for _, raw := range []string{"@octocat", "#1 ", "<img", "**bold**", "](https://evil", "-->]"} {
				assert.NotContains(t, body, raw)
			}
		})
	}
}

// What was not tested is listed in the issue, and in the comment that closes it.
func TestIssueSaysWhatWasNotTested(t *testing.T) {
	t.Parallel()
	untested := []result.Untested{
		{Clause: "TOK-9", Setting: "KLEARSTACK_JWT_KEY", Reason: "set KLEARSTACK_JWT_KEY to the key", Whole: true, Cases: []string{"a", "b"}, Of: 2},
		{Clause: "REF-5", Setting: "KLEARSTACK_ALLOW_QUERY_CREDENTIALS", Reason: "set it", Cases: []string{"c"}, Of: 7},
	}
	found := violating("TOK-4")
	found.NotTested = untested
	r := judged(t, found)
	code, log := r.do(nil, "issue")
	assert.Equal(t, 1, code, log)
	require.Len(t, r.issues, 1)
	assert.Contains(t, r.issues[0].Body, "- **Not tested:** TOK-9: set KLEARSTACK_JWT_KEY to the key\n- **Not tested:** REF-5: set it (1 of 7 cases: c)\n")

	found = conforming()
	found.NotTested = untested
	r = judged(t, found)
	r.add("mine", "<!-- conformance of staging -->\n")
	code, log = r.do(nil, "issue")
	assert.Zero(t, code, log)
	require.Len(t, r.issues[0].comments, 1)
	assert.Equal(t, "The target conforms again ([run](https://github.com/klearstack/conformance/actions/runs/42)). "+
		"Not tested: TOK-9 (set KLEARSTACK_JWT_KEY), 1 of 7 cases of REF-5 (set KLEARSTACK_ALLOW_QUERY_CREDENTIALS).\n", r.issues[0].comments[0])
}

// The token goes to GitHub alone, whatever the next page is said to be.
func TestStrayPage(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { assert.Fail(t, "a request came") }))
	t.Cleanup(elsewhere.Close)
	r := judged(t, conforming())
	r.refusals["GET /issues"] = []refusal{{
		status: http.StatusOK, body: "[]", header: map[string]string{"Link": "<" + elsewhere.URL + `/page>; rel="next"`},
	}}
	code, log := r.do(nil, "issue")
	assert.Zero(t, code, log)
}

// GitHub refuses a body of more than 65,536 characters.
func TestIssueBodyIsBounded(t *testing.T) {
	t.Parallel()
	var ids []string
	for i := range 400 {
		ids = append(ids, "TOK-"+strconv.Itoa(i))
	}
	r := judged(t, violating(ids...))
	code, _ := r.do(nil, "issue")
	assert.Equal(t, 1, code)
	require.Len(t, r.issues, 1)
	assert.LessOrEqual(t, len(r.issues[0].Body), 65_536)
	assert.Contains(t, r.issues[0].Body, "This summary is cut")
}

// Nobody else's issue is touched, and none of another's labels or kind.
func TestOthersIssues(t *testing.T) {
	t.Parallel()
	const marker = "<!-- conformance of staging -->\n"
	for name, change := range map[string]func(*fakeIssue){
		"a person's":            func(i *fakeIssue) { i.User["login"] = "octocat" },
		"another environment's": func(i *fakeIssue) { i.Body = "<!-- conformance of staging-2 -->\n" },
		"one that quotes it":    func(i *fakeIssue) { i.Body = "> " + marker },
		"a pull request":        func(i *fakeIssue) { i.PullRequest = map[string]any{"url": "x"} },
		"without the label":     func(i *fakeIssue) { i.Labels = nil },
		"with another label":    func(i *fakeIssue) { i.Labels[0]["name"] = "bug" },
		"closed":                func(i *fakeIssue) { i.State = "closed" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := judged(t, conforming())
			change(r.add("mine", marker))
			before := *r.issues[0]
			code, log := r.do(nil, "issue")
			assert.Zero(t, code, log)
			assert.Equal(t, before, *r.issues[0])
			require.Len(t, r.issues, 1)
		})
	}
}

func TestIssueOnTheSecondPage(t *testing.T) {
	t.Parallel()
	r := judged(t, conforming())
	for range 150 {
		r.add("another", "<!-- conformance of production -->\n")
	}
	r.add("this", "<!-- conformance of staging -->\n<!-- inconclusive -->\n")
	r.add("and one that was opened twice", "<!-- conformance of staging -->\n")
	code, log := r.do(nil, "issue")
	assert.Zero(t, code, log)
	for i, each := range r.issues {
		assert.Equal(t, i >= 150, each.State == "closed", "issue %d", each.Number)
	}
}

func TestIssueTroubles(t *testing.T) {
	t.Parallel()
	limited := func(header ...string) refusal {
		r := refusal{status: http.StatusForbidden, header: map[string]string{}}
		for i := 0; i < len(header); i += 2 {
			r.header[header[i]] = header[i+1]
		}
		return r
	}
	late := strconv.FormatInt(time.Now().Add(time.Hour).Unix(), 10)
	const list, create = "GET /issues", "POST /issues"
	for name, c := range map[string]struct {
		request  string
		refusals []refusal
		waits    []time.Duration
		want     string // "" where the issue is opened all the same
	}{
		"a fault":             {list, []refusal{{status: 500}, {status: 502}}, []time.Duration{time.Second, 2 * time.Second}, ""},
		"faults":              {list, []refusal{{status: 500}, {status: 502}, {status: 503}}, []time.Duration{time.Second, 2 * time.Second}, "GitHub had a fault (status 503) and did not list the issues: run the job again later"},
		"fault while opening": {create, []refusal{{status: 502}}, nil, "GitHub had a fault (status 502) and did not open an issue"},
		"a short limit":       {list, []refusal{limited("Retry-After", "7")}, []time.Duration{7 * time.Second}, ""},
		"limit while opening": {create, []refusal{limited("Retry-After", "0")}, []time.Duration{time.Second}, ""},
		"a long limit":        {list, []refusal{limited("Retry-After", "3600")}, nil, "limits the rate of requests and refused to list the issues: run the job again in an hour"},
		"a limit until later": {list, []refusal{limited("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", late)}, nil, "limits the rate"},
		"a limit until now":   {list, []refusal{limited("X-RateLimit-Remaining", "0", "X-RateLimit-Reset", "1")}, []time.Duration{time.Second}, ""},
		"a vague limit":       {list, []refusal{{status: http.StatusTooManyRequests}}, []time.Duration{time.Minute}, ""},
		"not allowed":         {list, []refusal{{status: http.StatusForbidden}}, nil, `GitHub refused to list the issues (status 403): give the job the permission "issues: write"`},
		"not allowed to open": {create, []refusal{{status: http.StatusForbidden}}, nil, `give the job the permission "issues: write"`},
		"unknown token":       {list, []refusal{{status: http.StatusUnauthorized}}, nil, "does not know the token"},
		"no issues":           {create, []refusal{{status: http.StatusGone}}, nil, "switch on the repository's issues"},
		"moved":               {list, []refusal{{status: http.StatusMovedPermanently, header: map[string]string{"Location": "/stored/1"}}}, nil, "is not the JSON that its API documents"},
		"invalid":             {create, []refusal{{status: http.StatusUnprocessableEntity}}, nil, "GitHub refused to open an issue (status 422)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := judged(t, violating("TOK-4"))
			r.refusals[c.request] = c.refusals
			code, log := r.do(nil, "issue")
			assert.Equal(t, 1, code)
			assert.Equal(t, c.waits, r.waited)
			if c.want == "" {
				assert.Len(t, r.issues, 1)
				return
			}
			assert.Empty(t, r.issues)
			assert.Contains(t, log, c.want)
			assert.Equal(t, 1, strings.Count(log, "\n"), log)
		})
	}
}

// An issue without its label would not be found by the next run.
func TestUnlabeled(t *testing.T) {
	t.Parallel()
	r := judged(t, violating("TOK-4"))
	r.unlabeled = true
	code, log := r.do(nil, "issue")
	assert.Equal(t, 1, code)
	assert.Contains(t, log, "label that issue conformance")
}

func TestGitHubIsAway(t *testing.T) {
	t.Parallel()
	r := judged(t, violating("TOK-4"))
	r.Close()
	code, log := r.do(nil, "issue")
	assert.Equal(t, 1, code)
	assert.Contains(t, log, "GitHub could not be reached to list the issues")
	assert.Len(t, r.waited, 2)
}
