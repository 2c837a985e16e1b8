// Package result is the model of what a run came to: the one source of all that is printed and written about it.
package result

import (
	"fmt"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/spec"
)

// Verdict is what a run says of its target.
type Verdict string

// The verdicts.
const (
	Conforms     Verdict = "conforms"
	Violates     Verdict = "violates"     // some gating clause is broken
	Inconclusive Verdict = "inconclusive" // nothing gating is broken, but something could not be judged
	Stale        Verdict = "conforms, but the deviations file is stale"
)

// ExitCode is what a process that ran the suite exits with.
func (v Verdict) ExitCode() int {
	switch v {
	case Conforms:
		return 0
	case Violates, Stale:
		return 1
	default:
		return 3
	}
}

// SchemaVersion is the version of a result as JSON. It changes where a program that reads the version before has to change:
// where a member is taken out, renamed, or means something else; not where one is added.
const SchemaVersion = 1

// Result is what a run came to. It holds no secrets.
type Result struct {
	Schema   int               `json:"schema_version"`
	Edition  string            `json:"contract_edition"` // of the contract that the clauses come from
	Suite    string            `json:"suite_version"`
	Target   string            `json:"target"`   // without credentials
	Embedded bool              `json:"embedded"` // the target was the embedded reference server
	Settings map[string]string `json:"settings"` // by the names of their variables; secrets as "(set)"
	Start    time.Time         `json:"start"`
	Duration time.Duration     `json:"duration_ns"`
	Verdict  Verdict           `json:"verdict"`
	Doubt    string            `json:"doubt,omitempty"`           // why the run is inconclusive; a sentence
	Problem  string            `json:"problem,omitempty"`         // why nothing could be judged at all; a sentence a line
	Release  string            `json:"release_version,omitempty"` // the target's own, as the ordinary login tells it
	Stopped  string            `json:"stopped,omitempty"`         // why the run stopped at a rate limit or its time limit before all was sent; a sentence
	Requests int               `json:"requests_sent"`
	Repeated int               `json:"requests_repeated,omitempty"` // of them, because a rate limit had rejected them
	Strict   bool              `json:"strict"`                      // advisories gate too
	Insecure bool              `json:"insecure"`                    // certificates were not verified
	Clauses  []Clause          `json:"clauses"`

	Rejection *Rejection                          `json:"rejection,omitempty"`  // where every valid login was rejected though the form is read
	Partial   *Selection                          `json:"partial,omitempty"`    // where not all of the contract was selected
	Counts    map[spec.Level]map[outcome.Kind]int `json:"counts,omitempty"`     // of clauses
	NotTested []Untested                          `json:"not_tested,omitempty"` // for want of settings, in the order of the clauses

	Deviations []Deviation `json:"deviations,omitempty"`
	Changes    *Changes    `json:"changes,omitempty"` // since the last run, where there was one
	Notes      []string    `json:"notes,omitempty"`   // what else is to be said, a sentence each

	Lifetimes *Lifetimes `json:"lifetimes,omitempty"` // of the ordinary login's tokens
	Latency   []Latency  `json:"latency"`
	Exchanges []Exchange `json:"exchanges"` // in the order in which they were sent
}

// Clause is what became of a clause: the worst of its scenarios.
type Clause struct {
	ID          string       `json:"id"`
	Level       spec.Level   `json:"level"`
	Title       string       `json:"title"`
	Description string       `json:"description,omitempty"`
	Source      string       `json:"source"`
	Feature     string       `json:"feature"`
	File        string       `json:"file"` // in the folder features
	Line        int          `json:"line"`
	Outcome     outcome.Kind `json:"outcome"`
	Reason      string       `json:"reason,omitempty"`    // of an outcome other than kept
	Violation   *Violation   `json:"violation,omitempty"` // the reason, in its parts
	BuildsOn    string       `json:"builds_on,omitempty"` // the broken clause that leaves this one not judged
	Setting     string       `json:"setting,omitempty"`   // the variable whose absence leaves this one not tested
	Scenarios   []Scenario   `json:"scenarios"`
}

// Scenario is what became of a scenario.
type Scenario struct {
	Name      string       `json:"name"`
	Line      int          `json:"line"`
	Steps     []spec.Step  `json:"steps"`
	Outcome   outcome.Kind `json:"outcome"`
	Reason    string       `json:"reason,omitempty"`
	Violation *Violation   `json:"violation,omitempty"` // the reason, in its parts
	BuildsOn  string       `json:"builds_on,omitempty"` // the broken clause that leaves this one not judged
	Setting   string       `json:"setting,omitempty"`   // the variable whose absence leaves this one not tested
	Curl      string       `json:"curl,omitempty"`      // sends the request again whose answer violates the clause
	Exchanges []string     `json:"exchanges,omitempty"` // what it asked for, by name
}

// Violation is what a clause asks for and what was received instead. A response is named by its request.
type Violation struct {
	Expected string `json:"expected"`
	Received string `json:"received"`
	Hint     string `json:"hint,omitempty"` // the likely cause, or what to look at first
}

// Lines returns the reason of a clause's outcome as it is shown on several lines; nothing where it is kept.
func (c *Clause) Lines() []string { return lines(c.Violation, c.Reason) }

// Lines returns the reason of a scenario's outcome as it is shown on several lines; nothing where it is kept.
func (s *Scenario) Lines() []string { return lines(s.Violation, s.Reason) }

func lines(violation *Violation, reason string) []string {
	switch {
	case violation == nil && reason == "":
		return nil
	case violation == nil:
		return []string{reason}
	}
	all := []string{"expected " + violation.Expected, "received " + violation.Received}
	if violation.Hint != "" {
		all = append(all, violation.Hint)
	}
	return all
}

// Summarize sets the clause's outcome from its scenarios.
func (c *Clause) Summarize() {
	c.Outcome, c.Reason, c.Violation, c.BuildsOn, c.Setting = outcome.NotApplicable, "", nil, "", ""
	for i, s := range c.Scenarios {
		if i == 0 || s.Outcome.Worse(c.Outcome) {
			c.Outcome, c.Reason, c.Violation, c.BuildsOn, c.Setting = s.Outcome, s.Reason, s.Violation, s.BuildsOn, s.Setting
		}
	}
}

// Selection is the part of the contract that a run was limited to.
type Selection struct {
	Clauses int      `json:"clauses"` // that were selected
	Of      int      `json:"of"`      // that the contract has
	InPart  int      `json:"in_part"` // of those selected: some of their scenarios only
	By      []string `json:"by"`      // such as "tags @TOK-4" and "-run TestConformance/TOK-4"
}

func (s *Selection) String() string {
	text := fmt.Sprintf("partial: %d of %d clauses", s.Clauses, s.Of)
	if s.InPart > 0 {
		text += fmt.Sprintf(", %d in part", s.InPart)
	}
	return text
}

// String returns the verdict in words, with the number of known deviations, and with what keeps it from being one on
// the whole contract or on a deployment at all.
func (r *Result) String() string {
	var limits []string
	if r.Embedded {
		limits = append(limits, "self-test: no deployment was tested")
	}
	if r.Partial != nil {
		limits = append(limits, r.Partial.String())
	}
	if len(limits) == 0 {
		return r.verdict()
	}
	return fmt.Sprintf("%s (%s)", r.verdict(), strings.Join(limits, "; "))
}

func (r *Result) verdict() string {
	known := len(r.DeviationsThat(StateInForce))
	if r.Verdict != Conforms || known == 0 {
		return string(r.Verdict)
	}
	if known == 1 {
		return "conforms with 1 known deviation"
	}
	return fmt.Sprintf("conforms with %d known deviations", known)
}

// Untested is what a setting's absence leaves untested of a clause.
type Untested struct {
	Clause  string   `json:"clause"`
	Setting string   `json:"setting"`
	Reason  string   `json:"reason"`
	Whole   bool     `json:"whole"` // nothing else of the clause was tested either
	Cases   []string `json:"cases"` // the names of the scenarios
	Of      int      `json:"of"`    // so many scenarios
}

func untested(clauses []Clause) []Untested {
	var all []Untested
	for _, c := range clauses {
		at := map[string]int{} // by setting
		for _, s := range c.Scenarios {
			if s.Outcome != outcome.NotTested {
				continue
			}
			i, known := at[s.Setting]
			if !known {
				i = len(all)
				at[s.Setting] = i
				all = append(all, Untested{Clause: c.ID, Setting: s.Setting, Reason: s.Reason, Whole: c.Outcome == outcome.NotTested, Of: len(c.Scenarios)})
			}
			all[i].Cases = append(all[i].Cases, s.Name)
		}
	}
	return all
}

// Exchange is one request and what came back, without secrets, and cut where it is long.
type Exchange struct {
	Name     string  `json:"name"`  // of the request; unique in a run
	Shape    string  `json:"shape"` // method and encoding, such as "POST urlencoded"
	Method   string  `json:"method"`
	URL      string  `json:"url"`
	Sent     []Field `json:"sent_header,omitempty"`
	Form     []Field `json:"form,omitempty"` // or the query, in order
	Offset   float64 `json:"offset_ms"`      // from the start of the run, in milliseconds
	Duration float64 `json:"duration_ms"`
	Status   int     `json:"status,omitempty"`
	Header   []Field `json:"header,omitempty"`
	Body     string  `json:"body,omitempty"`
	Limited  bool    `json:"rate_limited,omitempty"` // a rate limit rejected it
	Problem  string  `json:"problem,omitempty"`      // why there is no answer
}

// Field is a header field (RFC 9110, section 5) or a parameter of a form.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Lifetimes are the times that the tokens of one login name: `iat` of the access token, and `exp` of both (RFC 7519,
// section 4.1).
type Lifetimes struct {
	Issued         time.Time `json:"issued"`
	AccessExpires  time.Time `json:"access_expires"`
	RefreshExpires time.Time `json:"refresh_expires"`
	Limits         []Limit   `json:"limits"` // as the features have them, in their order
}

// Limit returns the first limit of a token, which allows anything where there is none.
func (l *Lifetimes) Limit(token string) Limit {
	for _, limit := range l.Limits {
		if limit.Token == token {
			return limit
		}
	}
	return Limit{Token: token, Allowed: "anything"}
}

// Limit is how long a clause lets a token live.
type Limit struct {
	Token   string  `json:"token"` // access or refresh
	Clause  string  `json:"clause"`
	Least   float64 `json:"least_s,omitempty"` // in seconds; 0 is none
	Most    float64 `json:"most_s,omitempty"`
	Allowed string  `json:"allowed"` // both, in the units of the features
}
