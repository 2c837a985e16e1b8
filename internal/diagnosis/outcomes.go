package diagnosis

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

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
	l := r.First()
	switch {
	case l == nil:
		return &outcome.Unknown{Reason: "no valid login was sent"}
	case w.blamed[l] != nil:
		return &outcome.Unjudged{By: w.blamed[l].clause, Reason: w.blamed[l].err.Got}
	default:
		return r.root(l, w.found[l])
	}
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
	var blocked *outcome.Unjudged
	if !errors.As(err, &blocked) {
		return err
	}
	for _, w := range r.rows {
		if w.check.Clause != blocked.By {
			continue
		}
		for _, each := range []*check.Login{l, r.evidence.Logins[0]} {
			var deeper *outcome.Unjudged
			switch {
			case w.blamed[each] != nil:
				return &outcome.Unjudged{By: w.blamed[each].clause, Reason: blocked.Reason}
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
	l, sent := r.login(name)
	if !sent {
		return &outcome.Unknown{Reason: name + " was not sent"}
	}
	if !l.Answered() {
		return l.Unanswered()
	}
	for _, w := range r.rows {
		if blamed := w.blamed[l]; blamed != nil && blamed.clause == clause {
			return blamed.err
		}
		if w.open[l] != nil {
			return w.open[l]
		}
	}
	if err := r.refused(l); err != nil {
		return err
	}
	return l.Packed()
}

// Part returns what one of a bundle's variations comes to: by the login that has this variation alone, where one with some
// variation alone was answered badly, or the bundle was not answered.
func (r *Report) Part(variation, clause string) error {
	for _, bundle := range r.evidence.Bundles {
		part, known := bundle.Part(variation)
		if !known {
			continue
		}
		whole, sent := r.login(bundle.Login.Name)
		if slices.ContainsFunc(bundle.Parts, r.harmful) || sent && r.heard(whole) {
			return r.Login(part.Name, clause)
		}
		return r.Login(bundle.Login.Name, clause)
	}
	return &outcome.Unknown{Reason: "there is no such variation: report it as a fault of this suite"}
}

// harmful tells whether a login was sent and answered badly for what it is.
func (r *Report) harmful(request exchange.Request) bool {
	l, _ := r.login(request.Name)
	return slices.ContainsFunc(r.rows, func(w *row) bool { return w.blamed[l] != nil || w.wavered[l] != nil })
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
		if w.open[l] != nil {
			return w.open[l]
		}
		return r.root(l, &outcome.Unjudged{By: "OK-1", Reason: fmt.Sprintf("%s was answered with status %d", l.Request.Name, l.Status)})
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

// Rejection says what is known where the endpoint reads the form and yet rejects every valid login that it answers; nil
// where that is not so.
func (r *Report) Rejection() *outcome.Rejection {
	answered := slices.DeleteFunc(slices.Clone(r.evidence.Logins), func(l *check.Login) bool { return !l.Answered() })
	if len(answered) == 0 || r.evidence.Rejected == nil || r.evidence.NeedsAuthorization {
		return nil
	}
	return r.evidence.Rejected(answered)
}

// Barred says why nothing can be judged that the suite sends under its own name; nil where that is accepted.
func (r *Report) Barred() error {
	for _, w := range r.rows {
		if w.barred != nil && slices.Contains([]string{"OK-1", "OK-2", "OK-3"}, w.check.Clause) {
			return w.barred
		}
	}
	return nil
}

// Issued is nil where valid logins get tokens, in this encoding too. Else it says which clause keeps that from being judged
// which is to get none.
func (r *Report) Issued(encoding exchange.Encoding) error {
	issued := func(l *check.Login) bool {
		return slices.ContainsFunc(append([]*check.Login{l}, r.evidence.Repeats[l.Request.Name]...), func(each *check.Login) bool { return each.Issued() == nil })
	}
	if first := r.First(); first != nil && !slices.ContainsFunc(r.evidence.Logins, issued) {
		return r.root(first, first.Issued())
	}
	var blocked *outcome.Unjudged
	for _, l := range r.evidence.Logins {
		if l.Request.Encoding != encoding {
			continue
		}
		if issued(l) || !errors.As(r.refused(l), &blocked) || blocked.By == "OK-1" {
			return nil
		}
	}
	if blocked != nil {
		return blocked
	}
	return nil
}

// Steady judges that the same request is always answered the same way (OK-5).
func (r *Report) Steady() error {
	for _, w := range r.rows {
		for _, l := range r.evidence.Logins {
			var violation *outcome.Violation
			if err := w.wavered[l]; errors.As(err, &violation) {
				bad, all := w.often()
				hint := ""
				if strings.HasPrefix(violation.Got, "status 5") {
					hint = violation.Hint // of its log; others are about all logins
				}
				return &outcome.Violation{
					Expected: fmt.Sprintf("identical requests to get the same kind of response (%s: %s)", w.check.Clause, violation.Expected),
					Got:      fmt.Sprintf("%s, in %d of %d logins, among them %s", violation.Got, bad, all, l.Request.Name),
					Hint:     hint,
					Request:  l.Request.Name,
				}
			}
		}
	}
	for _, w := range r.rows {
		for _, l := range r.evidence.Logins {
			if w.open[l] != nil {
				return fmt.Errorf("%s: %w", r.received(l), w.open[l])
			}
		}
	}
	for _, l := range r.evidence.Logins {
		if !l.Answered() && !r.forExtra(l) {
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

// received says what a login got, how often it was repeated, and what each repeat got.
func (r *Report) received(l *check.Login) string {
	got := func(l *check.Login) string {
		if l.Failure != nil {
			return "no response"
		}
		return fmt.Sprintf("status %d", l.Status)
	}
	text := l.Request.Name + " got " + got(l) + ", and was "
	var repeats []string
	for _, repeat := range r.evidence.Repeats[l.Request.Name] {
		repeats = append(repeats, got(repeat))
	}
	if repeats == nil {
		return text + "not repeated"
	}
	return fmt.Sprintf("%srepeated %d times (%s)", text, len(repeats), strings.Join(repeats, ", "))
}

// often counts the responses to logins, repeats among them, that break a row's check, and all that could be judged.
func (w *row) often() (bad, all int) {
	for _, err := range w.found {
		switch outcome.Of(err) {
		case outcome.Violated:
			bad++
			all++
		case outcome.Kept:
			all++
		default: // says nothing about this check
		}
	}
	return bad, all
}

// forExtra tells whether a login got no answer for the parameter that no server need take (ADV-10): alone it gets none either.
func (r *Report) forExtra(l *check.Login) bool {
	extra := func(l *check.Login) bool { return len(l.Request.Params) > len(check.Parameters()) && !l.Answered() }
	return extra(l) && slices.ContainsFunc(r.evidence.Logins, func(other *check.Login) bool { return extra(other) && r.isPart(other) })
}
