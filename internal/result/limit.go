package result

import "github.com/klearstack/conformance/internal/outcome"

// NotReached returns the ids of the clauses that are inconclusive because the run stopped at a limit.
func (r *Result) NotReached() []string {
	var ids []string
	for _, c := range r.Clauses {
		if c.NotReached() {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// NotReached reports whether the clause is inconclusive because the run stopped at a limit.
func (c *Clause) NotReached() bool { return outcome.NotReached(c.Reason) }
