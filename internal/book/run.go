package book

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/logins"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/requests"
)

// run sends everything that is planned.
func (b *Book) run(ctx context.Context) {
	login, absence := b.probe(ctx)
	switch {
	case absence != "":
		b.absence = absence
		for _, request := range b.plan {
			b.withhold(request, exchange.Failure{Sentence: absence})
		}
		b.withholdUnplanned()
		b.report = b.assess(false)
		return
	case b.refusesCredentials(ctx, login):
		for _, request := range b.plan {
			if request.Credentials {
				b.withhold(request, exchange.Failure{Clause: refusedClause, Sentence: "the configured credentials are refused, so no more tries are made with them"})
			}
		}
	}
	b.withholdUnplanned()
	b.withholdQueries()
	b.dispatch(ctx)
	b.sort()
	b.report = b.assess(false)
}

// sort puts the exchanges into the order of the plan, whatever order they were answered in.
func (b *Book) sort() {
	place := map[string]int{}
	for i, request := range b.plan {
		place[request.Name] = i
	}
	slices.SortStableFunc(b.sent, func(one, other *exchange.Exchange) int {
		return place[one.Request.Name] - place[other.Request.Name]
	})
}

// withholdUnplanned settles the probe's other requests, where they were neither needed nor planned.
func (b *Book) withholdUnplanned() {
	for _, request := range b.probes()[1:] {
		if !b.planned(request.Name) {
			b.withhold(request, exchange.Failure{Sentence: "the request was not needed"})
		}
	}
}

// withholdQueries settles the requests with the password in the query string, where that is not permitted.
func (b *Book) withholdQueries() {
	if b.QueryPermitted() {
		return
	}
	for _, request := range b.plan {
		if slices.ContainsFunc(request.Query, func(param exchange.Param) bool { return param.Name == "password" }) {
			b.withhold(request, exchange.Failure{Sentence: "no password is sent in a query string beyond loopback"})
		}
	}
}

// dispatch sends what has not been sent: valid logins first, and what has to do with no account; when all logins are
// through and beyond doubt, the wrong passwords, which others wait for, so that they ask for their slot before; and,
// beside that, what else may count towards a lockout. A wrong password is not repeated, so no rate limit is to reject it:
// it waits until the others show whether there is one, and has the target to itself where there is.
func (b *Book) dispatch(ctx context.Context) {
	var first, harmless, risky []exchange.Request
	for _, request := range b.plan {
		switch {
		case !b.open(request.Name) || b.isLast(request):
		case request.ValidLogin || request.Name == b.Catalogue.Preflight().Name:
			first = append(first, request)
		case request.Credentials:
			risky = append(risky, request)
		default:
			harmless = append(harmless, request)
		}
	}
	var all, through sync.WaitGroup
	for _, request := range first {
		b.queue(ctx, &through, request, true)
	}
	for _, request := range harmless {
		b.queue(ctx, &all, request, false)
	}
	through.Wait()
	b.settle(ctx)
	all.Wait()
	if last := slices.DeleteFunc(b.lastRequests(), b.isSettled); len(last) > 0 {
		turn := b.slots.ask(true)
		all.Go(func() { b.last(ctx, last, turn) })
		if b.pace.limits() {
			all.Wait()
		}
	}
	for _, request := range risky {
		b.queue(ctx, &all, request, false)
	}
	all.Wait()
}

// queue sends a request in its turn, in the background. One that is sent from another origin, where a page there may send it,
// waits for the answer to the preflight.
func (b *Book) queue(ctx context.Context, group *sync.WaitGroup, request exchange.Request, urgent bool) {
	pair, paired := b.pair(request)
	switch {
	case paired && request.Name == pair.Alone.Name:
	case paired:
		group.Go(func() { b.sendPair(ctx, pair, urgent) })
	case request.Name == b.Catalogue.Extended().Login.Name && b.planned(b.Catalogue.Preflight().Name):
		group.Go(func() {
			if b.mayComeFromOtherOrigin() {
				request = b.Catalogue.ExtendedFromOtherOrigin().Login
			}
			b.record(request.Name, b.sendIn(ctx, request, b.slots.ask(urgent)))
		})
	default:
		turn := b.slots.ask(urgent)
		group.Go(func() { b.record(request.Name, b.sendIn(ctx, request, turn)) })
	}
}

// pair returns the pair that a request is one of, where it is planned to send the other one first or not at all.
func (b *Book) pair(request exchange.Request) (requests.Pair, bool) {
	for _, pair := range b.Catalogue.Pairs() {
		if (request.Name == pair.Beside.Name || request.Name == pair.Alone.Name) && b.planned(pair.Beside.Name) {
			return pair, true
		}
	}
	return requests.Pair{}, false
}

// sendPair sends a form beside something that should make no difference, and the form alone only where it was or may have
// been that which made one.
func (b *Book) sendPair(ctx context.Context, pair requests.Pair, urgent bool) {
	send := func(request exchange.Request) *exchange.Exchange { return b.sendIn(ctx, request, b.slots.ask(urgent)) }
	if pair.Beside.Header.Get("Origin") != "" && !b.mayComeFromOtherOrigin() {
		b.withhold(pair.Beside, exchange.Failure{Sentence: "no page of another origin may send it"})
		b.recordPlanned(pair.Alone, func() *exchange.Exchange { return send(pair.Alone) })
		return
	}
	beside := send(pair.Beside)
	alone := beside
	if kind := outcome.Of(b.Judge.MissingHandled(beside)); kind == outcome.Violated || kind == outcome.Inconclusive {
		alone = send(pair.Alone)
		const repeats = 3
		for tries := 0; tries < repeats && kind == outcome.Violated && b.Judge.MissingHandled(alone) == nil; tries++ {
			// Who answers now one way, now another, does so for another reason.
			if again := send(pair.Beside); b.Judge.MissingHandled(again) == nil {
				beside, alone = again, beside
			}
		}
	}
	b.record(pair.Beside.Name, beside)
	b.recordPlanned(pair.Alone, func() *exchange.Exchange { return alone })
}

// recordPlanned records what came of a request, where it was planned.
func (b *Book) recordPlanned(request exchange.Request, came func() *exchange.Exchange) {
	if b.planned(request.Name) {
		b.record(request.Name, came())
	}
}

// mayComeFromOtherOrigin tells whether the preflight gives permission to pages of another origin (ADV-7). It waits for that.
func (b *Book) mayComeFromOtherOrigin() bool {
	preflight := b.Catalogue.Preflight()
	return b.planned(preflight.Name) && check.Allows(b.Exchange(preflight))
}

// bundles returns those of the run.
func (b *Book) bundles() []requests.Bundle {
	if b.mayComeFromOtherOrigin() {
		return []requests.Bundle{b.Catalogue.Rewritten(), b.Catalogue.ExtendedFromOtherOrigin()}
	}
	return b.Catalogue.Bundles()
}

// settle repeats doubtful logins, one at a time, until there is no more doubt or enough has been tried. The ordinary
// login is repeated first: where it fails by now, the others fail for no reason of their own.
func (b *Book) settle(ctx context.Context) {
	const most = 12
	for tries := 0; tries < most; {
		doubts := b.assess(true).Doubts()
		if len(doubts) == 0 {
			return
		}
		again := doubts[0]
		if ordinary := b.Catalogue.Login(); tries == 0 && b.granted(b.Exchange(ordinary)) {
			again = ordinary
		}
		tries++
		if b.entries[again.Name] == nil && !slices.ContainsFunc(b.contrasts, func(l *check.Login) bool { return l.Request.Name == again.Name }) {
			b.contrasts = append(b.contrasts, b.login(b.send(ctx, again)))
			continue
		}
		name := again.Name
		again.Name += ", repeated"
		b.repeats[name] = append(b.repeats[name], b.login(b.send(ctx, again)))
	}
}

// lastRequests are the wrong passwords and the valid login between them (REF-1), in their order.
func (b *Book) lastRequests() []exchange.Request {
	return []exchange.Request{b.Catalogue.WrongCase(), b.Catalogue.LoginAgain(), b.Catalogue.WrongLast()}
}

func (b *Book) isLast(request exchange.Request) bool {
	return slices.ContainsFunc(b.lastRequests(), func(last exchange.Request) bool { return last.Name == request.Name })
}

// isSettled tells whether a request need not be sent: it was not planned, or something is recorded for it.
func (b *Book) isSettled(request exchange.Request) bool {
	return !b.planned(request.Name) || !b.open(request.Name)
}

// last sends the last requests, the first of them in its turn.
func (b *Book) last(ctx context.Context, last []exchange.Request, turn <-chan struct{}) {
	tried := false
	for i, request := range last {
		if b.isSettled(request) {
			continue
		}
		if i > 0 {
			turn = b.slots.ask(request.ValidLogin || !b.pace.limits())
		}
		e := b.sendIn(ctx, request, turn)
		if !request.ValidLogin {
			tried = true
			b.record(request.Name, e)
			continue
		}
		if tried && e.Answered() && !e.Success() && b.granted(b.Exchange(b.Catalogue.Login())) {
			sentence := fmt.Sprintf("a valid login was refused with status %d after a wrong password: is the account locked?", e.Status)
			e = exchange.Withheld(request, exchange.Failure{Sentence: sentence})
		}
		b.record(request.Name, e)
		if next := b.Catalogue.WrongLast(); b.planned(next.Name) && !e.Success() && b.pace.end() == "" {
			failure := exchange.Failure{Sentence: "no second wrong password was tried, because the valid login after the first was not granted"}
			if e.Answered() && !b.granted(b.Exchange(b.Catalogue.Login())) {
				failure.Clause = refusedClause
			}
			b.withhold(next, failure)
		}
	}
}

// assess judges the valid logins that are there.
func (b *Book) assess(repeatable bool) *logins.Report {
	evidence := logins.Evidence{
		Checks:             b.Checks,
		Repeats:            b.repeats,
		Repeatable:         repeatable,
		NeedsAuthorization: b.needsAuthorization(),
		Rejected:           b.rejected,
		Stranger:           b.stranger,
		Bundles:            b.bundles(),
	}
	probe := b.Catalogue.Login()
	known := map[string]bool{}
	for _, request := range append([]exchange.Request{probe}, b.plan...) {
		if !request.ValidLogin || known[request.Name] || b.open(request.Name) {
			continue
		}
		known[request.Name] = true
		evidence.Logins = append(evidence.Logins, b.login(b.Exchange(request)))
	}
	evidence.Logins = append(evidence.Logins, b.contrasts...)
	return logins.Assess(evidence)
}

// stranger tells whether a login was refused just as an unknown user's is, in an encoding whose forms are read (REQ-6): each
// parameter that one of them lacks is named. A login that is answered as if it had none was not read at all.
func (b *Book) stranger(l *check.Login) bool {
	unread := l.Status == http.StatusRequestEntityTooLarge || l.Status == http.StatusUnsupportedMediaType
	unknown := b.Catalogue.UnknownUser(l.Request.Encoding)
	if unread || !b.Catalogue.HasReserved() || outcome.Of(b.Judge.Refused(l.Exchange)) != outcome.Kept || !b.planned(unknown.Name) {
		return false
	}
	for _, missing := range b.Catalogue.OneMissing(l.Request.Encoding) {
		if !b.planned(missing.Name) {
			return false
		}
		if answer := b.Exchange(missing); check.SameRefusal(answer, l.Exchange) || b.Judge.MissingNamed(answer) != nil {
			return false
		}
	}
	return check.SameRefusal(b.Exchange(unknown), l.Exchange)
}
