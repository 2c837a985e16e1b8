package result

import (
	"strings"

	"github.com/klearstack/conformance/internal/outcome"
)

// NotReached returns the ids of the clauses that are inconclusive because the run stopped at a rate limit.
func (r *Result) NotReached() []string {
	var ids []string
	for _, c := range r.Clauses {
		if c.NotReached() {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// NotReached reports whether the clause is inconclusive because the run stopped at a rate limit.
func (c *Clause) NotReached() bool { return strings.HasSuffix(c.Reason, outcome.AtRateLimit) }
