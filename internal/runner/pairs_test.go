package runner

import (
	"context"
	"net/http"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/schema"
)

// sender answers each request, sent for the nth time, in one way.
type sender func(request exchange.Request, time int) *exchange.Exchange

// counting is a sender that notes what it is asked, from one goroutine at a time.
type counting struct {
	answer sender
	mutex  sync.Mutex
	asked  []string
}

func (c *counting) Do(_ context.Context, request exchange.Request) *exchange.Exchange {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.asked = append(c.asked, request.Name)
	times := 0
	for _, name := range c.asked {
		if name == request.Name {
			times++
		}
	}
	return c.answer(request, times)
}

// A form beside something that should make no difference stands for the form alone where it is answered as documented; else
// the form alone shows whose fault that is, and more tries whether it is always so.
func TestPairs(t *testing.T) {
	t.Parallel()
	schemas, err := schema.Load()
	require.NoError(t, err)
	c := requests.Catalogue{Username: "qa", Password: "S3cret", Company: "Acme"}
	pair := requests.BesideBasic(c.Missing(exchange.Urlencoded, "username"))
	beside, alone := pair.Beside.Name, pair.Alone.Name
	for _, each := range []struct {
		name               string
		bad                func(name string, time int) bool
		asked              []string
		besideBad, besides bool // whether what stands for the pair's first is bad, and whether it stands for the second too
		aloneBad, silent   bool
	}{
		{name: "no answer", bad: func(string, int) bool { return false }, asked: []string{beside, alone}, silent: true},
		{name: "no difference", bad: func(string, int) bool { return false }, asked: []string{beside}, besides: true},
		{
			name: "a difference", bad: func(name string, _ int) bool { return name == beside },
			asked: []string{beside, alone, beside, beside, beside}, besideBad: true,
		},
		{
			name: "wrong alone too", bad: func(string, int) bool { return true },
			asked: []string{beside, alone}, besideBad: true, aloneBad: true,
		},
		{
			name: "wrong by chance", bad: func(name string, time int) bool { return name == beside && time < 3 },
			asked: []string{beside, alone, beside, beside}, aloneBad: true,
		},
	} {
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			target := &counting{answer: func(request exchange.Request, time int) *exchange.Exchange {
				e := &exchange.Exchange{
					Request: request, Status: http.StatusInternalServerError,
					Header: http.Header{"Content-Type": {"application/json"}}, Raw: []byte(`{"error":"username"}`),
				}
				switch {
				case request.ValidLogin:
					e.Status = http.StatusOK
				case each.silent && request.Name == beside:
					return exchange.Withheld(request, exchange.Failure{Sentence: "nobody answered"})
				case each.bad(request.Name, time):
					e.Status = http.StatusUnauthorized
				}
				return e
			}}
			r := &Runner{
				Sender: target, Judge: &check.Judge{Schemas: schemas, Secrets: &redact.Secrets{}}, Catalogue: c,
				Concurrency: 8,
			}
			r.Start(t.Context(), []exchange.Request{c.Login(), pair.Alone, pair.Beside})
			r.Wait()
			assert.Equal(t, append([]string{c.Login().Name}, each.asked...), target.asked)
			assert.Equal(t, each.besideBad, r.Exchange(pair.Beside).Status == http.StatusUnauthorized)
			assert.Equal(t, each.aloneBad, r.Exchange(pair.Alone).Status == http.StatusUnauthorized)
			assert.Equal(t, each.besides, r.Exchange(pair.Beside) == r.Exchange(pair.Alone))
		})
	}
}
