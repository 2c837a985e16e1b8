// Package steps binds the sentences of the features to requests and checks.
package steps

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cucumber/godog"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/diagnosis"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/runner"
	"github.com/klearstack/conformance/internal/spec"
)

// World is what the steps of one run work with.
type World struct {
	Clauses   []spec.Clause // all of the contract, selected or not
	Catalogue requests.Catalogue
	Judge     *check.Judge
	Runner    *runner.Runner
	// Encrypted tells that the target is reached over HTTPS, and Verified that its certificate is checked (ADV-2).
	Encrypted, Verified bool
	OwnAuthority        bool // the settings name the authorities to trust

	mutex    sync.Mutex
	outcomes map[string]Outcome // by the scenario's name
}

// Outcome is what a scenario came to.
type Outcome struct {
	Err     error                // one of package outcome's; nil where it is kept
	Answers []*exchange.Exchange // to what it asked for, in the order of its steps
}

// definition binds one kind of sentence. Exactly one of given, when, login and then is set.
type definition struct {
	pattern    string
	expression *regexp.Regexp // the pattern, compiled
	prefix     string         // what every sentence of the kind begins with
	// given reports whether the run's settings have what the scenario needs.
	given func(w *World) error
	// late tells that given waits for the run's first response: until then it is taken to be there.
	late bool
	// when tells which requests the sentence asks for.
	when func(w *World, args []string) []exchange.Request
	// login is a check that holds for the answer to every valid login.
	login func(w *World, args []string) diagnosis.Check
	// limit says how long the sentence lets a token live, where it is about that.
	limit func(args []string) Limit
	// then judges what the scenario asked for.
	then func(s *scenario, args []string) error
	// compared tells that then compares valid logins, so that more of them are needed than the scenario asks for.
	compared bool
}

// definitions returns all of them. They are the same for every run, so they are compiled once.
//
//nolint:gochecknoglobals // it never changes
var definitions = sync.OnceValue(func() []definition {
	all := slices.Concat(givens(), whens(), loginChecks(), answerChecks(), runChecks())
	for i := range all {
		all[i].expression = regexp.MustCompile(all[i].pattern)
		all[i].prefix = literal(all[i].pattern)
	}
	return all
})

// literal returns the plain text that a pattern begins with, behind its ^.
func literal(pattern string) string {
	text := strings.TrimPrefix(pattern, "^")
	if end := strings.IndexAny(text, `\.+*?()|[]{}$`); end >= 0 {
		text = text[:end]
	}
	return text
}

// Patterns returns the regular expressions of all step definitions.
func Patterns() []string {
	var patterns []string
	for _, each := range definitions() {
		patterns = append(patterns, each.pattern)
	}
	return patterns
}

// scenario is the state of one scenario, carried in the context.
type scenario struct {
	*World
	name    string
	clause  spec.Clause
	answers []*exchange.Exchange // to what its steps asked for, in their order
	step    string               // the sentence that is run
	err     error                // of the first step that did not pass
}

type scenarioKey struct{}

// Requests returns what the scenarios ask for, in their order, and what that is compared with. Scenarios that do not apply
// ask for nothing.
func (w *World) Requests(clauses []spec.Clause) []exchange.Request {
	var plan, compared []exchange.Request
	for _, clause := range clauses {
		for _, each := range clause.Scenarios {
			asked, compares := w.requests(each)
			plan = append(plan, asked...)
			if compares {
				compared = w.Catalogue.Comparison()
			}
		}
	}
	return append(plan, compared...)
}

func (w *World) requests(s spec.Scenario) (plan []exchange.Request, compares bool) {
	for _, step := range s.Steps {
		definition, args, ok := match(step.Text)
		switch {
		case !ok:
		case definition.given != nil && !definition.late && definition.given(w) != nil:
			return nil, false
		case definition.when != nil:
			plan = append(plan, definition.when(w, args)...)
		}
		compares = compares || definition.compared
	}
	return plan, compares
}

// testable reports whether the settings are there that the scenario needs.
func (w *World) testable(s spec.Scenario) bool {
	return !slices.ContainsFunc(s.Steps, func(step spec.Step) bool {
		definition, _, ok := match(step.Text)
		return ok && definition.given != nil && !definition.late && outcome.Of(definition.given(w)) == outcome.NotTested
	})
}

// Checks returns what the features say of the answer to every valid login, as far as it can be tested: no signature
// verifies without a key.
func (w *World) Checks() []diagnosis.Check {
	var checks []diagnosis.Check
	known := map[string]bool{}
	for _, clause := range w.Clauses {
		for _, each := range clause.Scenarios {
			if !w.testable(each) {
				continue
			}
			for _, step := range each.Steps {
				if known[step.Text] {
					continue
				}
				known[step.Text] = true
				if definition, args, ok := match(step.Text); ok && definition.login != nil {
					c := definition.login(w, args)
					c.Step, c.Clause, c.Advisory = step.Text, clause.ID, clause.Level == spec.Advisory
					checks = append(checks, c)
				}
			}
		}
	}
	return checks
}

// Limit is how long a clause lets a token live.
type Limit struct {
	Token       check.Kind
	Clause      string
	Least, Most time.Duration // 0 is none
	Allowed     string        // both, in the units of the features
}

// Limits returns those of all clauses, in the order of the features.
func (w *World) Limits() []Limit {
	var all []Limit
	for _, clause := range w.Clauses {
		for _, each := range clause.Scenarios {
			for _, step := range each.Steps {
				if definition, args, ok := match(step.Text); ok && definition.limit != nil {
					limit := definition.limit(args)
					limit.Clause = clause.ID
					all = append(all, limit)
				}
			}
		}
	}
	return all
}

func match(step string) (definition, []string, bool) {
	for _, each := range definitions() {
		if !strings.HasPrefix(step, each.prefix) {
			continue
		}
		if found := each.expression.FindStringSubmatch(step); found != nil {
			return each, found[1:], true
		}
	}
	return definition{}, nil, false
}

// Initialize makes the steps known to godog, once for all scenarios. World must have its runner by the time that scenarios
// run.
func (w *World) Initialize(sc *godog.ScenarioContext) {
	sc.Before(func(ctx context.Context, pickle *godog.Scenario) (context.Context, error) {
		return context.WithValue(ctx, scenarioKey{}, &scenario{World: w, name: pickle.Name, clause: w.clauseOf(pickle.Name)}), nil
	})
	sc.StepContext().Before(func(ctx context.Context, step *godog.Step) (context.Context, error) {
		if s, ok := ctx.Value(scenarioKey{}).(*scenario); ok {
			s.step = step.Text
		}
		return ctx, nil
	})
	sc.After(func(ctx context.Context, pickle *godog.Scenario, err error) (context.Context, error) {
		s, ok := ctx.Value(scenarioKey{}).(*scenario)
		switch {
		case !ok, s.err == nil && err != nil:
			w.note(pickle.Name, Outcome{Err: &outcome.Unknown{Reason: fmt.Sprintf("a step could not be run: %v", err)}})
		default:
			w.note(pickle.Name, Outcome{Err: s.err, Answers: s.answers})
		}
		return ctx, nil
	})
	for _, each := range definitions() {
		switch each.expression.NumSubexp() {
		case 0:
			sc.Step(each.expression, func(ctx context.Context) error { return each.run(ctx) })
		case 1:
			sc.Step(each.expression, func(ctx context.Context, a string) error { return each.run(ctx, a) })
		default:
			sc.Step(each.expression, func(ctx context.Context, a, b string) error { return each.run(ctx, a, b) })
		}
	}
}

func (w *World) clauseOf(name string) spec.Clause {
	for _, clause := range w.Clauses {
		for _, each := range clause.Scenarios {
			if each.Name == name {
				return clause
			}
		}
	}
	return spec.Clause{}
}

func (w *World) note(name string, came Outcome) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if w.outcomes == nil {
		w.outcomes = map[string]Outcome{}
	}
	w.outcomes[name] = came
}

// Outcome returns what a scenario came to, and whether it was run.
func (w *World) Outcome(name string) (came Outcome, run bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	came, run = w.outcomes[name]
	return came, run
}

// run runs the step. For godog, what can't be judged or does not apply is a skipped step.
func (d definition) run(ctx context.Context, args ...string) error {
	s, ok := ctx.Value(scenarioKey{}).(*scenario)
	if !ok {
		return errors.New("the scenario has no state: report it as a fault of this suite")
	}
	err := d.do(s, args)
	if err == nil {
		return nil
	}
	err = s.Runner.Root(err)
	s.err = err
	switch outcome.Of(err) {
	case outcome.Violated, outcome.Inconclusive:
		return errors.New(s.clause.ID + " (" + s.clause.Title + "): " + s.Describe(err))
	default:
		return godog.ErrSkip
	}
}

func (d definition) do(s *scenario, args []string) error {
	switch {
	case d.given != nil:
		return d.given(s.World)
	case d.when != nil:
		for _, request := range d.when(s.World, args) {
			s.answers = append(s.answers, s.Runner.Exchange(request))
		}
		return nil
	case d.login != nil:
		return s.Runner.Logins().Own(s.step)
	default:
		return d.then(s, args)
	}
}

// Describe puts an outcome into words, with the line that sends the request again where one answer is to blame.
func (w *World) Describe(err error) string {
	text := Reason(err)
	if line := w.Reproduce(err); line != "" {
		text += "; to see it: " + line
	}
	return text
}

// Reason puts an outcome into words.
func Reason(err error) string { return redact.Plain(err.Error()) }

// Reproduce returns a curl line for the request whose answer violates a clause; "" where no single one does.
func (w *World) Reproduce(err error) string {
	var violation *outcome.Violation
	if !errors.As(err, &violation) || violation.Request == "" {
		return ""
	}
	for _, e := range w.Runner.Exchanges() {
		if e.Request.Name == violation.Request {
			return w.withoutAddress(e.Request.Curl(e.Base, w.trust()...), e.Base)
		}
	}
	return ""
}

// withoutAddress returns a curl line without what is secret in the address: nobody can send it again then, but for whoever
// knows the address.
func (w *World) withoutAddress(line string, base *url.URL) string {
	for _, part := range []string{base.Host, base.EscapedPath()} {
		if shown := w.Judge.Secrets.Own(part); shown != part {
			line = strings.ReplaceAll(line, part, shown)
		}
	}
	return line
}

// trust returns curl's options for the certificate of the target.
func (w *World) trust() []string {
	switch {
	case w.Encrypted && !w.Verified:
		return []string{"--insecure"}
	case w.Encrypted && w.OwnAuthority:
		return []string{"--cacert", `"$KLEARSTACK_CA_FILE"`}
	default:
		return nil
	}
}

// each judges exchanges one by one and returns the worst that it finds, the first of its kind.
func each(answers []*exchange.Exchange, judge func(*exchange.Exchange) error) error {
	var worst error
	for _, e := range answers {
		err := outcome.At(e.Request.Name, judge(e))
		if worst == nil || outcome.Of(err).Worse(outcome.Of(worst)) {
			worst = err
		}
	}
	return worst
}
