package result

import (
	"strings"

	"github.com/klearstack/conformance/internal/outcome"
)

// Rejection says that the endpoint reads the form and yet rejects every valid login (OK-1), so that the run is
// inconclusive until somebody acts: the settings, the account or the endpoint is wrong.
type Rejection struct {
	Status      int      `json:"status"`       // of the response to the first login
	Response    string   `json:"response"`     // that response, fit to be shown
	UnknownUser string   `json:"unknown_user"` // what an unknown user gets, compared with it
	Check       string   `json:"check"`        // what to check
	Tested      []string `json:"tested"`       // the clauses that were tested without a login
	NotJudged   []string `json:"not_judged"`   // those that need one
}

// rejected is the clause that the rejection of every valid login leaves inconclusive.
const rejected = "OK-1"

// Reject notes that every valid login was rejected, and what could be tested anyway, once the clauses are known.
func (r *Result) Reject(by *outcome.Rejection) {
	r.Rejection = &Rejection{
		Status: by.Status, Response: by.Response, UnknownUser: by.Unknown, Check: by.Check, Tested: []string{}, NotJudged: []string{},
	}
	for _, c := range r.Clauses {
		switch {
		case c.Outcome == outcome.Kept, c.Outcome == outcome.Violated:
			r.Rejection.Tested = append(r.Rejection.Tested, c.ID)
		case c.BuildsOn == rejected:
			r.Rejection.NotJudged = append(r.Rejection.NotJudged, c.ID)
		}
	}
	listed := func(ids []string) string {
		if len(ids) == 0 {
			return "none"
		}
		return strings.Join(ids, ", ")
	}
	r.Notes = append(r.Notes, "Every valid login was rejected ("+rejected+"). Clauses tested without a login: "+listed(r.Rejection.Tested)+
		". Not judged, because they need one: "+listed(r.Rejection.NotJudged)+".")
}

// Summed reports whether a clause is one of many of which a single sentence speaks: those that the run did not reach,
// and those that need a login where every one is rejected.
func (r *Result) Summed(c Clause) bool {
	return c.NotReached() || r.Rejection != nil && c.BuildsOn == rejected
}

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
