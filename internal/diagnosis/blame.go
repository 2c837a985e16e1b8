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

// blameAll settles a check that no login keeps.
func (r *Report) blameAll(w *row) {
	if w.check.Clause == "OK-1" && r.evidence.NeedsAuthorization {
		for _, l := range w.bad {
			w.blame(l, "REQ-2", "no Authorization header to be required", "it is required whatever the form contains")
		}
		return
	}
	w.own = w.found[w.bad[0]]
	if rejection := r.Rejection(); rejection != nil && w.check.Clause == "OK-1" {
		w.own = rejection
	} else if w.check.Clause == "OK-1" && r.evidence.Rejected != nil {
		w.own = unparsed(w.own, w.bad)
	}
	if len(w.bad) == 1 {
		r.doubt(w.bad[0])
	}
}

// unparsed says that the form is not parsed, as it seems, where logins are rejected as wrong credentials are, and so is what
// lacks a parameter.
func unparsed(err error, bad []*check.Login) error {
	var violation *outcome.Violation
	if !errors.As(err, &violation) || slices.ContainsFunc(bad, func(l *check.Login) bool { return !check.Rejects(l.Exchange) }) {
		return err
	}
	told := *violation
	const parsed = "is the form parsed?"
	if !strings.Contains(told.Hint, parsed) {
		told.Hint = "no form without a parameter got another response: " + parsed + " " + told.Hint
	}
	return &told
}

// blameTraits settles a check that some logins keep: the trait that most of the bad ones have, and none of the good
// ones, is blamed, until all of the bad ones are explained.
func (r *Report) blameTraits(w *row) {
	for bad := w.bad; len(bad) > 0; {
		best, covered := r.telling(w, bad)
		if len(covered) == 0 {
			best, _ = r.particular(w, bad[0])
			covered = bad[:1]
		}
		r.settle(w, best, covered)
		bad = slices.DeleteFunc(slices.Clone(bad), func(l *check.Login) bool { return slices.Contains(covered, l) })
	}
}

// blameRelated settles a check of logins against each other: only one trait that explains all of it is blamed.
func (r *Report) blameRelated(w *row) {
	best, covered := r.telling(w, w.bad)
	if len(covered) < len(w.bad) || best.agents > 1 {
		best = trait{}
	}
	r.settle(w, best, w.bad)
}

// settle blames a trait for bad answers, or the check's own clause where the trait has none. Until they have come again
// they are in doubt; and where logins are known to waver, what has not come again is taken for that.
func (r *Report) settle(w *row, best trait, bad []*check.Login) {
	if len(bad) == 1 && len(r.parts(bad[0])) > 0 && best.clause != "" {
		best = allAtOnce()
	}
	confirmed := slices.ContainsFunc(bad, func(l *check.Login) bool { return r.confirmed(w, l) })
	wavering := w.check.Relate == nil && !w.check.Advisory && (w.turned || !confirmed && !r.steadyRun())
	for _, l := range bad {
		clause, unsettled := r.clauseOf(w, best, l), r.unsettled(w, best, l)
		if best.ours && isOurs(l) { // what no documented client breaks is not broken
			clause = r.clauseOf(w, best, documented(bad))
		}
		switch {
		case wavering:
			w.wavered[l] = w.found[l]
		case clause == "":
			w.own = w.found[l]
		case best.ours && best.agents == 1:
			w.open[l] = barred(w.found[l])
			w.barred = w.open[l]
		case unsettled != nil:
			w.open[l] = unsettled
		default:
			w.blame(l, clause, "the same result as for other valid logins", "the only difference from the logins that pass: "+best.of(l)+undecoded(best, clause))
		}
	}
	switch {
	case wavering && !w.turned && r.again(w, bad[0], repeats):
		r.doubt(bad[0])
	case wavering || w.check.Advisory:
	case !confirmed:
		r.doubt(bad[0])
	default:
		r.takeApart(best, bad)
	}
}

// undecoded says what suggests that the values of a form are read, but not as they were sent.
func undecoded(best trait, clause string) string {
	if clause == "REQ-6" && (best.name == multipartForm || best.name == urlencodedForm) {
		return "; an unknown user gets the same response: are the values decoded as they were sent?"
	}
	return ""
}

// documented returns the first login that goes by a documented client's name; where there is none, the first of all.
func documented(all []*check.Login) *check.Login {
	return all[max(0, slices.IndexFunc(all, func(l *check.Login) bool { return !isOurs(l) }))]
}

// barred is what a bad answer comes to that is for the suite's own name alone, which no documented client goes by.
func barred(err error) error {
	var violation *outcome.Violation
	if !errors.As(err, &violation) {
		return err
	}
	return &outcome.Unknown{Reason: "requests with the User-Agent of this suite are rejected, and documented clients are not: " +
		"let the suite pass the filter that rejects it (" + violation.Got + ")"}
}

// clauseOf says which clause a trait breaks. A form that is understood, but whose values are not, breaks REQ-6 rather
// than the clause about its encoding.
func (r *Report) clauseOf(w *row, best trait, l *check.Login) string {
	encoding := best.name == multipartForm || best.name == urlencodedForm
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

// telling returns the trait that tells most of the bad logins from all of the row's good ones, and those that have it.
func (r *Report) telling(w *row, bad []*check.Login) (best trait, covered []*check.Login) {
	for _, each := range traits(bad, w.good) {
		if slices.ContainsFunc(w.good, each.in) {
			continue
		}
		having := slices.DeleteFunc(slices.Clone(bad), func(l *check.Login) bool { return !r.has(w, l, each) })
		if len(having) > len(covered) {
			best, covered = each, having
		}
	}
	return best, covered
}

// blame lays what was found of a login to another clause.
func (w *row) blame(l *check.Login, clause, expected, hint string) {
	var violation *outcome.Violation
	if !errors.As(w.found[l], &violation) {
		return
	}
	blamed := *violation
	blamed.Expected = fmt.Sprintf("%s (%s: %s)", expected, w.check.Clause, violation.Expected)
	blamed.Hint = hint
	w.blamed[l] = &blame{clause: clause, err: &blamed}
}
