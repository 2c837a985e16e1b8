package runner

import (
	"context"
	"net/http"
	"slices"
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

// endpoint grants valid logins and refuses all else, and keeps in which order that began and ended. A valid login other
// than the first is not answered before all of awaited have come.
type endpoint struct {
	awaited  []string
	before   []string // what has to end before anything begins that may count towards a lockout
	loopback bool

	mutex sync.Mutex
	all   chan struct{} // closed when they have
	begun []string
	ended []string
	early []string // what began before a valid login, or a form that lacks a parameter, had ended
}

func (e *endpoint) Do(_ context.Context, request exchange.Request) *exchange.Exchange {
	e.begin(request)
	if request.ValidLogin && request.Name != "the ordinary login" && request.Name != "the ordinary login, sent once more" {
		<-e.all
	}
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.ended = append(e.ended, request.Name)
	status := http.StatusUnauthorized
	if request.ValidLogin {
		status = http.StatusOK
	}
	return &exchange.Exchange{Request: request, Status: status, Raw: []byte("{}"), Loopback: e.loopback}
}

func (e *endpoint) begin(request exchange.Request) {
	e.mutex.Lock()
	defer e.mutex.Unlock()
	e.begun = append(e.begun, request.Name)
	countable := len(request.Params) == len(check.Parameters()) && !request.ValidLogin
	if countable && slices.ContainsFunc(e.before, func(name string) bool { return !slices.Contains(e.ended, name) }) {
		e.early = append(e.early, request.Name)
	}
	if !slices.ContainsFunc(e.awaited, func(name string) bool { return !slices.Contains(e.begun, name) }) && len(e.awaited) > 0 {
		close(e.all)
		e.awaited = nil
	}
}

// Forms that are no logins go beside the valid logins; what may count towards a lockout, of an account or an address, goes
// when they are through; the wrong passwords go one after the other, with a valid login in between (REF-1).
func TestOrder(t *testing.T) {
	t.Parallel()
	schemas, err := schema.Load()
	require.NoError(t, err)
	c := requests.Catalogue{Username: "qa", Password: "S3cret", Company: "Acme", OtherCompany: "Zweite"}
	harmless := []exchange.Request{
		c.MissingInForm("username"), c.EverythingMissing(), c.Missing(exchange.Urlencoded, "company_name"), c.Missing(exchange.Multipart, "company_name"),
	}
	risky := []exchange.Request{c.UnknownUser(exchange.Urlencoded), c.UnknownUser(exchange.Multipart), c.UnknownCompany(exchange.Urlencoded), c.UnknownCompany(exchange.Multipart)}
	last := []exchange.Request{c.WrongCase(), c.LoginAgain(), c.WrongLast()}
	target := &endpoint{all: make(chan struct{}), before: []string{c.NodeLogin().Name}}
	for _, request := range harmless {
		target.before = append(target.before, request.Name)
	}
	for _, request := range harmless[1:] {
		target.awaited = append(target.awaited, request.Name)
	}
	r := &Runner{
		Sender: target, Judge: &check.Judge{Schemas: schemas, Secrets: &redact.Secrets{}}, Catalogue: c,
		Concurrency: 64,
	}
	plan := slices.Concat(last, risky, harmless, []exchange.Request{c.Login(), c.NodeLogin()})
	r.Start(t.Context(), plan)
	r.Wait()

	assert.Empty(t, r.Absence())
	assert.Len(t, target.begun, len(plan))
	assert.Equal(t, "the ordinary login", target.begun[0], "before all others")
	assert.Empty(t, target.early, "what may count towards a lockout, before what a lockout must not answer")
	var order []string
	for _, name := range target.begun {
		if slices.ContainsFunc(last, func(request exchange.Request) bool { return request.Name == name }) {
			order = append(order, name)
		}
	}
	assert.Equal(t, []string{last[0].Name, last[1].Name, last[2].Name}, order)

	// The record is in the order of the plan, whatever was answered first.
	for i, e := range r.Exchanges() {
		assert.Equal(t, plan[i].Name, e.Request.Name)
	}
}

// The wrong passwords, which wait for each other, ask for their slot before what nobody waits for: else a run would last
// longer by one request.
func TestLongestChainGoesFirst(t *testing.T) {
	t.Parallel()
	schemas, err := schema.Load()
	require.NoError(t, err)
	c := requests.Catalogue{Username: "qa", Password: "S3cret", Company: "Acme"}
	risky := []exchange.Request{c.UnknownCompany(exchange.Urlencoded), c.UnknownCompany(exchange.Multipart), c.Empty("password")}
	target := &endpoint{all: make(chan struct{})}
	close(target.all)
	r := &Runner{
		Sender: target, Judge: &check.Judge{Schemas: schemas, Secrets: &redact.Secrets{}}, Catalogue: c,
		Concurrency: 1,
	}
	r.Start(t.Context(), slices.Concat(risky, []exchange.Request{c.Login(), c.NodeLogin(), c.WrongCase()}))
	r.Wait()
	assert.Equal(t, []string{c.Login().Name, c.NodeLogin().Name, c.WrongCase().Name}, target.begun[:3])
	assert.Len(t, target.begun, 6)
}

// A password goes into a query string on loopback alone, by the connection of the first request, or with permission (REF-5).
func TestQueryCredentials(t *testing.T) {
	t.Parallel()
	schemas, err := schema.Load()
	require.NoError(t, err)
	c := requests.Catalogue{Username: "qa", Password: "S3cret", Company: "Acme"}
	queries := []exchange.Request{c.Query(http.MethodGet), c.Query(http.MethodPost), c.MissingInForm("password")}
	for _, loopback := range []bool{false, true} {
		for _, allowed := range []bool{false, true} {
			target := &endpoint{all: make(chan struct{}), loopback: loopback}
			close(target.all)
			r := &Runner{
				Sender: target, Judge: &check.Judge{Schemas: schemas, Secrets: &redact.Secrets{}}, Catalogue: c,
				Concurrency: 1, QueryAllowed: allowed,
			}
			r.Start(t.Context(), append([]exchange.Request{c.Login(), c.MissingInForm("username")}, queries...))
			r.Wait()
			assert.Equal(t, loopback, r.Loopback())
			assert.Equal(t, loopback || allowed, r.QueryPermitted())
			assert.Contains(t, target.begun, c.MissingInForm("username").Name, "it has no password in its query string")
			for _, request := range queries {
				assert.Equal(t, loopback || allowed, slices.Contains(target.begun, request.Name), request.Name)
				assert.Equal(t, loopback || allowed, r.Exchange(request).Answered(), request.Name)
			}
		}
	}
}
