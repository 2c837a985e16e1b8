package result_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

func TestVerdictWithDeviations(t *testing.T) {
	t.Parallel()
	judged := func(id string, kind outcome.Kind, buildsOn string) result.Clause {
		return result.Clause{ID: id, Level: spec.Documented, Outcome: kind, BuildsOn: buildsOn}
	}
	listed := func(state result.State, clauses ...string) []result.Deviation {
		var all []result.Deviation
		for _, clause := range clauses {
			all = append(all, result.Deviation{Clause: clause, State: state})
		}
		return all
	}
	kept, broken := judged("A-1", outcome.Kept, ""), judged("A-2", outcome.Violated, "")
	for _, c := range []struct {
		name    string
		clauses []result.Clause
		listed  []result.Deviation
		want    result.Verdict
		saying  string
		state   result.State
	}{
		{"in force", []result.Clause{kept, broken}, listed("", "A-2"), result.Conforms, "conforms with 1 known deviation", result.StateInForce},
		{"two in force", []result.Clause{broken, judged("A-3", outcome.Violated, "")}, listed("", "A-2", "A-3"), result.Conforms, "conforms with 2 known deviations", result.StateInForce},
		{"expired", []result.Clause{broken}, listed(result.StateExpired, "A-2"), result.Violates, "violates", result.StateExpired},
		{"stale", []result.Clause{kept}, listed("", "A-1"), result.Stale, "conforms, but the deviations file is stale", result.StateStale},
		{"stale beside a violation", []result.Clause{kept, broken}, listed("", "A-1"), result.Violates, "violates", result.StateStale},
		{"stale beside what could not be judged", []result.Clause{kept, judged("A-2", outcome.Inconclusive, "")}, listed("", "A-1"), result.Inconclusive, "inconclusive", result.StateStale},
		{"not judged", []result.Clause{kept, judged("A-2", outcome.NotJudged, "A-9")}, listed("", "A-2"), result.Inconclusive, "inconclusive", result.StateUnjudged},
		{"not applicable", []result.Clause{kept, judged("A-2", outcome.NotApplicable, "")}, listed("", "A-2"), result.Conforms, "conforms", result.StateUnjudged},
		{"not tested", []result.Clause{kept, judged("A-2", outcome.NotTested, "")}, listed("", "A-2"), result.Conforms, "conforms", result.StateUnjudged},
		{"what builds on it", []result.Clause{broken, judged("A-3", outcome.NotJudged, "A-2")}, listed("", "A-2"), result.Conforms, "conforms with 1 known deviation", result.StateInForce},
		{"what builds on another", []result.Clause{broken, judged("A-3", outcome.NotJudged, "A-1")}, listed("", "A-2"), result.Inconclusive, "inconclusive", result.StateInForce},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := result.Result{Clauses: c.clauses, Deviations: c.listed}
			r.Judge()
			assert.Equal(t, c.want, r.Verdict)
			assert.Equal(t, c.saying, r.String())
			assert.Equal(t, c.state, r.Deviations[0].State)
		})
	}
}
