// Package diagnosis judges all valid logins of a run together. Only so can it be told which clause a bad answer breaks: the
// one that the check belongs to, where all logins are answered badly; the one that makes a difference between requests
// harmless, where only some are; or OK-5, where the same request is answered now one way, now another.
package diagnosis

import (
	"slices"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/requests"
)

// Check is one thing that holds for the answer to every valid login.
type Check struct {
	Step   string // the step that asks for it; unique
	Clause string // the clause that the step belongs to
	Alike  bool   // part of being answered alike: a difference between requests breaks the clause about that difference
	// Advisory tells that the clause is: a server need not keep it, so keeping it now and then breaks nothing else.
	Advisory bool
	Judge    check.LoginCheck
	// Relate, where it is set, judges logins against each other, instead of Judge.
	Relate func([]*check.Login) map[*check.Login]error
}

// Evidence is what is known of the valid logins of a run.
type Evidence struct {
	Checks  []Check
	Logins  []*check.Login            // the ordinary one first
	Repeats map[string][]*check.Login // of a login, by the name of its request
	// NeedsAuthorization tells that the endpoint asks everybody for an authorization, whatever the form says (REQ-2).
	NeedsAuthorization bool
	// Rejected says what is known where the endpoint reads the form and yet rejects these logins; nil where it does not read
	// it, or rejects them in another way.
	Rejected func([]*check.Login) *outcome.Rejection
	// Stranger tells whether a login was refused just as one of an unknown user is; so its form was understood, but not
	// its values (REQ-6).
	Stranger func(*check.Login) bool
	Bundles  []requests.Bundle // logins with several traits at once, and those with one of them each
	// Repeatable tells that logins may still be repeated, and that OK-5 is there to be broken.
	Repeatable bool
}

// Report says what the evidence comes to.
type Report struct {
	evidence Evidence
	rows     []*row
	doubts   []exchange.Request
}

// row is what one check comes to over all logins.
type row struct {
	check   Check
	found   map[*check.Login]error
	kept    bool                    // some login keeps it
	own     error                   // the violation of the check's own clause, where it is that
	blamed  map[*check.Login]*blame // bad answers that break another clause
	wavered map[*check.Login]error  // bad answers to requests that are also answered well
	open    map[*check.Login]error  // bad answers that break some clause, and why it cannot be told which

	barred error // why nothing that the suite sends under its own name is judged
	turned bool  // the ordinary login was answered well first, and badly later

	good, bad []*check.Login // bad without those that waver
}

type blame struct {
	clause string
	err    *outcome.Violation
}

// Assess judges the evidence.
func Assess(evidence Evidence) *Report {
	r := &Report{evidence: evidence}
	for _, each := range evidence.Checks {
		r.rows = append(r.rows, r.look(each))
	}
	for _, w := range r.rows {
		r.assess(w)
	}
	r.hearParts()
	return r
}

// First returns the ordinary login; nil where none was sent.
func (r *Report) First() *check.Login {
	if len(r.evidence.Logins) == 0 {
		return nil
	}
	return r.evidence.Logins[0]
}

// login returns the login of a name, and whether there is one.
func (r *Report) login(name string) (*check.Login, bool) {
	at := slices.IndexFunc(r.evidence.Logins, func(l *check.Login) bool { return l.Request.Name == name })
	if at < 0 {
		return nil, false
	}
	return r.evidence.Logins[at], true
}

// look finds out which logins keep a check.
func (r *Report) look(c Check) *row {
	w := &row{check: c, blamed: map[*check.Login]*blame{}, wavered: map[*check.Login]error{}, open: map[*check.Login]error{}}
	w.found = r.judge(c)
	for _, l := range r.evidence.Logins {
		switch outcome.Of(w.found[l]) {
		case outcome.Kept:
			w.good = append(w.good, l)
		case outcome.Violated:
			w.bad = append(w.bad, l)
		default: // says nothing about this check
		}
	}
	w.kept = len(w.good) > 0
	r.turns(w)
	w.bad = slices.DeleteFunc(w.bad, func(l *check.Login) bool { return r.wavers(w, l) })
	return w
}

func (r *Report) judge(c Check) map[*check.Login]error {
	all := slices.Clone(r.evidence.Logins)
	for _, l := range r.evidence.Logins {
		all = append(all, r.evidence.Repeats[l.Request.Name]...)
	}
	if c.Relate != nil {
		found := c.Relate(all)
		for l, err := range found {
			found[l] = outcome.At(l.Request.Name, err)
		}
		return found
	}
	found := map[*check.Login]error{}
	for _, l := range all {
		found[l] = outcome.At(l.Request.Name, c.Judge(l))
	}
	return found
}

// wavers tells whether the same request was also answered well, and notes it.
func (r *Report) wavers(w *row, l *check.Login) bool {
	again := slices.ContainsFunc(r.evidence.Repeats[l.Request.Name], func(repeat *check.Login) bool { return w.found[repeat] == nil }) ||
		slices.ContainsFunc(w.good, func(other *check.Login) bool { return same(l.Request, other.Request) })
	if !again {
		return false
	}
	w.kept = true
	if w.check.Relate != nil || w.check.Advisory { // what differs between logins is the check's own business
		w.own = w.found[l]
	} else {
		w.wavered[l] = w.found[l]
	}
	return true
}

// turns notes whether the ordinary login, repeated, was answered badly: whatever is refused by then is no fault of its form.
func (r *Report) turns(w *row) {
	l := r.First()
	if l == nil || w.check.Relate != nil || w.check.Advisory || w.found[l] != nil {
		return
	}
	for _, repeat := range r.evidence.Repeats[l.Request.Name] {
		if outcome.Of(w.found[repeat]) == outcome.Violated {
			w.wavered[l], w.turned = w.found[repeat], true
		}
	}
}

// assess decides what the bad answers of a row break.
func (r *Report) assess(w *row) {
	switch {
	case len(w.bad) == 0:
	case !w.kept:
		r.blameAll(w)
	case w.check.Relate != nil:
		r.blameRelated(w)
	case !w.check.Alike:
		r.settle(w, trait{}, w.bad)
	default:
		r.blameTraits(w)
	}
}
