package runner

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/diagnosis"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/requests"
)

// run sends everything that is planned.
func (r *Runner) run(ctx context.Context) {
	login, absence := r.probe(ctx)
	switch {
	case absence != "":
		r.absence = absence
		for _, request := range r.plan {
			r.withhold(request, exchange.Failure{Sentence: absence})
		}
		r.withholdUnplanned()
		r.report = r.assess(false)
		return
	case r.refusesCredentials(ctx, login):
		for _, request := range r.plan {
			if request.Credentials {
				r.withhold(request, exchange.Failure{Clause: refusedClause, Sentence: "the configured credentials are refused, so no more tries are made with them"})
			}
		}
	}
	r.withholdUnplanned()
	r.withholdQueries()
	r.dispatch(ctx)
	r.sort()
	r.report = r.assess(false)
}

// sort puts the exchanges into the order of the plan, whatever order they were answered in.
func (r *Runner) sort() {
	place := map[string]int{}
	for i, request := range r.plan {
		place[request.Name] = i
	}
	slices.SortStableFunc(r.sent, func(one, other *exchange.Exchange) int {
		return place[one.Request.Name] - place[other.Request.Name]
	})
}

// withholdUnplanned settles the probe's other requests, where they were neither needed nor planned.
func (r *Runner) withholdUnplanned() {
	for _, request := range r.probes()[1:] {
		if !r.planned(request.Name) {
			r.withhold(request, exchange.Failure{Sentence: "the request was not needed"})
		}
	}
}

// withholdQueries settles the requests with the password in the query string, where that is not permitted.
func (r *Runner) withholdQueries() {
	if r.QueryPermitted() {
		return
	}
	for _, request := range r.plan {
		if slices.ContainsFunc(request.Query, func(param exchange.Param) bool { return param.Name == "password" }) {
			r.withhold(request, exchange.Failure{Sentence: "no password is sent in a query string beyond loopback"})
		}
	}
}

// dispatch sends what has not been sent: valid logins first, and forms that are no logins; when all of them are through,
// what may count towards a lockout, so that no lockout answers the former: first of unknown users, as settling the logins
// may need them; and when those are beyond doubt, the wrong passwords, which others wait for, so that they ask for their
// slot before the rest. A wrong password is not repeated, so no rate limit is to reject it: it waits until the others
// show whether there is one, and has the target to itself where there is.
func (r *Runner) dispatch(ctx context.Context) {
	var first, harmless, strangers, risky []exchange.Request
	for _, request := range r.plan {
		switch {
		case !r.open(request.Name) || r.isLast(request):
		case request.ValidLogin || request.Name == r.Catalogue.Preflight().Name:
			first = append(first, request)
		case len(request.Params) < len(check.Parameters()): // not even a try to log in
			harmless = append(harmless, request)
		case request.Credentials:
			risky = append(risky, request)
		default:
			strangers = append(strangers, request)
		}
	}
	var all, through sync.WaitGroup
	queue := func(group *sync.WaitGroup, some []exchange.Request, urgent bool) {
		for _, request := range some {
			r.queue(ctx, group, request, urgent)
		}
	}
	queue(&through, first, true)
	queue(&all, harmless, false)
	through.Wait()
	all.Wait()
	queue(&all, strangers, false)
	r.settle(ctx)
	all.Wait()
	if last := slices.DeleteFunc(r.lastRequests(), r.isSettled); len(last) > 0 {
		turn := r.slots.ask(true)
		all.Go(func() { r.last(ctx, last, turn) })
		if r.pace.limits() {
			all.Wait()
		}
	}
	queue(&all, risky, false)
	all.Wait()
}

// queue sends a request in its turn, in the background. One that is sent from another origin, where a page there may send it,
// waits for the answer to the preflight.
func (r *Runner) queue(ctx context.Context, group *sync.WaitGroup, request exchange.Request, urgent bool) {
	pair, paired := r.pair(request)
	switch {
	case paired && request.Name == pair.Alone.Name:
	case paired:
		group.Go(func() { r.sendPair(ctx, pair, urgent) })
	case request.Name == r.Catalogue.Extended().Login.Name && r.planned(r.Catalogue.Preflight().Name):
		group.Go(func() {
			if r.mayComeFromOtherOrigin() {
				request = r.Catalogue.ExtendedFromOtherOrigin().Login
			}
			r.record(request.Name, r.sendIn(ctx, request, r.slots.ask(urgent)))
		})
	default:
		turn := r.slots.ask(urgent)
		group.Go(func() { r.record(request.Name, r.sendIn(ctx, request, turn)) })
	}
}

// pair returns the pair that a request is one of, where it is planned to send the other one first or not at all.
func (r *Runner) pair(request exchange.Request) (requests.Pair, bool) {
	for _, pair := range r.Catalogue.Pairs() {
		if (request.Name == pair.Beside.Name || request.Name == pair.Alone.Name) && r.planned(pair.Beside.Name) {
			return pair, true
		}
	}
	return requests.Pair{}, false
}

// sendPair sends a form beside something that should make no difference, and the form alone only where it was or may have
// been that which made one.
func (r *Runner) sendPair(ctx context.Context, pair requests.Pair, urgent bool) {
	send := func(request exchange.Request) *exchange.Exchange { return r.sendIn(ctx, request, r.slots.ask(urgent)) }
	if pair.Beside.Header.Get("Origin") != "" && !r.mayComeFromOtherOrigin() {
		r.withhold(pair.Beside, exchange.Failure{Sentence: "no page of another origin may send it"})
		r.recordPlanned(pair.Alone, func() *exchange.Exchange { return send(pair.Alone) })
		return
	}
	beside := send(pair.Beside)
	alone := beside
	if kind := outcome.Of(r.Judge.MissingHandled(beside)); kind == outcome.Violated || kind == outcome.Inconclusive {
		alone = send(pair.Alone)
		const repeats = 3
		for tries := 0; tries < repeats && kind == outcome.Violated && r.Judge.MissingHandled(alone) == nil; tries++ {
			// Who answers now one way, now another, does so for another reason.
			if again := send(pair.Beside); r.Judge.MissingHandled(again) == nil {
				beside, alone = again, beside
			}
		}
	}
	r.record(pair.Beside.Name, beside)
	r.recordPlanned(pair.Alone, func() *exchange.Exchange { return alone })
}

// recordPlanned records what came of a request, where it was planned.
func (r *Runner) recordPlanned(request exchange.Request, came func() *exchange.Exchange) {
	if r.planned(request.Name) {
		r.record(request.Name, came())
	}
}

// mayComeFromOtherOrigin tells whether the preflight gives permission to pages of another origin (ADV-7). It waits for that.
func (r *Runner) mayComeFromOtherOrigin() bool {
	preflight := r.Catalogue.Preflight()
	return r.planned(preflight.Name) && check.Allows(r.Exchange(preflight))
}

// bundles returns those of the run.
func (r *Runner) bundles() []requests.Bundle {
	if r.mayComeFromOtherOrigin() {
		return []requests.Bundle{r.Catalogue.Rewritten(), r.Catalogue.ExtendedFromOtherOrigin()}
	}
	return r.Catalogue.Bundles()
}

// settle repeats doubtful logins, one at a time, until there is no more doubt or enough has been tried. The ordinary
// login is repeated first: where it fails by now, the others fail for no reason of their own.
func (r *Runner) settle(ctx context.Context) {
	const most = 12
	for tries := 0; tries < most; {
		doubts := r.assess(true).Doubts()
		if len(doubts) == 0 {
			return
		}
		again := doubts[0]
		if ordinary := r.Catalogue.Login(); tries == 0 && r.granted(r.Exchange(ordinary)) {
			again = ordinary
		}
		tries++
		if r.entries[again.Name] == nil && !slices.ContainsFunc(r.contrasts, func(l *check.Login) bool { return l.Request.Name == again.Name }) {
			r.contrasts = append(r.contrasts, r.login(r.send(ctx, again)))
			continue
		}
		name := again.Name
		again.Name += ", repeated"
		r.repeats[name] = append(r.repeats[name], r.login(r.send(ctx, again)))
	}
}

// lastRequests are the wrong passwords and the valid login between them (REF-1), in their order.
func (r *Runner) lastRequests() []exchange.Request {
	return []exchange.Request{r.Catalogue.WrongCase(), r.Catalogue.LoginAgain(), r.Catalogue.WrongLast()}
}

func (r *Runner) isLast(request exchange.Request) bool {
	return slices.ContainsFunc(r.lastRequests(), func(last exchange.Request) bool { return last.Name == request.Name })
}

// isSettled tells whether a request need not be sent: it was not planned, or something is recorded for it.
func (r *Runner) isSettled(request exchange.Request) bool {
	return !r.planned(request.Name) || !r.open(request.Name)
}

// last sends the last requests, the first of them in its turn.
func (r *Runner) last(ctx context.Context, last []exchange.Request, turn <-chan struct{}) {
	tried := false
	for i, request := range last {
		if r.isSettled(request) {
			continue
		}
		if i > 0 {
			turn = r.slots.ask(request.ValidLogin || !r.pace.limits())
		}
		e := r.sendIn(ctx, request, turn)
		if !request.ValidLogin {
			tried = true
			r.record(request.Name, e)
			continue
		}
		if tried && e.Answered() && !e.Success() && r.granted(r.Exchange(r.Catalogue.Login())) {
			sentence := fmt.Sprintf("a valid login was refused with status %d after a wrong password: is the account locked?", e.Status)
			e = exchange.Withheld(request, exchange.Failure{Sentence: sentence})
		}
		r.record(request.Name, e)
		if next := r.Catalogue.WrongLast(); r.planned(next.Name) && !e.Success() && r.pace.end() == "" {
			failure := exchange.Failure{Sentence: "no second wrong password was tried, because the valid login after the first was not granted"}
			if e.Answered() && !r.granted(r.Exchange(r.Catalogue.Login())) {
				failure.Clause = refusedClause
			}
			r.withhold(next, failure)
		}
	}
}

// assess judges the valid logins that are there.
func (r *Runner) assess(repeatable bool) *diagnosis.Report {
	evidence := diagnosis.Evidence{
		Checks:             r.Checks,
		Repeats:            r.repeats,
		Repeatable:         repeatable,
		NeedsAuthorization: r.needsAuthorization(),
		Rejected:           r.rejected,
		Stranger:           r.stranger,
		Bundles:            r.bundles(),
	}
	probe := r.Catalogue.Login()
	known := map[string]bool{}
	for _, request := range append([]exchange.Request{probe}, r.plan...) {
		if !request.ValidLogin || known[request.Name] || r.open(request.Name) {
			continue
		}
		known[request.Name] = true
		evidence.Logins = append(evidence.Logins, r.login(r.Exchange(request)))
	}
	evidence.Logins = append(evidence.Logins, r.contrasts...)
	return diagnosis.Assess(evidence)
}

// stranger tells whether a login was refused just as an unknown user's is, in an encoding whose forms are read (REQ-6): each
// parameter that one of them lacks is named. A login that is answered as if it had none was not read at all.
func (r *Runner) stranger(l *check.Login) bool {
	unread := l.Status == http.StatusRequestEntityTooLarge || l.Status == http.StatusUnsupportedMediaType
	unknown := r.Catalogue.UnknownUser(l.Request.Encoding)
	if unread || !r.Catalogue.HasReserved() || outcome.Of(r.Judge.Refused(l.Exchange)) != outcome.Kept || !r.planned(unknown.Name) {
		return false
	}
	for _, missing := range r.Catalogue.OneMissing(l.Request.Encoding) {
		if !r.planned(missing.Name) {
			return false
		}
		if answer := r.Exchange(missing); check.SameRefusal(answer, l.Exchange) || r.Judge.MissingNamed(answer) != nil {
			return false
		}
	}
	return check.SameRefusal(r.Exchange(unknown), l.Exchange)
}
