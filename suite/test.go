package suite

import (
	"context"
	"flag"
	"os"
	"testing"
	"time"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

// Test runs the features as [Run] does, each scenario a subtest named by its clause and itself, such as
// "TOK-4/The lifetime of the access token". Where the test binary's -run selects some of them, only those are run. The
// subtests report when the calling test function has returned. The run ends, inconclusive, before the tests' time limit.
//
//nolint:tparallel // when and beside what the features run is the caller's choice
func Test(t *testing.T, options Options) Result {
	t.Helper()
	made, path, err := test(t.Context(), t, options)
	if err != nil {
		t.Error(redact.Harmless(err.Error()))
	}
	if options.Output != nil {
		if err := report.Summary(options.Output, &made, path); err != nil {
			t.Error(err)
		}
	}
	return made
}

// test is Test without the summary.
func test(ctx context.Context, t *testing.T, options Options) (made Result, path string, err error) {
	t.Helper()
	t.Cleanup(func() { spoilCache(t) })
	ctx, cancel := within(ctx, t.Deadline)
	defer cancel()
	all, err := prepare(options)
	if err != nil {
		return result.Untouched(err.Error()), "", err
	}
	// Parallel subtests stop until the test function has returned: by then the run is over, and they only report.
	outcomes := map[string]func(t *testing.T){}
	chosen := map[string]bool{}
	for _, clause := range all.selected {
		for _, s := range clause.Scenarios {
			t.Run(clause.ID+"/"+s.Name, func(t *testing.T) {
				chosen[s.Name] = true
				t.Parallel()
				if tell := outcomes[s.Name]; tell != nil {
					tell(t)
				}
			})
		}
	}
	selected := options.Select
	options.Select = func(clause, scenario string) bool {
		return chosen[scenario] && (selected == nil || selected(clause, scenario))
	}
	run, err := prepare(options)
	if err == nil {
		if run.partial != nil {
			run.partial.By = by(all, len(chosen))
		}
		made, err = run.do(ctx)
	}
	if err != nil {
		return result.Untouched(err.Error()), "", err
	}
	path, err = run.publish(&made)
	for _, clause := range made.Clauses {
		for _, s := range clause.Scenarios {
			outcomes[s.Name] = func(t *testing.T) { t.Helper(); tell(t, &made, clause, s) }
		}
	}
	switch made.Verdict {
	case Inconclusive:
		t.Error(redact.Harmless("the run is inconclusive: " + made.Doubt))
	case Stale:
		for _, stale := range made.DeviationsThat(result.StateStale) {
			t.Error(redact.Harmless("the deviations file is stale: " + stale.Clause + " is kept: " + stale.Remedy()))
		}
	case Conforms, Violates: // the scenarios tell
	}
	return made, path, err
}

// within returns a context that ends before the tests' time limit, at which package testing prints all goroutines: half of
// the time that is left, but no more than ten seconds, is for judging and for the report.
func within(ctx context.Context, limit func() (deadline time.Time, ok bool)) (context.Context, context.CancelFunc) {
	deadline, ok := limit()
	if !ok {
		return context.WithCancel(ctx)
	}
	return context.WithDeadlineCause(ctx, deadline.Add(-min(time.Until(deadline)/2, 10*time.Second)), outcome.ErrTimeLimit)
}

// by says by what the chosen scenarios were selected: the options, and the test binary's flags where those left some out.
func by(all *run, chosen int) []string {
	var selections []string
	if all.partial != nil {
		selections = all.partial.By
	}
	if chosen < scenarios(all.selected) {
		for _, name := range []string{"run", "skip"} {
			if set := flag.Lookup("test." + name); set != nil && set.Value.String() != "" {
				selections = append(selections, "-"+name+" "+set.Value.String())
			}
		}
	}
	return selections
}

// tell reports a scenario's outcome to its subtest.
func tell(t *testing.T, made *Result, clause result.Clause, s result.Scenario) {
	t.Helper()
	text := redact.Harmless(report.Because(clause.ID+" "+clause.Title, s.Lines(), "\n"))
	if s.Curl != "" {
		text += "\nto see it: " + s.Curl
	}
	switch {
	case made.Problem != "":
		t.Skip(redact.Harmless(made.Problem))
	case s.Outcome == outcome.NotJudged, s.Outcome == outcome.NotTested, s.Outcome == outcome.NotApplicable,
		outcome.NotReached(s.Reason):
		t.Skip(string(s.Outcome), text)
	case s.Outcome == outcome.Kept:
	case made.Known(clause.ID) != nil:
		t.Log("a known deviation:", text)
	case made.DecidesIn(&clause, &s):
		t.Error(string(s.Outcome), text)
	default:
		t.Log(string(spec.Advisory), text)
	}
}

// stamp is a file that go test takes for an input of the tests. It was written just before, so the result is not cached.
const stamp = ".conformance-run"

// spoilCache keeps go test from serving a result of an earlier run: what is tested is not in the module.
func spoilCache(t *testing.T) {
	t.Helper()
	if log := flag.Lookup("test.testlogfile"); log == nil || log.Value.String() == "" {
		return // nothing will be cached
	}
	if err := os.WriteFile(stamp, nil, 0o644); err != nil {
		return // a tree that can't be written to: -count=1 does the same
	}
	if _, err := os.ReadFile(stamp); err != nil {
		t.Log("go test may cache this result: add -count=1")
	}
}
