package runner

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/schema"
)

// limiter is an endpoint that grants valid logins, refuses all else, and takes 20 ms for it, behind a rate limit.
type limiter struct {
	rejects func(request exchange.Request, now time.Duration) bool
	status  int           // 0 is 429
	header  func() string // Retry-After

	start  time.Time
	mutex  sync.Mutex
	under  int
	most   int // exchanges under way at once after a request was rejected
	passed map[string]int
	sent   map[string]int
	at     []time.Duration
}

func (l *limiter) Do(ctx context.Context, request exchange.Request) *exchange.Exchange {
	e := l.begin(request)
	WallClock{}.Sleep(ctx, 20*time.Millisecond)
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.under--
	e.Received = time.Now()
	return e
}

func (l *limiter) begin(request exchange.Request) *exchange.Exchange {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.passed == nil {
		l.start, l.passed, l.sent = time.Now(), map[string]int{}, map[string]int{}
	}
	l.under++
	l.sent[request.Name]++
	l.at = append(l.at, time.Since(l.start))
	if l.most > 0 {
		l.most = max(l.most, l.under)
	}
	e := &exchange.Exchange{Request: request, Status: http.StatusUnauthorized, Header: http.Header{}, Raw: []byte("{}")}
	if l.rejects(request, time.Since(l.start)) {
		l.most = max(l.most, 1)
		e.Status = max(l.status, http.StatusTooManyRequests)
		if l.header != nil {
			e.Header.Set("Retry-After", l.header())
		}
		return e
	}
	l.passed[request.Name]++
	if request.ValidLogin {
		e.Status = http.StatusOK
	}
	return e
}

type rejects = func(exchange.Request, time.Duration) bool

// bucket passes so many requests at once, and one more every time that so long has passed.
func bucket(burst int, every time.Duration) rejects {
	tokens, last := float64(burst), time.Duration(0)
	return func(_ exchange.Request, now time.Duration) bool {
		tokens = min(float64(burst), tokens+float64(now-last)/float64(every))
		last = now
		if tokens < 1 {
			return true
		}
		tokens--
		return false
	}
}

// window passes so many requests from every full minute on.
func window(most int) rejects {
	minute, count := time.Duration(-1), 0
	return func(_ exchange.Request, now time.Duration) bool {
		if now.Truncate(time.Minute) != minute {
			minute, count = now.Truncate(time.Minute), 0
		}
		count++
		return count > most
	}
}

// sliding passes a request where fewer than so many have come within the last minute, rejected or not.
func sliding(most int) rejects {
	var came []time.Duration
	return func(_ exchange.Request, now time.Duration) bool {
		came = slices.DeleteFunc(came, func(at time.Duration) bool { return at <= now-time.Minute })
		came = append(came, now)
		return len(came) > most
	}
}

// ofLogins counts only what has to do with the configured user.
func ofLogins(of rejects) rejects {
	return func(request exchange.Request, now time.Duration) bool { return request.Credentials && of(request, now) }
}

func always(exchange.Request, time.Duration) bool { return true }

func seconds(n int) func() string { return func() string { return strconv.Itoa(n) } }

// plan is one of each kind, the wrong passwords last.
func plan(c requests.Catalogue) []exchange.Request {
	return slices.Concat(
		c.EveryLogin(), c.EveryMissing(exchange.Urlencoded), c.EveryMissing(exchange.Multipart),
		[]exchange.Request{
			c.Preflight(), c.UnknownUser(exchange.Urlencoded), c.UnknownUser(exchange.Multipart), c.UnknownCompany(exchange.Urlencoded),
			c.UnknownCompany(exchange.Multipart), c.OtherCompanyLogin(exchange.Urlencoded), c.Empty("password"), c.Empty("username"),
			c.Method(http.MethodGet), c.Method(http.MethodPut), c.Method(http.MethodPatch), c.Method(http.MethodDelete),
			c.WrongCase(), c.LoginAgain(), c.WrongLast(),
		})
}

// limited runs a runner against a limiter, in fake time.
func limited(ctx context.Context, t *testing.T, l *limiter, rate float64) (*Runner, []exchange.Request) {
	t.Helper()
	schemas, err := schema.Load()
	require.NoError(t, err)
	c := requests.Catalogue{Username: "qa", Password: "S3cret", Company: "Acme", OtherCompany: "Zweite"}
	r := &Runner{
		Sender: l, Judge: &check.Judge{Schemas: schemas, Secrets: &redact.Secrets{}}, Catalogue: c, Concurrency: 8, Rate: rate,
	}
	all := Shared(plan(c))
	r.Start(ctx, all)
	r.Wait()
	return r, all
}

// Behind a limit everything is sent in the end, one at a time once the limit is known: what was rejected again, but never a
// wrong password.
func TestRateLimits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		limiter *limiter
		most    time.Duration
		repeats int
	}{
		"10 a second":                     {&limiter{rejects: bucket(10, time.Second/10)}, 45 * time.Second, 40},
		"10 a second, in a second":        {&limiter{rejects: bucket(10, time.Second/10), header: seconds(1)}, 45 * time.Second, 40},
		"10 a second, at once":            {&limiter{rejects: bucket(10, time.Second/10), header: seconds(0)}, time.Minute, 80},
		"2 a second":                      {&limiter{rejects: bucket(2, time.Second/2)}, time.Minute, 50},
		"2 a second, in a second":         {&limiter{rejects: bucket(2, time.Second/2), header: seconds(1)}, time.Minute, 50},
		"2 a second, 503":                 {&limiter{rejects: bucket(1, time.Second/2), header: seconds(1), status: 503}, time.Minute, 60},
		"20 a minute":                     {&limiter{rejects: bucket(20, 3*time.Second)}, 3 * time.Minute, 80},
		"20 a minute, in 3 s":             {&limiter{rejects: bucket(20, 3*time.Second), header: seconds(3)}, 3 * time.Minute, 40},
		"20 in a minute":                  {&limiter{rejects: window(20)}, 5 * time.Minute, 40},
		"20 in a minute, in a minute":     {&limiter{rejects: window(20), header: seconds(60)}, 5 * time.Minute, 30},
		"20 in the last minute":           {&limiter{rejects: sliding(20)}, 8 * time.Minute, 80},
		"20 in the last minute, a minute": {&limiter{rejects: sliding(20), header: seconds(60)}, 8 * time.Minute, 30},
		"5 logins in a minute":            {&limiter{rejects: ofLogins(window(5)), header: seconds(60)}, 9 * time.Minute, 30},
		"10 logins in a minute":           {&limiter{rejects: ofLogins(window(10)), header: seconds(60)}, 5 * time.Minute, 30},
		"15 logins in a minute":           {&limiter{rejects: ofLogins(window(15))}, 5 * time.Minute, 30},
		"30 in a minute":                  {&limiter{rejects: window(30)}, 5 * time.Minute, 30},
		"5 logins a minute":               {&limiter{rejects: ofLogins(bucket(5, 12*time.Second))}, 9 * time.Minute, 99},
		"2 logins a second":               {&limiter{rejects: ofLogins(bucket(2, time.Second/2))}, time.Minute, 40},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				l := c.limiter
				r, all := limited(t.Context(), t, l, 0)
				assert.Empty(t, r.Absence())
				assert.Empty(t, r.Stopped())
				for _, request := range all {
					assert.True(t, r.Exchange(request).Answered(), request.Name)
					assert.Equal(t, 1, l.passed[request.Name], request.Name)
				}
				for _, wrong := range []exchange.Request{r.Catalogue.WrongCase(), r.Catalogue.WrongLast()} {
					assert.Equal(t, 1, l.sent[wrong.Name], wrong.Name)
				}
				assert.Equal(t, len(all), r.Sent()-r.Repeated(), "requests without repeats")
				assert.Positive(t, r.Repeated())
				assert.LessOrEqual(t, r.Repeated(), c.repeats)
				assert.LessOrEqual(t, time.Since(l.start), c.most)
				t.Logf("%d sent, %d repeated, %s", r.Sent(), r.Repeated(), time.Since(l.start))
			})
		})
	}
}

// Once a limit is known there is one request at a time.
func TestOneAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		first := true
		l := &limiter{rejects: func(request exchange.Request, now time.Duration) bool {
			rejected := first && request.Name == "the Node.js sample's login"
			first = first && !rejected
			return rejected
		}}
		r, _ := limited(t.Context(), t, l, 0)
		assert.Equal(t, 1, r.Repeated())
		assert.LessOrEqual(t, l.most, 8)
		slices.Sort(l.at)
		last := l.at[len(l.at)-20:]
		for i := range last[1:] {
			assert.GreaterOrEqual(t, last[i+1]-last[i], 20*time.Millisecond)
		}
	})
}

// Whatever a target does, a run ends; why it stopped is said once.
func TestRateLimitsThatRemain(t *testing.T) {
	t.Parallel()
	const advice = ": run again later, raise the limit for this client, or set KLEARSTACK_RATE (requests per second) below it"
	for name, c := range map[string]struct {
		limiter *limiter
		sent    int
		took    time.Duration
		says    string
	}{
		"silent": {
			&limiter{rejects: always}, 7, 63 * time.Second,
			"the target responds with 429 Too Many Requests, still after a wait of 63 s",
		},
		"asks for no wait": {
			&limiter{rejects: always, header: seconds(0)}, 8, 63 * time.Second,
			"the target responds with 429 Too Many Requests and asks to wait 0 s, still after a wait of 63 s",
		},
		"asks for 17 seconds": {
			&limiter{rejects: always, header: seconds(17)}, 8, 134 * time.Second,
			"the target responds with 429 Too Many Requests and asks to wait 17 s, still after a wait of 134 s",
		},
		"asks for 60 seconds": {
			&limiter{rejects: always, header: seconds(60), status: 503}, 8, 7 * time.Minute,
			"the target responds with 503 Service Unavailable and asks to wait 60 s, still after a wait of 420 s",
		},
		"asks for 61 seconds": {
			&limiter{rejects: always, header: seconds(61)}, 1, 0,
			"the target responds with 429 Too Many Requests and asks to wait 61 s, which is longer than the 60 s that the suite waits at most",
		},
		"asks for an hour, as a date": {
			&limiter{rejects: always, header: func() string { return time.Now().Add(time.Hour).UTC().Format(http.TimeFormat) }}, 1, 0,
			"the target responds with 429 Too Many Requests and asks to wait 3600 s, which is longer than the 60 s that the suite waits at most",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r, all := limited(t.Context(), t, c.limiter, 0)
				assert.Equal(t, c.says+advice, r.Absence())
				assert.Equal(t, c.sent, r.Sent())
				assert.Equal(t, c.sent-1, r.Repeated())
				assert.Equal(t, c.took, time.Since(c.limiter.start).Truncate(time.Second))
				for _, request := range all {
					assert.False(t, r.Exchange(request).Answered())
				}
			})
		})
	}

	for name, header := range map[string]func() string{"an hour": seconds(3600), "a minute": seconds(60), "silent": nil} {
		t.Run("after twenty, "+name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				count := 0
				l := &limiter{header: header, rejects: func(exchange.Request, time.Duration) bool { count++; return count > 20 }}
				r, all := limited(t.Context(), t, l, 0)
				assert.Empty(t, r.Absence())
				assert.Contains(t, r.Stopped(), "the target responds with 429 Too Many Requests")
				passed := 0
				for _, request := range all {
					e := r.Exchange(request)
					if e.Answered() {
						passed++
						continue
					}
					require.EqualError(t, e.Unanswered(), outcome.AtRateLimit, request.Name)
				}
				assert.Equal(t, 20, passed)
				assert.LessOrEqual(t, r.Sent(), 40)
				assert.LessOrEqual(t, time.Since(l.start), 8*time.Minute)
			})
		})
	}

	t.Run("passes one a minute", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			l := &limiter{rejects: bucket(1, time.Minute), header: seconds(60)}
			r, _ := limited(t.Context(), t, l, 0)
			assert.Contains(t, r.Stopped(), "which would take the run beyond the 480 s that it waits in all")
			assert.LessOrEqual(t, time.Since(l.start), 481*time.Second)
		})
	})
}

// A wrong password that is rejected by the limit is not sent again.
func TestLimitedWrongPasswords(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := requests.Catalogue{Username: "qa", Password: "S3cret", Company: "Acme"}
		wrong := []string{c.WrongCase().Name, c.WrongLast().Name}
		l := &limiter{rejects: func(request exchange.Request, _ time.Duration) bool { return slices.Contains(wrong, request.Name) }}
		r, all := limited(t.Context(), t, l, 0)
		assert.Zero(t, r.Repeated())
		assert.Empty(t, r.Stopped())
		for _, request := range all {
			limited := slices.Contains(wrong, request.Name)
			assert.Equal(t, 1, l.sent[request.Name])
			assert.Equal(t, limited, r.Exchange(request).Limited())
			assert.Equal(t, !limited, r.Exchange(request).Answered())
		}
	})
}

// A run that is interrupted during a wait ends at once.
func TestInterruptedWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		l := &limiter{rejects: always, header: seconds(60)}
		r, _ := limited(ctx, t, l, 0)
		assert.Equal(t, 5*time.Second, time.Since(l.start))
		assert.Equal(t, 1, r.Sent())
		assert.Contains(t, r.Absence(), "interrupted")
	})
}

// A rate that is set is kept from the start.
func TestSetRate(t *testing.T) {
	t.Parallel()
	for _, rate := range []float64{0.5, 4} {
		synctest.Test(t, func(t *testing.T) {
			l := &limiter{rejects: func(exchange.Request, time.Duration) bool { return false }}
			r, all := limited(t.Context(), t, l, rate)
			assert.Len(t, all, r.Sent())
			slices.Sort(l.at)
			every := time.Duration(float64(time.Second) / rate)
			for i, at := range l.at {
				assert.Equal(t, time.Duration(i)*every, at)
			}
		})
	}
}

// A run that reaches its time limit says so, during a wait and between two requests.
func TestTimeLimit(t *testing.T) {
	t.Parallel()
	const says = "the run stopped shortly before the time limit of go test: raise it with -timeout"
	for name, header := range map[string]func() string{"during a wait": seconds(60), "between two": nil} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeoutCause(t.Context(), 90*time.Millisecond, outcome.ErrTimeLimit)
				defer cancel()
				l := &limiter{header: header, rejects: func(exchange.Request, time.Duration) bool { return header != nil }}
				r, all := limited(ctx, t, l, 0)
				assert.Contains(t, r.Stopped()+r.Absence(), says)
				assert.Contains(t, r.Stopped(), says)
				last := r.Exchange(all[len(all)-1])
				require.NotNil(t, last.Failure)
				if header == nil {
					assert.Equal(t, outcome.AtTimeLimit, last.Failure.Sentence)
				}
			})
		})
	}
}

// fixed is a clock that stands still, and notes what is waited for.
type fixed struct {
	mutex sync.Mutex
	waits []time.Duration
	now   time.Time
}

func (f *fixed) Now() time.Time {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return f.now
}

func (f *fixed) Sleep(_ context.Context, d time.Duration) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	f.waits, f.now = append(f.waits, d), f.now.Add(d)
}

// A run goes by the clock that it is given.
func TestClock(t *testing.T) {
	t.Parallel()
	clock := &fixed{now: time.Unix(1_700_000_000, 0)}
	_, asked := ran(t, everything(), func(*exchange.Exchange, int) {}, func(r *Runner) { r.Clock, r.Rate = clock, 2 })
	assert.Len(t, clock.waits, len(asked)-1)
	for _, wait := range clock.waits {
		assert.Equal(t, 500*time.Millisecond, wait)
	}
}
