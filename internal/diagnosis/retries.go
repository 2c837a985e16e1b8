package diagnosis

import (
	"slices"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/requests"
)

// How often a doubtful login is sent again: more often where logins are known to waver, as a bad answer may come again by
// chance then.
const repeats, repeatsInDoubt = 2, 4

func (r *Report) repeats() int {
	if r.steadyRun() {
		return repeats
	}
	return repeatsInDoubt
}

// Doubts returns the logins that should be sent before anybody is blamed: repeated ones, or such as were not planned.
func (r *Report) Doubts() []exchange.Request { return r.doubts }

func (r *Report) doubt(l *check.Login) {
	known := slices.ContainsFunc(r.doubts, func(request exchange.Request) bool { return request.Name == l.Request.Name })
	if !known && r.evidence.Repeatable && len(r.evidence.Repeats[l.Request.Name]) < r.repeats() {
		r.doubts = append(r.doubts, l.Request)
	}
}

// want asks for logins that were not planned, where any may still be sent.
func (r *Report) want(logins ...exchange.Request) {
	if !r.evidence.Repeatable {
		return
	}
	for _, request := range logins {
		if !slices.ContainsFunc(r.evidence.Logins, func(l *check.Login) bool { return l.Request.Name == request.Name || same(l.Request, request) }) {
			r.doubts = append(r.doubts, request)
		}
	}
}

// steadyRun tells whether no login was answered now one way, now another.
func (r *Report) steadyRun() bool {
	return !slices.ContainsFunc(r.rows, func(w *row) bool { return len(w.wavered) > 0 })
}

// confirmed tells whether a bad answer came again every time that the login was repeated.
func (r *Report) confirmed(w *row, l *check.Login) bool { return r.again(w, l, r.repeats()) }

// again tells whether a bad answer came that many times again, and no other.
func (r *Report) again(w *row, l *check.Login, times int) bool {
	again := r.evidence.Repeats[l.Request.Name]
	return len(again) >= times && !slices.ContainsFunc(again, func(repeat *check.Login) bool {
		return outcome.Of(w.found[repeat]) != outcome.Violated
	})
}

// unsettled is what keeps a trait from being blamed: a repeat, or a login with one of the traits alone, that nobody
// answered, so that the bad answer may be for another reason. It is nil where there is no such thing.
func (r *Report) unsettled(w *row, best trait, l *check.Login) error {
	for _, repeat := range r.evidence.Repeats[l.Request.Name] {
		if outcome.Of(w.found[repeat]) == outcome.Inconclusive {
			return w.found[repeat]
		}
	}
	if best.name != allAtOnce().name {
		return nil
	}
	for _, part := range r.parts(l) {
		alone, sent := r.login(part.Name)
		switch {
		case !sent:
			return &outcome.Unknown{Reason: part.Name + " was not sent"}
		case outcome.Of(w.found[alone]) == outcome.Inconclusive:
			return w.found[alone]
		}
	}
	return nil
}

// takeApart asks for logins that were not planned, where a login that is answered badly has several traits: each of its
// traits alone, and a sample's login without what is blamed. Where no trait alone does harm, all of them together do.
func (r *Report) takeApart(best trait, bad []*check.Login) {
	if slices.Contains([]string{"REQ-3", "REQ-6", "ADV-10"}, best.clause) && !r.ordinary(best) {
		for _, l := range bad {
			r.want(r.parts(l)...)
		}
	}
	if best.drop != nil && !best.ours {
		r.want(best.drop(bad[0].Request))
	}
}

// hearParts asks for the traits of a bundle one by one, where it is the only login that got no answer at all.
func (r *Report) hearParts() {
	silent := slices.DeleteFunc(slices.Clone(r.evidence.Logins), func(l *check.Login) bool { return l.Answered() || r.isPart(l) })
	if len(silent) == 1 && silent[0].Failure != nil {
		r.want(r.parts(silent[0])...)
	}
}

// heard tells whether a bundle got no answer, but its traits, one by one, were sent.
func (r *Report) heard(l *check.Login) bool {
	parts := r.parts(l)
	return !l.Answered() && !slices.ContainsFunc(parts, func(part exchange.Request) bool {
		_, sent := r.login(part.Name)
		return !sent
	})
}

// isPart tells whether a login was sent for one of a bundle's traits.
func (r *Report) isPart(l *check.Login) bool {
	return slices.ContainsFunc(r.evidence.Bundles, func(bundle requests.Bundle) bool {
		return slices.ContainsFunc(bundle.Parts, func(part exchange.Request) bool { return part.Name == l.Request.Name })
	})
}

// parts returns the logins that a bundle is made of; none for another login.
func (r *Report) parts(l *check.Login) []exchange.Request {
	for _, bundle := range r.evidence.Bundles {
		if bundle.Login.Name == l.Request.Name {
			return bundle.Parts
		}
	}
	return nil
}
