package suite

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/contract"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
	"github.com/klearstack/conformance/internal/target"
	"github.com/klearstack/conformance/steps"
)

// result says what the run came to.
func (r *run) result(start time.Time, aim *target.Target, world *steps.World) Result {
	secrets := world.Judge.Secrets
	made := Result{
		Schema: result.SchemaVersion, Edition: contract.Edition, Suite: Version(), Target: secrets.Own(aim.Name), Embedded: r.Settings.Embedded(), Settings: r.Settings.Redacted(),
		Start: start, Duration: time.Since(start), Problem: world.Runner.Absence(),
		Requests: world.Runner.Sent(), Repeated: world.Runner.Repeated(),
		Partial: r.partial, Strict: r.Settings.Strict, Insecure: r.Settings.InsecureSkipVerify,
	}
	if made.Problem == "" {
		made.Stopped = world.Runner.Stopped()
	}
	names := map[*exchange.Exchange]string{}
	made.Exchanges = exchanges(start, world.Runner.Exchanges(), secrets, names)
	made.Latency = result.Latencies(made.Exchanges)
	if login := world.Runner.Logins().First(); login != nil {
		made.Release = secrets.Text(login.Release())
		if issued, access, refresh, known := login.Lifetimes(); known {
			made.Lifetimes = &result.Lifetimes{Issued: issued, AccessExpires: access, RefreshExpires: refresh, Limits: []result.Limit{}}
			for _, limit := range world.Limits() {
				made.Lifetimes.Limits = append(made.Lifetimes.Limits, result.Limit{
					Token: string(limit.Token), Clause: limit.Clause, Least: limit.Least.Seconds(), Most: limit.Most.Seconds(), Allowed: limit.Allowed,
				})
			}
		}
	}
	for _, clause := range r.selected {
		c := result.Clause{
			ID: clause.ID, Level: clause.Level, Title: clause.Title, Description: clause.Description, Source: clause.Source,
			Feature: clause.Feature, File: clause.File, Line: clause.Line,
		}
		for _, s := range clause.Scenarios {
			c.Scenarios = append(c.Scenarios, scenario(world, s, names))
		}
		c.Summarize()
		made.Clauses = append(made.Clauses, c)
	}
	if rejection := world.Runner.Logins().Rejection(); rejection != nil {
		made.Reject(rejection)
	}
	made.Deviations = slices.Clone(r.known)
	made.Judge()
	if !r.Settings.Embedded() && r.Settings.Username == r.Settings.Password {
		made.Notes = append(made.Notes, "The user name and the password are the same, so the user name is not shown: check KLEARSTACK_USERNAME and KLEARSTACK_PASSWORD.")
	}
	if r.Settings.ReportDir != "-" && made.Problem == "" {
		report.Compare(r.Settings.ReportDir, &made)
	}
	hideOwn(&made, secrets)
	return made
}

// hideOwn takes secrets out of what a result says of the suite's own settings, flags and files: a name may contain the
// password, and so may a value by mistake.
func hideOwn(r *Result, secrets *redact.Secrets) {
	for name, value := range r.Settings {
		if value != config.Set {
			r.Settings[name] = secrets.Own(value)
		}
	}
	if r.Partial != nil {
		partial := *r.Partial
		partial.By = slices.Clone(partial.By)
		for i, by := range partial.By {
			partial.By[i] = secrets.Own(by)
		}
		r.Partial = &partial
	}
	for i := range r.Deviations {
		d := &r.Deviations[i]
		d.Place, d.Reason, d.AcceptedBy = secrets.Own(d.Place), secrets.Own(d.Reason), secrets.Own(d.AcceptedBy)
	}
	for i, note := range r.Notes {
		r.Notes[i] = secrets.Sentence(note)
	}
	if r.Changes != nil {
		r.Changes.OldRelease = secrets.Own(r.Changes.OldRelease)
	}
}

func scenario(world *steps.World, s spec.Scenario, names map[*exchange.Exchange]string) result.Scenario {
	made := result.Scenario{Name: s.Name, Line: s.Line, Steps: s.Steps}
	came, run := world.Outcome(s.Name)
	err := came.Err
	if absence := world.Runner.Absence(); absence != "" {
		err = &outcome.Unknown{Reason: absence}
	} else if !run {
		err = &outcome.Unknown{Reason: "the scenario was not run: report it as a fault of this suite"}
	}
	if made.Outcome = outcome.Of(err); err != nil {
		made.Reason, made.Curl = steps.Reason(err), world.Reproduce(err)
	}
	var blocked *outcome.Unjudged
	if errors.As(err, &blocked) {
		made.BuildsOn = blocked.By
	}
	var untested *outcome.Untested
	if errors.As(err, &untested) {
		made.Setting = untested.Setting
	}
	var violation *outcome.Violation
	if errors.As(err, &violation) {
		made.Violation = &result.Violation{
			Expected: redact.Plain(violation.Expected), Received: redact.Plain(violation.Received()), Hint: redact.Plain(violation.Hint),
		}
	}
	for _, answer := range came.Answers {
		if name, sent := names[answer]; sent {
			made.Exchanges = append(made.Exchanges, name)
		}
	}
	return made
}

// exchanges puts what was sent and what came back into the result, in the order of sending, and notes the name of each.
func exchanges(start time.Time, all []*exchange.Exchange, secrets *redact.Secrets, names map[*exchange.Exchange]string) []result.Exchange {
	sorted := slices.SortedStableFunc(slices.Values(all), func(one, other *exchange.Exchange) int { return one.Sent.Compare(other.Sent) })
	made := []result.Exchange{}
	times := map[string]int{}
	for _, e := range sorted {
		shown := redacted(e, secrets)
		shown.Offset = milliseconds(e.Sent.Sub(start))
		if times[shown.Name]++; times[shown.Name] > 1 {
			shown.Name = fmt.Sprintf("%s (%d)", shown.Name, times[shown.Name])
		}
		names[e] = shown.Name
		made = append(made, shown)
	}
	return made
}

func redacted(e *exchange.Exchange, secrets *redact.Secrets) result.Exchange {
	made := result.Exchange{
		Name: e.Request.Name, Shape: e.Request.Shape(), Method: e.Request.Method, URL: secrets.Own(strings.TrimSuffix(e.Request.Address(e.Base), exchange.Path)) + exchange.Path,
		Sent: header(e.Request.Header, asSent), Limited: e.Limited(), Duration: milliseconds(e.Done.Sub(e.Sent)),
	}
	for _, param := range slices.Concat(e.Request.Query, e.Request.Params) {
		value := param.Shell
		if value == "" {
			value = secrets.Excerpt(param.Value)
		}
		made.Form = append(made.Form, result.Field{Name: param.Name, Value: value})
	}
	if e.Failure != nil {
		made.Problem = e.Failure.Sentence
		return made
	}
	made.Status, made.Header = e.Status, header(e.Header, secrets.Field)
	body, _, err := e.Body()
	if err != nil {
		made.Body = "(the body " + err.Error() + ")"
		return made
	}
	made.Body = secrets.Excerpt(string(body))
	return made
}

// mostFields is how many fields of a header a report shows.
const mostFields = 40

// header returns a header's fields by name, each as show has it.
func header(fields http.Header, show func(name, value string) (string, string)) []result.Field {
	var made []result.Field
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		for _, value := range fields[name] {
			if len(made) == mostFields {
				return append(made, result.Field{Name: "…", Value: "more fields"})
			}
			shown, text := show(name, value)
			made = append(made, result.Field{Name: shown, Value: text})
		}
	}
	return made
}

// asSent shows a field of a request, which holds the samples' own words only.
func asSent(name, value string) (string, string) { return name, value }

func milliseconds(d time.Duration) float64 { return math.Round(float64(d.Microseconds())) / 1000 }
