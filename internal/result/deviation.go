package result

import "github.com/klearstack/conformance/internal/outcome"

// Deviation is a clause that a deployment is known, and accepted, to break.
type Deviation struct {
	Clause     string `json:"clause"`
	Place      string `json:"place,omitempty"` // of the entry: the file, a colon and the line
	Reason     string `json:"reason"`
	AcceptedBy string `json:"accepted_by"`
	Expires    string `json:"expires"` // the last day on which it counts, as 2006-01-02
	State      State  `json:"state"`
}

// Remedy says what to do about a deviation whose clause is kept.
func (d *Deviation) Remedy() string {
	if d.Place == "" {
		return "remove it from the deviations file"
	}
	return "remove it from " + d.Place
}

// State is what became of a deviation in a run.
type State string

// The states.
const (
	StateInForce  State = "in force" // the clause is violated, as expected
	StateStale    State = "stale"    // the clause is kept: the entry should go
	StateExpired  State = "expired"  // it counts for nothing
	StateUnjudged State = "not judged"
)

// deviate sets what became of the deviations that are not expired.
func (r *Result) deviate() {
	for i := range r.Deviations {
		d := &r.Deviations[i]
		if d.State == StateExpired {
			continue
		}
		d.State = StateUnjudged
		for _, c := range r.Clauses {
			switch {
			case c.ID != d.Clause:
			case c.Outcome == outcome.Violated:
				d.State = StateInForce
			case c.Outcome == outcome.Kept:
				d.State = StateStale
			}
		}
	}
}

// Known returns the deviation that excuses a clause's violation; nil where none does.
func (r *Result) Known(clause string) *Deviation {
	for i := range r.Deviations {
		if d := &r.Deviations[i]; d.Clause == clause && d.State == StateInForce {
			return d
		}
	}
	return nil
}

// DeviationsThat returns the deviations in a state.
func (r *Result) DeviationsThat(are State) []Deviation {
	var all []Deviation
	for _, d := range r.Deviations {
		if d.State == are {
			all = append(all, d)
		}
	}
	return all
}
