package logins

import (
	"slices"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/requests"
)

// repeats is how often a doubtful login is sent again.
const repeats = 2

// Doubts returns the logins that should be sent before anybody is blamed: repeated ones, or such as were not planned.
func (r *Report) Doubts() []exchange.Request { return r.doubts }

func (r *Report) doubt(l *check.Login) {
	known := slices.ContainsFunc(r.doubts, func(request exchange.Request) bool { return request.Name == l.Request.Name })
	if !known && r.evidence.Repeatable && len(r.evidence.Repeats[l.Request.Name]) < repeats {
		r.doubts = append(r.doubts, l.Request)
	}
}

// want asks for logins that were not planned.
func (r *Report) want(logins ...exchange.Request) {
	for _, request := range logins {
		if _, sent := r.login(request.Name); !sent {
			r.doubts = append(r.doubts, request)
		}
	}
}

// steadyRun tells whether no login was answered now one way, now another.
func (r *Report) steadyRun() bool {
	return !slices.ContainsFunc(r.rows, func(w *row) bool { return len(w.wavered) > 0 })
}

// confirmed tells whether a bad answer came again every time that the login was repeated.
func (r *Report) confirmed(w *row, l *check.Login) bool {
	again := r.evidence.Repeats[l.Request.Name]
	return len(again) >= repeats && !slices.ContainsFunc(again, func(repeat *check.Login) bool {
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
// traits alone, and the browser sample's login without the header that REQ-3 is about. Where no trait alone does harm,
// all of them together do.
func (r *Report) takeApart(best trait, bad []*check.Login) {
	if slices.Contains([]string{"REQ-3", "REQ-6", "ADV-10"}, best.clause) && !r.ordinary(best) {
		for _, l := range bad {
			r.want(r.parts(l)...)
		}
	}
	if best.clause == "REQ-3" && len(bad) == 1 {
		r.want(requests.Unauthorized(bad[0].Request))
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
	return !l.Answered() && len(parts) > 0 && !slices.ContainsFunc(parts, func(part exchange.Request) bool {
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
