package runner

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

const (
	// longestWait is the longest that is waited once for a rate limit.
	longestWait = time.Minute
	// mostWaiting is the longest that a run waits for rate limits in all: go test ends a run after ten minutes.
	mostWaiting = 8 * time.Minute
)

// Clock is the time that a run goes by.
type Clock interface {
	Now() time.Time
	// Sleep returns after d, or as soon as ctx is done.
	Sleep(ctx context.Context, d time.Duration)
}

// WallClock is the machine's own.
type WallClock struct{}

// Now returns the time.
func (WallClock) Now() time.Time { return time.Now() }

// Sleep returns after d, or as soon as ctx is done.
func (WallClock) Sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// pace says when the next request may be sent: in the set interval after the last one, and not before the time that a
// rate limit asks to wait is over. Where nothing passes after a wait, the next one is longer, so that a run ends whatever
// its target does.
type pace struct {
	clock    Clock
	interval time.Duration // between two requests; 0 is none

	mutex    sync.Mutex
	sent     int                // requests
	last     time.Time          // when the last of them was sent
	next     time.Time          // when the interval after it is over
	until    time.Time          // when the wait for the limit is over
	rejected *exchange.Exchange // whose wait that is
	waited   time.Duration
	stopped  string // why nothing more is sent, and what to do about it
	unsent   string // the same, of a request

	limited   bool          // nothing has passed since the limit was met
	since     time.Time     // when that was
	before    int           // requests that had been sent by then
	fruitless int           // waits since, after which nothing passed
	longest   time.Duration // that it took until something passed again
}

// await returns when the next request may be sent, with its number, or says why it may not. A careful request must not be
// rejected: where there is a limit, it waits as long as others had to wait for it at most.
func (p *pace) await(ctx context.Context, careful bool) (number int, failure *exchange.Failure) {
	for ctx.Err() == nil {
		wait, number, failure := p.take(careful)
		if failure != nil || number > 0 {
			return number, failure
		}
		p.clock.Sleep(ctx, wait)
	}
	if p.timeIsOver(ctx) {
		return 0, &exchange.Failure{Sentence: outcome.AtTimeLimit}
	}
	return 0, &exchange.Failure{Sentence: "the run was interrupted before this was sent: start it again"}
}

// timeIsOver reports whether the run has reached its time limit, and ends it then.
func (p *pace) timeIsOver(ctx context.Context) bool {
	if ctx.Err() == nil || !errors.Is(context.Cause(ctx), outcome.ErrTimeLimit) {
		return false
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.stopped == "" {
		p.stopped = "the run stopped shortly before the time limit of go test: raise it with -timeout (-test.timeout of a test binary)"
		p.unsent = outcome.AtTimeLimit
	}
	return true
}

// take numbers the next request, or says how long it has to wait, or why it may not be sent.
func (p *pace) take(careful bool) (wait time.Duration, number int, failure *exchange.Failure) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	now, until := p.clock.Now(), p.until
	if quiet := p.last.Add(min(p.longest, longestWait)); careful && p.longest > 0 && quiet.After(until) {
		until = quiet
	}
	if wait = max(0, until.Sub(now)); p.stopped == "" && wait > 0 {
		p.stop(wait, now)
		p.waited += wait
	}
	if p.stopped != "" {
		return 0, 0, &exchange.Failure{Sentence: p.unsent}
	}
	if wait = max(wait, p.next.Sub(now)); wait > 0 {
		return wait, 0, nil
	}
	p.sent++
	p.last, p.next = now, now.Add(p.interval)
	return 0, p.sent, nil
}

// stop ends the run where a wait is too long.
func (p *pace) stop(wait time.Duration, now time.Time) {
	p.unsent = outcome.AtRateLimit
	asked, _ := p.rejected.RetryAfter()
	switch {
	case asked > longestWait:
		p.stopped = p.rejected.Limit(fmt.Sprintf(", which is longer than the %.0f s that the suite waits at most", longestWait.Seconds()))
	case wait > longestWait:
		p.stopped = p.rejected.Limit(fmt.Sprintf(", still after a wait of %.0f s", now.Sub(p.since).Seconds()))
	case p.waited+wait > mostWaiting:
		p.stopped = p.rejected.Limit(fmt.Sprintf(", which would take the run beyond the %.0f s that it waits in all", mostWaiting.Seconds()))
	}
}

// met notes that a request, by its number, was rejected by a rate limit.
func (p *pace) met(number int, e *exchange.Exchange) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	now := p.clock.Now()
	switch {
	case !p.limited:
		p.limited, p.since, p.before, p.fruitless = true, now, p.sent, 0
	case number > p.before: // others were under way already
		p.fruitless++
	}
	grown := time.Second << p.fruitless
	wait, told := e.RetryAfter()
	switch {
	case !told:
		wait = grown
	case p.fruitless > 0:
		wait = max(wait, grown/2)
	}
	if until := now.Add(wait); p.rejected == nil || until.After(p.until) {
		p.until, p.rejected = until, e
	}
}

// passed notes that a request, by its number, was not.
func (p *pace) passed(number int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.limited && number > p.before {
		p.limited, p.longest = false, max(p.longest, p.last.Sub(p.since))
	}
}

// limits reports whether a rate limit was met.
func (p *pace) limits() bool {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.rejected != nil
}

// end says why nothing more was sent; "" where everything was.
func (p *pace) end() string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.stopped
}
