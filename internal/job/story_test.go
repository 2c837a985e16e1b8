package job_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

// hostile is what a target may have said.
const hostile = "got <!-- -->]@octocat | #1 ](https://evil.example) <img src=x> **bold**"

// came returns the result of a run that violates these clauses.
func came(verdict result.Verdict, violated ...string) *result.Result {
	r := &result.Result{
		Suite: "v1.2.3", Target: "https://staging.example.com", Verdict: verdict,
		Clauses: []result.Clause{{ID: "OK-1", Level: spec.Documented, Title: "A valid login succeeds", Outcome: outcome.Kept}},
	}
	for _, id := range violated {
		r.Clauses = append(r.Clauses, result.Clause{ID: id, Level: spec.Documented, Title: "A rule", Outcome: outcome.Violated, Reason: hostile})
	}
	r.Clauses = append(r.Clauses, result.Clause{ID: "ADV-1", Level: spec.Advisory, Title: "Advice", Outcome: outcome.Violated})
	return r
}

func violating(ids ...string) *result.Result { return came(result.Violates, ids...) }
func conforming() *result.Result             { return came(result.Conforms) }
func inconclusive() *result.Result           { return came(result.Inconclusive) }

func rejecting() *result.Result {
	r := inconclusive()
	r.Rejection = &result.Rejection{Status: 401, Response: hostile, UnknownUser: hostile, Check: "whether the account is locked"}
	return r
}

func stale() *result.Result {
	r := came(result.Stale)
	r.Deviations = []result.Deviation{{Clause: "OK-1", State: result.StateStale}}
	return r
}

// night is one run of the job: what the suite finds, and what is there afterwards.
type night struct {
	found    *result.Result // nil: the suite leaves no report
	code     int            // of the command issue
	open     int            // open issues
	all      int            // issues that were ever opened
	title    string         // of the last issue
	comments []string       // of the last issue, all so far: the beginning of each
	before   func(*fake)
}

const (
	rejects  = "Conformance: staging rejects the login"
	violates = "Conformance: staging violates its contract"
	unjudged = "Conformance: staging can't be judged"
)

func stories() map[string][]night {
	now := func(now, before string) string {
		return "Now: " + now + " ([run](https://github.com/klearstack/conformance/actions/runs/42)). Before: " + before + "."
	}
	const again = "The target conforms again ([run](https://github.com/klearstack/conformance/actions/runs/42))."
	closedByHand := func(f *fake) { f.issues[0].State = "closed" }
	return map[string][]night{
		"conforms": {{found: conforming()}, {found: conforming()}},
		"violates, again, conforms": {
			{found: violating("TOK-4"), code: 1, open: 1, all: 1, title: violates},
			{found: violating("TOK-4"), code: 1, open: 1, all: 1, title: violates},
			{found: conforming(), all: 1, title: violates, comments: []string{again}},
			{found: conforming(), all: 1, title: violates, comments: []string{again}},
			{found: violating("TOK-4"), code: 1, open: 1, all: 2, title: violates},
		},
		"violates another clause": {
			{found: violating("TOK-4"), code: 1, open: 1, all: 1, title: violates},
			{found: violating("TOK-4", "OK-3"), code: 1, open: 1, all: 1, title: violates, comments: []string{now("violates TOK-4, OK-3", "violates TOK-4")}},
			{found: violating("TOK-4", "OK-3"), code: 1, open: 1, all: 1, title: violates, comments: []string{now("violates TOK-4, OK-3", "violates TOK-4")}},
		},
		"inconclusive three times, then conforms": {
			{found: inconclusive()},
			{found: inconclusive()},
			{found: inconclusive(), code: 1, open: 1, all: 1, title: unjudged},
			{found: inconclusive(), code: 1, open: 1, all: 1, title: unjudged},
			{found: conforming(), all: 1, title: unjudged, comments: []string{again}},
			{found: inconclusive(), all: 1, title: unjudged, comments: []string{again}},
		},
		"inconclusive, but not in a row": {
			{found: inconclusive()}, {found: inconclusive()}, {found: conforming()},
			{found: inconclusive()}, {found: inconclusive()},
		},
		"the login is rejected, again, otherwise inconclusive, conforms": {
			{found: rejecting(), code: 1, open: 1, all: 1, title: rejects},
			{found: rejecting(), code: 1, open: 1, all: 1, title: rejects},
			{found: inconclusive(), code: 1, open: 1, all: 1, title: unjudged, comments: []string{now("inconclusive", "login rejected")}},
			{found: conforming(), all: 1, title: unjudged, comments: []string{now("inconclusive", "login rejected"), again}},
		},
		"no report": {
			{code: 1}, {code: 1},
			{code: 1, open: 1, all: 1, title: unjudged},
			{found: conforming(), all: 1, title: unjudged, comments: []string{again}},
		},
		"inconclusive for a while with an issue that is open": {
			{found: violating("TOK-4"), code: 1, open: 1, all: 1, title: violates},
			{found: inconclusive(), open: 1, all: 1, title: violates},
			{found: inconclusive(), open: 1, all: 1, title: violates},
			{found: inconclusive(), code: 1, open: 1, all: 1, title: unjudged, comments: []string{now("inconclusive", "violates TOK-4")}},
			{found: violating("TOK-4"), code: 1, open: 1, all: 1, title: violates, comments: []string{now("inconclusive", "violates TOK-4"), now("violates TOK-4", "inconclusive")}},
		},
		"closed by hand": {
			{found: violating("TOK-4"), code: 1, open: 1, all: 1, title: violates},
			{found: violating("TOK-4"), code: 1, open: 1, all: 2, title: violates, before: closedByHand},
		},
		"closed by hand, and conforms": {
			{found: violating("TOK-4"), code: 1, open: 1, all: 1, title: violates},
			{found: conforming(), all: 1, title: violates, before: closedByHand},
		},
		"an artifact that expired": {
			{found: inconclusive()}, {found: inconclusive()},
			{found: inconclusive(), before: func(f *fake) {
				for _, a := range f.artifacts {
					a.Expired = true
				}
			}},
			{found: inconclusive()},
			{found: inconclusive(), code: 1, open: 1, all: 1, title: unjudged},
		},
		"a stale deviations file": {
			{found: stale(), code: 1, open: 1, all: 1, title: "Conformance: the deviations file of staging is stale"},
			{found: conforming(), all: 1, title: "Conformance: the deviations file of staging is stale", comments: []string{again}},
		},
		"a body that was edited": {
			{found: violating("TOK-4"), code: 1, open: 1, all: 1, title: violates},
			{found: violating("TOK-4"), code: 1, open: 1, all: 1, title: violates, comments: []string{now("violates TOK-4", "unknown")}, before: func(f *fake) {
				f.issues[0].Body = "<!-- conformance of staging -->\n<!-- [evil](https://evil.example) -->"
			}},
		},
	}
}

// Every night has a workspace of its own: what it knows of the one before comes from the artifact.
func TestNights(t *testing.T) {
	t.Parallel()
	for name, nights := range stories() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			for i, n := range nights {
				if n.before != nil {
					n.before(f)
				}
				code := f.night("staging", n.found, i)
				assert.Equal(t, n.code, code, "night %d", i+1)
				f.check(n, i)
			}
		})
	}
}

func (f *fake) check(n night, i int) {
	f.t.Helper()
	open := 0
	for _, each := range f.issues {
		if each.State == "open" {
			open++
		}
	}
	assert.Equal(f.t, n.open, open, "open issues after night %d", i+1)
	require.Len(f.t, f.issues, n.all, "issues after night %d", i+1)
	if n.all == 0 {
		return
	}
	last := f.issues[n.all-1]
	assert.Equal(f.t, n.title, last.Title, "night %d", i+1)
	require.Len(f.t, last.comments, len(n.comments), "comments after night %d: %q", i+1, last.comments)
	for at, comment := range last.comments {
		assert.Equal(f.t, n.comments[at], strings.TrimSpace(comment), "night %d", i+1)
	}
}

// night is one run of the job in a new workspace: last, run, the upload, issue. It returns the exit code of the last.
func (f *fake) night(environment string, found *result.Result, i int) int {
	f.t.Helper()
	r := newRunner(f)
	environ := []string{"CONFORMANCE_ENVIRONMENT=" + environment, "CONFORMANCE_ARTIFACT=conformance-" + environment}
	r.suite = func([]string, []string) int {
		if found == nil {
			return result.Inconclusive.ExitCode()
		}
		made := *found
		made.Start = time.Date(2026, 3, 1+i, 2, 17, 0, 0, time.UTC)
		_, err := report.Write(r.dir, &made)
		require.NoError(f.t, err)
		return made.Verdict.ExitCode()
	}
	code, log := r.do(environ, "last")
	require.Zero(f.t, code, log)
	r.do(environ, "run", "bin/conformance")
	files := map[string]string{}
	entries, err := os.ReadDir(r.dir)
	require.NoError(f.t, err)
	for _, entry := range entries {
		text, err := os.ReadFile(filepath.Join(r.dir, entry.Name()))
		require.NoError(f.t, err)
		files[entry.Name()] = string(text)
	}
	f.upload("conformance-"+environment, files)
	code, _ = r.do(environ, "issue")
	return code
}

// Each environment has an issue of its own, and so has one whose name another's begins with.
func TestTwoEnvironments(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	assert.Equal(t, 1, f.night("staging", violating("TOK-4"), 0))
	assert.Equal(t, 1, f.night("staging-2", violating("OK-3"), 0))
	require.Len(t, f.issues, 2)
	assert.Equal(t, "Conformance: staging-2 violates its contract", f.issues[1].Title)
	assert.Equal(t, 0, f.night("staging", conforming(), 1))
	assert.Equal(t, 1, f.night("staging-2", violating("OK-3"), 1))
	assert.Equal(t, "closed", f.issues[0].State)
	assert.Equal(t, "open", f.issues[1].State)
	assert.Empty(t, f.issues[1].comments)
}

// Jobs of one run meet each other at GitHub alone.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	var jobs sync.WaitGroup
	for _, environment := range []string{"staging", "production", "staging-2"} {
		r := newRunner(f)
		r.suite = func([]string, []string) int {
			r.write(violating("TOK-4"), time.March)
			return 1
		}
		code, log := r.do(nil, "run", "bin/conformance")
		require.Equal(t, 1, code, log)
		jobs.Go(func() {
			for range 2 {
				code, log := r.do([]string{"CONFORMANCE_ENVIRONMENT=" + environment}, "issue")
				assert.Equal(t, 1, code)
				assert.Contains(t, log, environment+": violates TOK-4")
			}
		})
	}
	jobs.Wait()
	var titles []string
	for _, each := range f.issues {
		titles = append(titles, each.Title)
		assert.Empty(t, each.comments)
	}
	assert.ElementsMatch(t, []string{violates, "Conformance: production violates its contract", "Conformance: staging-2 violates its contract"}, titles)
}
