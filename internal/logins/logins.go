// Package logins judges all valid logins of a run together. Only so can it be told which clause a bad answer breaks: the
// one that the check belongs to, where all logins are answered badly; the one that makes a difference between requests
// harmless, where only some are; or OK-5, where the same request is answered now one way, now another.
package logins

import (
	"errors"
	"fmt"
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
	// Stranger tells whether a login was refused just as one of an unknown user is; so its form was understood, but not
	// its values (REQ-6).
	Stranger func(*check.Login) bool
	// Repeatable tells that logins may still be repeated, and that OK-5 is there to be broken.
	Repeatable bool
}

// steadyRun tells whether no login was answered now one way, now another.
func (r *Report) steadyRun() bool {
	return !slices.ContainsFunc(r.rows, func(w *row) bool { return len(w.wavered) > 0 })
}

// confirmed tells whether a bad answer came again every time that the login was repeated.
func (r *Report) confirmed(w *row, l *check.Login) bool {
	again := r.evidence.Repeats[l.Request.Name]
	return len(again) >= repeats && !slices.ContainsFunc(again, func(repeat *check.Login) bool { return w.found[repeat] == nil })
}

// repeats is how often a doubtful login is sent again.
const repeats = 2

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

	turned bool // the ordinary login was answered well first, and badly later

	good, bad []*check.Login // bad without those that waver
}

type blame struct {
	clause string
	err    *outcome.Violation
}

// First returns the ordinary login; nil where none was sent.
func (r *Report) First() *check.Login {
	if len(r.evidence.Logins) == 0 {
		return nil
	}
	return r.evidence.Logins[0]
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
	return r
}

// Doubts returns the logins that should be sent before anybody is blamed: repeated ones, or such as were not planned.
func (r *Report) Doubts() []exchange.Request { return r.doubts }

func (r *Report) doubt(l *check.Login) {
	known := slices.ContainsFunc(r.doubts, func(request exchange.Request) bool { return request.Name == l.Request.Name })
	if !known && r.evidence.Repeatable && len(r.evidence.Repeats[l.Request.Name]) < repeats {
		r.doubts = append(r.doubts, l.Request)
	}
}

// look finds out which logins keep a check.
func (r *Report) look(c Check) *row {
	w := &row{check: c, blamed: map[*check.Login]*blame{}, wavered: map[*check.Login]error{}}
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

// blameAll settles a check that no login keeps.
func (r *Report) blameAll(w *row) {
	if w.check.Clause == "OK-1" && r.evidence.NeedsAuthorization {
		for _, l := range w.bad {
			w.blame(l, "REQ-2", "any request without an authorization")
		}
		return
	}
	w.own = w.found[w.bad[0]]
	if len(w.bad) == 1 {
		r.doubt(w.bad[0])
	}
}

// blameTraits settles a check that some logins keep: the trait that most of the bad ones have, and none of the good
// ones, is blamed, until all of the bad ones are explained.
func (r *Report) blameTraits(w *row) {
	for bad := w.bad; len(bad) > 0; {
		best, covered := r.telling(bad, w.good)
		if len(covered) == 0 {
			best, _ = particular(bad[0])
			covered = bad[:1]
		}
		r.settle(w, best, covered)
		bad = slices.DeleteFunc(slices.Clone(bad), func(l *check.Login) bool { return slices.Contains(covered, l) })
	}
}

// blameRelated settles a check of logins against each other: only a trait that explains all of it is blamed.
func (r *Report) blameRelated(w *row) {
	best, covered := r.telling(w.bad, w.good)
	if len(covered) < len(w.bad) {
		best = trait{}
	}
	r.settle(w, best, w.bad)
}

// settle blames a trait for bad answers, or the check's own clause where the trait has none. Until they have come again
// they are in doubt; and where logins are known to waver, what has not come again is taken for that.
func (r *Report) settle(w *row, best trait, bad []*check.Login) {
	confirmed := slices.ContainsFunc(bad, func(l *check.Login) bool { return r.confirmed(w, l) })
	wavering := w.check.Relate == nil && !w.check.Advisory && (w.turned || !confirmed && !r.steadyRun())
	for _, l := range bad {
		clause := r.clauseOf(w, best, l)
		switch {
		case wavering:
			w.wavered[l] = w.found[l]
		case clause == "":
			w.own = w.found[l]
		default:
			w.blame(l, clause, best.name)
		}
	}
	switch {
	case wavering || w.check.Advisory:
	case !confirmed:
		r.doubt(bad[0])
	case best.clause == "REQ-3" && len(bad) == 1:
		r.contrast(bad[0])
	}
}

// contrast asks for a login that differs in nothing but the authorization, so that the header is not blamed for what
// else the login alone does.
func (r *Report) contrast(l *check.Login) {
	other := requests.Unauthorized(l.Request)
	known := slices.ContainsFunc(r.evidence.Logins, func(l *check.Login) bool { return l.Request.Name == other.Name })
	if !known && r.evidence.Repeatable {
		r.doubts = append(r.doubts, other)
	}
}

// clauseOf says which clause a trait breaks. A form that is understood, but whose values are not, breaks REQ-6 rather
// than the clause about its encoding.
func (r *Report) clauseOf(w *row, best trait, l *check.Login) string {
	encoding := best.name == "a multipart form" || best.name == "a urlencoded form"
	switch {
	case encoding && w.check.Clause == "OK-1" && r.evidence.Stranger(l):
		return "REQ-6"
	case best.clause != ofForm:
		return best.clause
	case l.Request.Encoding == exchange.Multipart:
		return "REQ-5"
	default:
		return "REQ-4"
	}
}

// telling returns the trait that tells most of the bad logins from all of the good ones, and those that have it.
func (r *Report) telling(bad, good []*check.Login) (best trait, covered []*check.Login) {
	for _, each := range traits() {
		if slices.ContainsFunc(good, each.in) {
			continue
		}
		having := slices.DeleteFunc(slices.Clone(bad), func(l *check.Login) bool { return !each.in(l) })
		if len(having) > len(covered) {
			best, covered = each, having
		}
	}
	return best, covered
}

func (w *row) blame(l *check.Login, clause, reason string) {
	var violation *outcome.Violation
	if !errors.As(w.found[l], &violation) {
		return
	}
	blamed := *violation
	blamed.Expected = fmt.Sprintf("%s to be answered like the other logins (%s: %s)", l.Request.Name, w.check.Clause, violation.Expected)
	blamed.Hint = "what tells it from the logins that are answered well: " + reason
	w.blamed[l] = &blame{clause: clause, err: &blamed}
}

// Own returns what a check comes to in the scenario that asks for it.
func (r *Report) Own(step string) error {
	for _, w := range r.rows {
		if w.check.Step == step {
			return r.own(w)
		}
	}
	return &outcome.Unknown{Reason: "the step was not planned: report it as a fault of this suite"}
}

func (r *Report) own(w *row) error {
	if w.own != nil {
		return w.own
	}
	if w.kept {
		return r.unread(w)
	}
	for _, l := range r.evidence.Logins {
		if blamed := w.blamed[l]; blamed != nil {
			return &outcome.Blocked{By: blamed.clause, Reason: blamed.err.Got}
		}
		if w.found[l] != nil {
			return r.root(l, w.found[l])
		}
	}
	return &outcome.Unknown{Reason: "no valid login was sent"}
}

// unread is what became of a login that was answered, but could not be judged, where others keep the check: what nobody
// has read may be anything.
func (r *Report) unread(w *row) error {
	for _, l := range r.evidence.Logins {
		if l.Answered() && outcome.Of(w.found[l]) == outcome.Inconclusive {
			return w.found[l]
		}
	}
	return nil
}

// root replaces a clause that blocks by the one that is really broken.
func (r *Report) root(l *check.Login, err error) error {
	var blocked *outcome.Blocked
	if !errors.As(err, &blocked) {
		return err
	}
	for _, w := range r.rows {
		if w.check.Clause != blocked.By {
			continue
		}
		for _, each := range []*check.Login{l, r.evidence.Logins[0]} {
			var deeper *outcome.Blocked
			switch {
			case w.blamed[each] != nil:
				return &outcome.Blocked{By: w.blamed[each].clause, Reason: blocked.Reason}
			case errors.As(w.found[each], &deeper) && deeper.By != blocked.By:
				return deeper
			}
		}
	}
	return blocked
}

// Root replaces a clause that blocks by the one that is really broken, where valid logins tell which that is.
func (r *Report) Root(err error) error {
	if len(r.evidence.Logins) == 0 {
		return err
	}
	return r.root(r.evidence.Logins[0], err)
}

// Login returns what a login comes to in the scenario that was made for it, under the rule of the given clause.
func (r *Report) Login(name, clause string) error {
	at := slices.IndexFunc(r.evidence.Logins, func(l *check.Login) bool { return l.Request.Name == name })
	if at < 0 {
		return &outcome.Unknown{Reason: name + " was not sent"}
	}
	l := r.evidence.Logins[at]
	if !l.Answered() {
		return l.Unanswered()
	}
	for _, w := range r.rows {
		if blamed := w.blamed[l]; blamed != nil && blamed.clause == clause {
			return blamed.err
		}
	}
	if err := r.refused(l); err != nil {
		return err
	}
	return l.Packed()
}

// refused is nil where a login was granted, if only when it was repeated; else it says which clause is to blame.
func (r *Report) refused(l *check.Login) error {
	for _, w := range r.rows {
		if w.check.Clause != "OK-1" || w.found[l] == nil || w.wavered[l] != nil {
			continue
		}
		if outcome.Of(w.found[l]) != outcome.Violated {
			return w.found[l]
		}
		return r.root(l, &outcome.Blocked{By: "OK-1", Reason: fmt.Sprintf("%s was answered with status %d", l.Request.Name, l.Status)})
	}
	return nil
}

// Accepted is nil where the named login was granted, or was not sent. Else it says which clause keeps anything that
// builds on a valid login of its kind from being judged.
func (r *Report) Accepted(name string) error {
	for _, l := range r.evidence.Logins {
		if l.Request.Name == name {
			return r.refused(l)
		}
	}
	return nil
}

// Steady judges that the same request is always answered the same way (OK-5).
func (r *Report) Steady() error {
	for _, w := range r.rows {
		for _, l := range r.evidence.Logins {
			var violation *outcome.Violation
			if err := w.wavered[l]; errors.As(err, &violation) {
				return &outcome.Violation{
					Expected: fmt.Sprintf("%s to be answered the same way every time (%s: %s)", l.Request.Name, w.check.Clause, violation.Expected),
					Got:      violation.Got + " once, and what was expected another time",
				}
			}
		}
	}
	for _, l := range r.evidence.Logins {
		if !l.Answered() {
			return fmt.Errorf("%s: %w", l.Request.Name, l.Unanswered())
		}
	}
	for _, l := range r.evidence.Logins {
		if r.refused(l) == nil {
			return nil
		}
	}
	if len(r.evidence.Logins) == 0 {
		return &outcome.Unknown{Reason: "no valid login was sent"}
	}
	return r.refused(r.evidence.Logins[0])
}
