package result

import (
	"fmt"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/spec"
)

// Gates reports whether clauses of a level gate: whether one that is violated fails the run, and one that can't be
// judged leaves it inconclusive.
func (r *Result) Gates(level spec.Level) bool { return r.Strict || level != spec.Advisory }

// Decides reports whether what a clause came to counts for the verdict: the clause gates, and neither it nor the clause
// that it builds on is a known deviation.
func (r *Result) Decides(c *Clause) bool {
	return r.Gates(c.Level) && r.Known(c.ID) == nil && r.Known(c.BuildsOn) == nil
}

// DecidesIn does so for a scenario of the clause.
func (r *Result) DecidesIn(c *Clause, s *Scenario) bool {
	return r.Decides(c) && r.Known(s.BuildsOn) == nil
}

// Violating returns the clauses whose violation fails the run.
func (r *Result) Violating() []*Clause { return r.deciding(outcome.Violated) }

// Undecided returns the clauses that leave the run inconclusive where none fails it.
func (r *Result) Undecided() []*Clause { return r.deciding(outcome.Inconclusive, outcome.NotJudged) }

// deciding returns the clauses that came to one of the outcomes and count for the verdict.
func (r *Result) deciding(kinds ...outcome.Kind) []*Clause {
	var all []*Clause
	for i := range r.Clauses {
		if c := &r.Clauses[i]; slices.Contains(kinds, c.Outcome) && r.Decides(c) {
			all = append(all, c)
		}
	}
	return all
}

// Reported reports whether a clause is one by which the run fails or is inconclusive, so that one that builds on it
// need not be reported, too.
func (r *Result) Reported(id string) bool {
	c := r.Clause(id)
	return c != nil && r.Gates(c.Level) && (c.Outcome == outcome.Violated || c.Outcome == outcome.Inconclusive)
}

// Clause returns the clause of that id; nil where it was not part of the run.
func (r *Result) Clause(id string) *Clause {
	if i := slices.IndexFunc(r.Clauses, func(c Clause) bool { return c.ID == id }); i >= 0 {
		return &r.Clauses[i]
	}
	return nil
}

// Judge sets the verdict from the clauses, and says why it is inconclusive. A clause that could not be judged because
// of one that was not part of the run leaves the run inconclusive, and so does a run in which none was evaluated.
func (r *Result) Judge() {
	r.deviate()
	r.Counts, r.NotTested = r.Tally(), untested(r.Clauses)
	r.Verdict = Conforms
	switch {
	case len(r.Violating()) > 0:
		r.Verdict = Violates
	case r.Problem != "", r.Stopped != "", len(r.Clauses) == 0, len(r.Undecided()) > 0:
		r.Verdict = Inconclusive
	case !r.Evaluated():
		r.Verdict, r.Problem = Inconclusive, unproven(r.Clauses)
	case len(r.DeviationsThat(StateStale)) > 0:
		r.Verdict = Stale
	}
	r.Doubt = r.doubt()
}

// doubt says why the run is inconclusive; "" where it is not.
func (r *Result) doubt() string {
	ids := IDs(slices.DeleteFunc(r.Undecided(), func(c *Clause) bool { return r.Summed(*c) }))
	switch {
	case r.Verdict != Inconclusive:
		return ""
	case r.Problem != "":
		return r.Problem
	case r.Stopped != "":
		return r.Interruption()
	case len(ids) == 0:
		return "no clause could be judged"
	default:
		return "not all could be judged: " + strings.Join(ids, ", ")
	}
}

// Untouched returns the result of a run that sent nothing, and says why.
func Untouched(problem string) Result {
	return Result{Verdict: Inconclusive, Target: "none", Problem: problem, Doubt: problem}
}

// Interruption says why a run stopped at a limit, and which clauses are inconclusive therefore; "" where it did not.
func (r *Result) Interruption() string {
	text := r.Stopped
	if ids := r.NotReached(); text != "" && len(ids) > 0 {
		text += "; inconclusive because of it: " + strings.Join(ids, ", ")
	}
	return text
}

// IDs returns the ids of clauses.
func IDs(clauses []*Clause) []string {
	var ids []string
	for _, c := range clauses {
		ids = append(ids, c.ID)
	}
	return ids
}

// Evaluated reports whether anything was found out about the target: a clause that is kept, or one that is violated.
func (r *Result) Evaluated() bool {
	return slices.ContainsFunc(r.Clauses, func(c Clause) bool { return c.Outcome == outcome.Kept || c.Outcome == outcome.Violated })
}

// unproven says why none of the clauses says anything about the target.
func unproven(clauses []Clause) string {
	var all []string
	for _, c := range clauses {
		all = append(all, fmt.Sprintf("%s is %s (%s)", c.ID, c.Outcome, c.Reason))
	}
	return "no selected clause was evaluated, so nothing is proven: " + strings.Join(all, "; ")
}

// KnownDeviation is shown in place of the outcome of a violated clause that a deviation excuses.
const KnownDeviation outcome.Kind = "known deviation"

// Label returns a clause's outcome as it is shown.
func (r *Result) Label(c *Clause) outcome.Kind {
	if r.Known(c.ID) != nil {
		return KnownDeviation
	}
	return c.Outcome
}

// Tally counts the clauses by level and outcome.
func (r *Result) Tally() map[spec.Level]map[outcome.Kind]int {
	all := map[spec.Level]map[outcome.Kind]int{}
	for _, c := range r.Clauses {
		if all[c.Level] == nil {
			all[c.Level] = map[outcome.Kind]int{}
		}
		all[c.Level][c.Outcome]++
	}
	return all
}
