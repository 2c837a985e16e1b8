//go:build unix

package suite

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/requests"
)

// floor is what a bare net/http client does with the requests of a run: each waits for those that it waits for in a run,
// as many are under way at once, those that others wait for go first, and the bodies are read.
type floor struct {
	base           *url.URL
	catalogue      requests.Catalogue
	plan           []exchange.Request
	concurrency    int
	client         *http.Client
	urgent, others chan func()
}

func newFloor(b *testing.B, settings Settings, plan []exchange.Request) *floor {
	b.Helper()
	base, err := url.Parse(settings.BaseURL)
	require.NoError(b, err)
	f := &floor{
		base: base, concurrency: settings.Concurrency, client: &http.Client{},
		urgent: make(chan func()), others: make(chan func()),
		catalogue: requests.Catalogue{
			Username: settings.Username, Password: settings.Password,
			Company: settings.CompanyName, OtherCompany: settings.OtherCompanyName,
		},
	}
	f.plan = slices.DeleteFunc(slices.Clone(plan), func(request exchange.Request) bool { // the conforming server is not sent these
		return slices.ContainsFunc(f.catalogue.Pairs(), func(pair requests.Pair) bool { return pair.Alone.Name == request.Name })
	})
	return f
}

// run sends the requests: the ordinary login, then all others that depend on no other; two from another origin when the
// preflight is answered; what may count towards a lockout when those are; and the wrong passwords one by one.
func (f *floor) run(b *testing.B) (sent int) {
	b.Helper()
	ended := make(chan struct{})
	var workers sync.WaitGroup
	for range f.concurrency {
		workers.Go(func() { f.work(ended) })
	}
	f.send(b, f.urgent, f.catalogue.Login())
	asked := make(chan struct{})
	var all, logins sync.WaitGroup
	for _, request := range f.plan {
		group, queue := &all, f.others
		if request.ValidLogin {
			group, queue = &logins, f.urgent
		}
		switch {
		case request.Name == f.catalogue.Login().Name || f.isLast(request):
		case request.Name == f.catalogue.Preflight().Name:
			all.Go(func() { f.send(b, f.urgent, request); close(asked) })
		case request.Name == f.catalogue.Extended().Login.Name || request.Name == f.catalogue.MissingFromOtherOrigin().Beside.Name:
			group.Go(func() { <-asked; f.send(b, queue, requests.FromOtherOrigin(request)) })
		case request.ValidLogin || !request.Credentials:
			group.Go(func() { f.send(b, queue, request) })
		}
	}
	logins.Wait()
	all.Wait()
	for _, request := range f.plan {
		if request.Credentials && !request.ValidLogin && !f.isLast(request) {
			all.Go(func() { f.send(b, f.others, request) })
		}
	}
	for _, request := range f.last() {
		f.send(b, f.urgent, request)
	}
	all.Wait()
	close(ended)
	workers.Wait()
	return len(f.plan)
}

func (f *floor) last() []exchange.Request {
	return []exchange.Request{f.catalogue.WrongCase(), f.catalogue.LoginAgain(), f.catalogue.WrongLast()}
}

func (f *floor) isLast(request exchange.Request) bool {
	return slices.ContainsFunc(f.last(), func(last exchange.Request) bool { return last.Name == request.Name })
}

// work sends what is queued, the urgent first.
func (f *floor) work(ended <-chan struct{}) {
	for {
		select {
		case do := <-f.urgent:
			do()
			continue
		default:
		}
		select {
		case do := <-f.urgent:
			do()
		case do := <-f.others:
			do()
		case <-ended:
			return
		}
	}
}

// send returns when the request is answered.
func (f *floor) send(b *testing.B, queue chan<- func(), request exchange.Request) {
	b.Helper()
	done := make(chan error)
	queue <- func() { done <- f.exchange(b.Context(), request) }
	if err := <-done; err != nil {
		b.Error(err)
	}
}

func (f *floor) exchange(ctx context.Context, request exchange.Request) error {
	message, err := request.Message(ctx, f.base, "floor")
	if err != nil {
		return err
	}
	response, err := f.client.Do(message)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.ReadAll(response.Body)
	return err
}
