// Package runner sends the requests of a run, each once, and keeps what came back. Scenarios wait for the exchanges that
// they read; a request waits only for those that it depends on.
package runner

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/diagnosis"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/requests"
)

// Sender sends one request.
type Sender interface {
	Do(ctx context.Context, request exchange.Request) *exchange.Exchange
}

// Runner is the record of one run. It is safe for concurrent use.
type Runner struct {
	Sender      Sender
	Judge       *check.Judge
	Catalogue   requests.Catalogue
	Checks      []diagnosis.Check // what holds for the answer to every valid login
	Concurrency int               // exchanges under way at once, at most
	Rate        float64           // requests per second, at most; 0 is without bounds
	Clock       Clock             // for waits; nil is the machine's
	// QueryAllowed lets the password stand in a query string wherever the target is, not on loopback alone (REF-5).
	QueryAllowed bool

	plan    []exchange.Request
	entries map[string]*entry
	slots   slots
	pace    pace
	done    chan struct{}

	mutex     sync.Mutex
	sent      []*exchange.Exchange // in the order of their answers
	repeated  int                  // of them, after a rate limit
	repeats   map[string][]*check.Login
	contrasts []*check.Login // logins that were not planned, sent to find out what is to blame
	parsed    map[*exchange.Exchange]*check.Login
	absence   string            // why the target is not there at all
	report    *diagnosis.Report // once done
}

type entry struct {
	done     chan struct{}
	first    sync.Once
	exchange *exchange.Exchange
}

// Shared returns a plan in which every request stands once, to be sent for all scenarios that ask for it.
func Shared(plan []exchange.Request) []exchange.Request {
	known := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(plan), func(request exchange.Request) bool {
		again := known[request.Name]
		known[request.Name] = true
		return again
	})
}

// Start sends the planned requests in the background, the ordinary login first of all, planned or not. It is called
// once. The record is complete, and all goroutines have ended, when Wait returns. That takes no limit of its own: the
// sender bounds each exchange, how many there are is bounded, and so are the waits for a rate limit.
func (r *Runner) Start(ctx context.Context, plan []exchange.Request) {
	r.entries = map[string]*entry{}
	r.slots.width = r.Concurrency
	r.pace.clock = r.Clock
	if r.Clock == nil {
		r.pace.clock = WallClock{}
	}
	if r.Rate > 0 {
		r.pace.interval = time.Duration(float64(time.Second) / r.Rate)
	}
	r.done = make(chan struct{})
	r.repeats = map[string][]*check.Login{}
	r.parsed = map[*exchange.Exchange]*check.Login{}
	for _, request := range append(r.probes(), plan...) {
		if r.entries[request.Name] == nil {
			r.entries[request.Name] = &entry{done: make(chan struct{})}
		}
	}
	r.plan = plan
	go func() {
		defer close(r.done)
		r.run(ctx)
	}()
}

// Wait returns when all requests have been sent and answered.
func (r *Runner) Wait() { <-r.done }

// Exchange returns what came of a planned request, as soon as it is there.
func (r *Runner) Exchange(request exchange.Request) *exchange.Exchange {
	e := r.entries[request.Name]
	if e == nil {
		return exchange.Withheld(request, exchange.Failure{Sentence: "the request was not planned: report it as a fault of this suite"})
	}
	<-e.done
	return e.exchange
}

// Exchanges returns every exchange of the run, once all are there: planned ones, the probe's and repeated ones.
func (r *Runner) Exchanges() []*exchange.Exchange {
	<-r.done
	return r.sent
}

// Logins returns what all valid logins come to, once all are there.
func (r *Runner) Logins() *diagnosis.Report {
	<-r.done
	return r.report
}

// Root replaces, in an outcome that says what a clause builds on, that clause by the one that is really broken.
func (r *Runner) Root(err error) error {
	<-r.done
	return r.report.Root(err)
}

// Absence says why the target is not there at all; "" where it is.
func (r *Runner) Absence() string {
	<-r.done
	return r.absence
}

// Sent returns how many requests were sent.
func (r *Runner) Sent() int { return len(r.Exchanges()) }

// Repeated returns how many of them were sent again because a rate limit had rejected them.
func (r *Runner) Repeated() int {
	<-r.done
	return r.repeated
}

// Stopped says why the run stopped at a rate limit, or at its time limit, before all was sent; "" where it did not.
func (r *Runner) Stopped() string {
	<-r.done
	return r.pace.end()
}

// Loopback reports whether the target is on this machine: by the connection of the ordinary login, whatever its name.
func (r *Runner) Loopback() bool { return r.Exchange(r.Catalogue.Login()).Loopback }

// QueryPermitted reports whether the password may stand in a query string (REF-5), as soon as that is known.
func (r *Runner) QueryPermitted() bool { return r.QueryAllowed || r.Loopback() }

// send sends a request when there is a slot for it, before those that nobody waits for, and records what came back.
func (r *Runner) send(ctx context.Context, request exchange.Request) *exchange.Exchange {
	return r.sendIn(ctx, request, r.slots.ask(true))
}

// sendIn does so in a slot that was asked for. What a rate limit rejects is sent again, but for wrong passwords; the
// request that is to be judged is the last one.
func (r *Runner) sendIn(ctx context.Context, request exchange.Request, turn <-chan struct{}) *exchange.Exchange {
	once := r.isLast(request) && !request.ValidLogin
	for tries := 0; ; tries++ {
		<-turn
		number, failure := r.pace.await(ctx, once)
		r.slots.started()
		if failure != nil {
			r.slots.release()
			return exchange.Withheld(request, *failure)
		}
		e := r.Sender.Do(ctx, request)
		r.pace.timeIsOver(ctx)
		r.Judge.Hide(e)
		r.mutex.Lock()
		r.sent = append(r.sent, e)
		r.repeated += min(tries, 1)
		r.mutex.Unlock()
		if e.Limited() {
			r.slots.narrow()
			r.pace.met(number, e)
		} else {
			r.pace.passed(number)
		}
		if once || !e.Limited() {
			r.slots.release()
			return e
		}
		turn = r.slots.again()
	}
}

// record makes an exchange known to those who wait for it: the first of each request.
func (r *Runner) record(name string, e *exchange.Exchange) {
	entry := r.entries[name]
	entry.first.Do(func() {
		entry.exchange = e
		close(entry.done)
	})
}

// take sends a request and makes the exchange known.
func (r *Runner) take(ctx context.Context, request exchange.Request) *exchange.Exchange {
	e := r.send(ctx, request)
	r.record(request.Name, e)
	return e
}

// open tells whether nothing has been recorded for a planned request.
func (r *Runner) open(name string) bool {
	select {
	case <-r.entries[name].done:
		return false
	default:
		return true
	}
}

func (r *Runner) planned(name string) bool {
	for _, request := range r.plan {
		if request.Name == name {
			return true
		}
	}
	return false
}

// withhold records of a planned request that it was not sent.
func (r *Runner) withhold(request exchange.Request, failure exchange.Failure) {
	if r.open(request.Name) {
		r.record(request.Name, exchange.Withheld(request, failure))
	}
}

// refusedClause is the clause that a refused valid login breaks.
const refusedClause = "OK-1"

// granted tells whether a valid login was.
func (r *Runner) granted(e *exchange.Exchange) bool {
	return outcome.Of(r.Judge.Succeeds(r.login(e))) == outcome.Kept
}

// login takes the answer to a valid login apart, once. It is called by one goroutine at a time.
func (r *Runner) login(e *exchange.Exchange) *check.Login {
	if r.parsed[e] == nil {
		r.parsed[e] = r.Judge.Login(e)
	}
	return r.parsed[e]
}
