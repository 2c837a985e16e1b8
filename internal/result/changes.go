package result

import (
	"time"

	"github.com/klearstack/conformance/internal/outcome"
)

// Changes are what is different from an earlier run against the same target. Clauses that one of the runs did not judge
// are left out.
type Changes struct {
	Since      time.Time `json:"since"` // the start of the earlier run
	Broken     []string  `json:"newly_broken,omitempty"`
	Kept       []string  `json:"newly_kept,omitempty"`
	OldRelease string    `json:"old_release_version,omitempty"` // where it is another one now
	NewRelease string    `json:"new_release_version,omitempty"`
}

// Any reports whether there is a difference.
func (c *Changes) Any() bool { return len(c.Broken) > 0 || len(c.Kept) > 0 || c.NewRelease != "" }

// ChangesSince compares the result with an earlier one.
func (r *Result) ChangesSince(earlier *Result) *Changes {
	changes := &Changes{Since: earlier.Start}
	before := map[string]outcome.Kind{}
	for _, c := range earlier.Clauses {
		before[c.ID] = c.Outcome
	}
	for _, c := range r.Clauses {
		switch {
		case before[c.ID] == outcome.Kept && c.Outcome == outcome.Violated:
			changes.Broken = append(changes.Broken, c.ID)
		case before[c.ID] == outcome.Violated && c.Outcome == outcome.Kept:
			changes.Kept = append(changes.Kept, c.ID)
		}
	}
	if r.Release != "" && earlier.Release != "" && r.Release != earlier.Release {
		changes.OldRelease, changes.NewRelease = earlier.Release, r.Release
	}
	return changes
}
