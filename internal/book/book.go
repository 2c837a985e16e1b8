// Package book sends the requests of a run, each once, and keeps what came back. Scenarios wait for the exchanges that
// they read; a request waits only for those that it depends on.
package book

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/logins"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/requests"
)

// Sender sends one request.
type Sender interface {
	Do(ctx context.Context, request exchange.Request) *exchange.Exchange
}

// Book is the record of one run. It is safe for concurrent use.
type Book struct {
	Sender      Sender
	Judge       *check.Judge
	Catalogue   requests.Catalogue
	Checks      []logins.Check // what holds for the answer to every valid login
	Concurrency int            // exchanges under way at once, at most
	Rate        float64        // requests per second, at most; 0 is without bounds
	Clock       Clock          // for waits; nil is the machine's
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
	absence   string         // why the target is not there at all
	report    *logins.Report // once done
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
func (b *Book) Start(ctx context.Context, plan []exchange.Request) {
	b.entries = map[string]*entry{}
	b.slots.width = b.Concurrency
	b.pace.clock = b.Clock
	if b.Clock == nil {
		b.pace.clock = WallClock{}
	}
	if b.Rate > 0 {
		b.pace.interval = time.Duration(float64(time.Second) / b.Rate)
	}
	b.done = make(chan struct{})
	b.repeats = map[string][]*check.Login{}
	b.parsed = map[*exchange.Exchange]*check.Login{}
	for _, request := range append(b.probes(), plan...) {
		if b.entries[request.Name] == nil {
			b.entries[request.Name] = &entry{done: make(chan struct{})}
		}
	}
	b.plan = plan
	go func() {
		defer close(b.done)
		b.run(ctx)
	}()
}

// Wait returns when all requests have been sent and answered.
func (b *Book) Wait() { <-b.done }

// Exchange returns what came of a planned request, as soon as it is there.
func (b *Book) Exchange(request exchange.Request) *exchange.Exchange {
	e := b.entries[request.Name]
	if e == nil {
		return exchange.Withheld(request, exchange.Failure{Sentence: "the request was not planned: report it as a fault of this suite"})
	}
	<-e.done
	return e.exchange
}

// Exchanges returns every exchange of the run, once all are there: planned ones, the probe's and repeated ones.
func (b *Book) Exchanges() []*exchange.Exchange {
	<-b.done
	return b.sent
}

// Logins returns what all valid logins come to, once all are there.
func (b *Book) Logins() *logins.Report {
	<-b.done
	return b.report
}

// Root replaces, in an outcome that says what a clause builds on, that clause by the one that is really broken.
func (b *Book) Root(err error) error {
	<-b.done
	return b.report.Root(err)
}

// Absence says why the target is not there at all; "" where it is.
func (b *Book) Absence() string {
	<-b.done
	return b.absence
}

// Sent returns how many requests were sent.
func (b *Book) Sent() int { return len(b.Exchanges()) }

// Repeated returns how many of them were sent again because a rate limit had rejected them.
func (b *Book) Repeated() int {
	<-b.done
	return b.repeated
}

// Stopped says why the run stopped at a rate limit, or at its time limit, before all was sent; "" where it did not.
func (b *Book) Stopped() string {
	<-b.done
	return b.pace.end()
}

// Loopback reports whether the target is on this machine: by the connection of the ordinary login, whatever its name.
func (b *Book) Loopback() bool { return b.Exchange(b.Catalogue.Login()).Loopback }

// QueryPermitted reports whether the password may stand in a query string (REF-5), as soon as that is known.
func (b *Book) QueryPermitted() bool { return b.QueryAllowed || b.Loopback() }

// send sends a request when there is a slot for it, before those that nobody waits for, and records what came back.
func (b *Book) send(ctx context.Context, request exchange.Request) *exchange.Exchange {
	return b.sendIn(ctx, request, b.slots.ask(true))
}

// sendIn does so in a slot that was asked for. What a rate limit rejects is sent again, but for wrong passwords; the
// request that is to be judged is the last one.
func (b *Book) sendIn(ctx context.Context, request exchange.Request, turn <-chan struct{}) *exchange.Exchange {
	once := b.isLast(request) && !request.ValidLogin
	for tries := 0; ; tries++ {
		<-turn
		number, failure := b.pace.await(ctx, once)
		b.slots.started()
		if failure != nil {
			b.slots.release()
			return exchange.Withheld(request, *failure)
		}
		e := b.Sender.Do(ctx, request)
		b.pace.timeIsOver(ctx)
		b.Judge.Hide(e)
		b.mutex.Lock()
		b.sent = append(b.sent, e)
		b.repeated += min(tries, 1)
		b.mutex.Unlock()
		if e.Limited() {
			b.slots.narrow()
			b.pace.met(number, e)
		} else {
			b.pace.passed(number)
		}
		if once || !e.Limited() {
			b.slots.release()
			return e
		}
		turn = b.slots.again()
	}
}

// record makes an exchange known to those who wait for it: the first of each request.
func (b *Book) record(name string, e *exchange.Exchange) {
	entry := b.entries[name]
	entry.first.Do(func() {
		entry.exchange = e
		close(entry.done)
	})
}

// take sends a request and makes the exchange known.
func (b *Book) take(ctx context.Context, request exchange.Request) *exchange.Exchange {
	e := b.send(ctx, request)
	b.record(request.Name, e)
	return e
}

// open tells whether nothing has been recorded for a planned request.
func (b *Book) open(name string) bool {
	select {
	case <-b.entries[name].done:
		return false
	default:
		return true
	}
}

func (b *Book) planned(name string) bool {
	for _, request := range b.plan {
		if request.Name == name {
			return true
		}
	}
	return false
}

// withhold records of a planned request that it was not sent.
func (b *Book) withhold(request exchange.Request, failure exchange.Failure) {
	if b.open(request.Name) {
		b.record(request.Name, exchange.Withheld(request, failure))
	}
}

// refusedClause is the clause that a refused valid login breaks.
const refusedClause = "OK-1"

// granted tells whether a valid login was.
func (b *Book) granted(e *exchange.Exchange) bool {
	return outcome.Of(b.Judge.Succeeds(b.login(e))) == outcome.Kept
}

// login takes the answer to a valid login apart, once. It is called by one goroutine at a time.
func (b *Book) login(e *exchange.Exchange) *check.Login {
	if b.parsed[e] == nil {
		b.parsed[e] = b.Judge.Login(e)
	}
	return b.parsed[e]
}
