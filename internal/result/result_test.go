package result_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

func kinds() []outcome.Kind {
	return []outcome.Kind{outcome.Kept, outcome.NotApplicable, outcome.NotTested, outcome.NotJudged, outcome.Inconclusive, outcome.Violated}
}

func clause(level spec.Level, kind outcome.Kind) result.Clause {
	return result.Clause{ID: "TOK-4", Level: level, Outcome: kind}
}

func TestVerdictOfOneClause(t *testing.T) {
	t.Parallel()
	gating := map[outcome.Kind]result.Verdict{
		outcome.Kept:          result.Conforms,
		outcome.NotApplicable: result.Conforms,
		outcome.NotTested:     result.Conforms,
		outcome.NotJudged:     result.Inconclusive,
		outcome.Inconclusive:  result.Inconclusive,
		outcome.Violated:      result.Violates,
	}
	for _, level := range spec.Levels() {
		for _, kind := range kinds() {
			for _, strict := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, %s, strict %v", level, kind, strict), func(t *testing.T) {
					t.Parallel()
					want := gating[kind]
					if level == spec.Advisory && !strict {
						want = result.Conforms
					}
					// What else is kept changes nothing, before or after it.
					kept := clause(spec.Documented, outcome.Kept)
					for _, clauses := range [][]result.Clause{{kept, clause(level, kind)}, {clause(level, kind), kept}} {
						r := result.Result{Strict: strict, Clauses: clauses}
						r.Judge()
						assert.Equal(t, want, r.Verdict)
					}
				})
			}
		}
	}
}

func TestVerdict(t *testing.T) {
	t.Parallel()
	violated := clause(spec.Implied, outcome.Violated)
	unknown := clause(spec.Implied, outcome.Inconclusive)
	kept := clause(spec.Implied, outcome.Kept)
	advice := clause(spec.Advisory, outcome.Violated)
	for _, c := range []struct {
		name string
		give result.Result
		want result.Verdict
	}{
		{"a violation beats inconclusive", result.Result{Clauses: []result.Clause{violated, unknown}}, result.Violates},
		{"whatever the order", result.Result{Clauses: []result.Clause{unknown, violated}}, result.Violates},
		{"advice does not", result.Result{Clauses: []result.Clause{advice, unknown}}, result.Inconclusive},
		{"unless it gates", result.Result{Strict: true, Clauses: []result.Clause{unknown, advice}}, result.Violates},
		{"a problem", result.Result{Problem: "not there", Clauses: []result.Clause{kept}}, result.Inconclusive},
		{"nothing was run", result.Result{}, result.Inconclusive},
		{"an earlier verdict is forgotten", result.Result{Verdict: result.Violates, Clauses: []result.Clause{kept}}, result.Conforms},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.give.Judge()
			assert.Equal(t, c.want == result.Inconclusive, c.give.Doubt != "", c.give.Doubt)
			assert.Equal(t, c.want, c.give.Verdict)
		})
	}
}

// A run in which nothing was evaluated proves nothing, whatever the level of its clauses, and says why.
func TestVerdictWhereNothingIsEvaluated(t *testing.T) {
	t.Parallel()
	with := func(id string, level spec.Level, kind outcome.Kind, reason string) result.Clause {
		return result.Clause{ID: id, Level: level, Outcome: kind, Reason: reason}
	}
	untested := with("TOK-9", spec.Implied, outcome.NotTested, "set KEY")
	unfit := with("ADV-2", spec.Advisory, outcome.NotApplicable, "loopback")
	unclear := with("ADV-3", spec.Advisory, outcome.Inconclusive, "cut")
	unjudged := with("ADV-4", spec.Advisory, outcome.NotJudged, "it builds on OK-1: no login")
	const nothing = "no selected clause was evaluated, so nothing is proven: "
	for _, c := range []struct {
		name    string
		clauses []result.Clause
		want    result.Verdict
		problem string
	}{
		{"not tested", []result.Clause{untested}, result.Inconclusive, nothing + "TOK-9 is not tested (set KEY)"},
		{"not applicable", []result.Clause{unfit}, result.Inconclusive, nothing + "ADV-2 is not applicable (loopback)"},
		{"both", []result.Clause{untested, unfit}, result.Inconclusive, nothing + "TOK-9 is not tested (set KEY); ADV-2 is not applicable (loopback)"},
		{"an advisory that is inconclusive", []result.Clause{unclear, untested}, result.Inconclusive, nothing + "ADV-3 is inconclusive (cut); TOK-9 is not tested (set KEY)"},
		{"an advisory that is not judged", []result.Clause{unjudged}, result.Inconclusive, nothing + "ADV-4 is not judged (it builds on OK-1: no login)"},
		{"one that counts is told by itself", []result.Clause{with("OK-1", spec.Implied, outcome.Inconclusive, "cut"), untested}, result.Inconclusive, ""},
		{"an advisory that is kept", []result.Clause{untested, with("ADV-1", spec.Advisory, outcome.Kept, "")}, result.Conforms, ""},
		{"an advisory that is violated", []result.Clause{untested, with("ADV-1", spec.Advisory, outcome.Violated, "stored")}, result.Conforms, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := result.Result{Clauses: c.clauses}
			r.Judge()
			assert.Equal(t, c.want, r.Verdict)
			assert.Equal(t, c.problem, r.Problem)
		})
	}
}

// The verdict in words says what it does not cover.
func TestString(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		give result.Result
		want string
	}{
		{"whole", result.Result{Verdict: result.Violates}, "violates"},
		{"self-test", result.Result{Verdict: result.Conforms, Embedded: true}, "conforms (self-test: no deployment was tested)"},
		{"partial", result.Result{Verdict: result.Inconclusive, Partial: &result.Selection{Clauses: 1, Of: 46}}, "inconclusive (partial: 1 of 46 clauses)"},
		{"all three", result.Result{
			Verdict: result.Conforms, Embedded: true, Partial: &result.Selection{Clauses: 3, Of: 46, InPart: 2},
			Deviations: []result.Deviation{{Clause: "OK-1", State: result.StateInForce}},
		}, "conforms with 1 known deviation (self-test: no deployment was tested; partial: 3 of 46 clauses, 2 in part)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, c.give.String())
		})
	}
}

func TestExitCodes(t *testing.T) {
	t.Parallel()
	assert.Equal(t, 0, result.Conforms.ExitCode())
	assert.Equal(t, 1, result.Violates.ExitCode())
	assert.Equal(t, 3, result.Inconclusive.ExitCode())
	assert.Equal(t, 3, result.Verdict("").ExitCode(), "what was never judged is not certain")
}

func TestSummarize(t *testing.T) {
	t.Parallel()
	scenario := func(kind outcome.Kind, reason string) result.Scenario {
		return result.Scenario{Outcome: kind, Reason: reason}
	}
	for _, c := range []struct {
		name      string
		scenarios []result.Scenario
		kind      outcome.Kind
		reason    string
	}{
		{"none", nil, outcome.NotApplicable, ""},
		{"one", []result.Scenario{scenario(outcome.NotJudged, "a")}, outcome.NotJudged, "a"},
		{"the worst", []result.Scenario{scenario(outcome.Kept, ""), scenario(outcome.Violated, "a"), scenario(outcome.Inconclusive, "b")}, outcome.Violated, "a"},
		{"the first of the worst", []result.Scenario{scenario(outcome.Violated, "a"), scenario(outcome.Violated, "b")}, outcome.Violated, "a"},
		{"not tested before not applicable", []result.Scenario{scenario(outcome.NotApplicable, "a"), scenario(outcome.NotTested, "b")}, outcome.NotTested, "b"},
		{"kept where it is tested", []result.Scenario{scenario(outcome.NotTested, "a"), scenario(outcome.Kept, "")}, outcome.Kept, ""},
		{"kept where it applies", []result.Scenario{scenario(outcome.NotApplicable, "a"), scenario(outcome.Kept, "")}, outcome.Kept, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			made := result.Clause{Scenarios: c.scenarios, Outcome: outcome.Violated, Reason: "an earlier one"}
			made.Summarize()
			assert.Equal(t, c.kind, made.Outcome)
			assert.Equal(t, c.reason, made.Reason)
		})
	}
}

func TestTally(t *testing.T) {
	t.Parallel()
	var r result.Result
	want := map[outcome.Kind]int{}
	for _, kind := range kinds() {
		r.Clauses = append(r.Clauses, clause(spec.Documented, kind))
		want[kind] = 1
	}
	r.Clauses = append(r.Clauses, clause(spec.Example, outcome.Kept), clause(spec.Example, outcome.Kept), clause(spec.Advisory, outcome.Violated))
	r.Judge()
	assert.Equal(t, map[spec.Level]map[outcome.Kind]int{
		spec.Documented: want, spec.Example: {outcome.Kept: 2}, spec.Advisory: {outcome.Violated: 1},
	}, r.Counts)
}

// What was not tested is listed by clause and setting, and changes neither the clause that was tested otherwise nor the
// verdict.
func TestNotTested(t *testing.T) {
	t.Parallel()
	scenario := func(name string, kind outcome.Kind, setting string) result.Scenario {
		s := result.Scenario{Name: name, Outcome: kind, Setting: setting}
		if setting != "" {
			s.Reason = "set " + setting
		}
		return s
	}
	clauses := []result.Clause{
		{ID: "TOK-9", Scenarios: []result.Scenario{scenario("a", outcome.NotTested, "KEY"), scenario("b", outcome.NotTested, "KEY")}},
		{ID: "REF-5", Scenarios: []result.Scenario{scenario("c", outcome.Kept, ""), scenario("d", outcome.NotTested, "QUERY"), scenario("e", outcome.NotTested, "QUERY")}},
		{ID: "REF-4", Scenarios: []result.Scenario{scenario("f", outcome.NotApplicable, ""), scenario("g", outcome.NotTested, "OTHER"), scenario("h", outcome.NotTested, "KEY")}},
		{ID: "OK-1", Scenarios: []result.Scenario{scenario("i", outcome.Kept, "")}},
	}
	var outcomes []outcome.Kind
	for i := range clauses {
		clauses[i].Level = spec.Implied
		clauses[i].Summarize()
		outcomes = append(outcomes, clauses[i].Outcome)
	}
	r := result.Result{Clauses: clauses}
	r.Judge()
	assert.Equal(t, []outcome.Kind{outcome.NotTested, outcome.Kept, outcome.NotTested, outcome.Kept}, outcomes)
	assert.Equal(t, []result.Untested{
		{Clause: "TOK-9", Setting: "KEY", Reason: "set KEY", Whole: true, Cases: []string{"a", "b"}, Of: 2},
		{Clause: "REF-5", Setting: "QUERY", Reason: "set QUERY", Cases: []string{"d", "e"}, Of: 3},
		{Clause: "REF-4", Setting: "OTHER", Reason: "set OTHER", Whole: true, Cases: []string{"g"}, Of: 3},
		{Clause: "REF-4", Setting: "KEY", Reason: "set KEY", Whole: true, Cases: []string{"h"}, Of: 3},
	}, r.NotTested)
	assert.Equal(t, "KEY", clauses[0].Setting)
	assert.Equal(t, result.Conforms, r.Verdict)
}

// The names of the members are what machines read the result by.
func TestJSON(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(result.Result{
		Schema: 1, Edition: "2026-11", Suite: "v1.2.3", Release: "7.8.9", Target: "https://example.com", Settings: map[string]string{"KLEARSTACK_PASSWORD": "(set)"},
		Start: time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC), Duration: 1500 * time.Millisecond,
		Verdict: result.Violates, Requests: 48, Repeated: 2,
		Clauses: []result.Clause{{
			ID: "TOK-4", Level: spec.Documented, Title: "some minutes", Source: "the page", Feature: "Tokens", File: "tokens.feature", Line: 7,
			Outcome: outcome.Violated, Reason: "too long",
			Scenarios: []result.Scenario{
				{
					Name: "lifetime", Line: 9, Outcome: outcome.Violated, Reason: "too long", Curl: "curl -X POST",
					Steps: []spec.Step{{Keyword: "When", Text: "the user logs in", Line: 10}}, Exchanges: []string{"a login"},
				},
				{Name: "kept", Line: 12, Outcome: outcome.Kept, Steps: []spec.Step{}},
			},
		}},
		Lifetimes: &result.Lifetimes{
			Issued: time.Unix(0, 0).UTC(), AccessExpires: time.Unix(300, 0).UTC(), RefreshExpires: time.Unix(86400, 0).UTC(),
			Limits: []result.Limit{{Token: "access", Clause: "TOK-4", Least: 60, Most: 3600, Allowed: "60 s to 60 min"}, {Token: "refresh", Clause: "TOK-5", Allowed: "x"}},
		},
		Latency: []result.Latency{{Shape: "POST urlencoded", Count: 2, Min: 1, Median: 1.5, P95: 2, Max: 2}},
		Exchanges: []result.Exchange{{
			Name: "a login", Shape: "POST urlencoded", Method: "POST", URL: "https://example.com/x", Duration: 1.5,
			Form: []result.Field{{Name: "username", Value: "qa"}}, Status: 200, Header: []result.Field{{Name: "Date", Value: "now"}}, Body: "{}",
		}},
	})
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"schema_version": 1, "contract_edition": "2026-11", "suite_version": "v1.2.3", "release_version": "7.8.9",
		"target": "https://example.com", "embedded": false, "settings": {"KLEARSTACK_PASSWORD": "(set)"},
		"start": "2024-02-29T12:00:00Z", "duration_ns": 1500000000, "verdict": "violates", "requests_sent": 48, "requests_repeated": 2,
		"strict": false, "insecure": false,
		"clauses": [{
			"id": "TOK-4", "level": "documented", "title": "some minutes", "source": "the page", "feature": "Tokens",
			"file": "tokens.feature", "line": 7, "outcome": "violated", "reason": "too long",
			"scenarios": [
				{
					"name": "lifetime", "line": 9, "outcome": "violated", "reason": "too long", "curl": "curl -X POST",
					"steps": [{"keyword": "When", "text": "the user logs in", "line": 10}], "exchanges": ["a login"]
				},
				{"name": "kept", "line": 12, "outcome": "kept", "steps": []}
			]
		}],
		"lifetimes": {"issued": "1970-01-01T00:00:00Z", "access_expires": "1970-01-01T00:05:00Z", "refresh_expires": "1970-01-02T00:00:00Z",
			"limits": [{"token": "access", "clause": "TOK-4", "least_s": 60, "most_s": 3600, "allowed": "60 s to 60 min"}, {"token": "refresh", "clause": "TOK-5", "allowed": "x"}]},
		"latency": [{"shape": "POST urlencoded", "count": 2, "min_ms": 1, "median_ms": 1.5, "p95_ms": 2, "max_ms": 2}],
		"exchanges": [{
			"name": "a login", "shape": "POST urlencoded", "method": "POST", "url": "https://example.com/x", "offset_ms": 0,
			"duration_ms": 1.5, "form": [{"name": "username", "value": "qa"}], "status": 200,
			"header": [{"name": "Date", "value": "now"}], "body": "{}"
		}]
	}`, string(text))
}

func TestLatencies(t *testing.T) {
	t.Parallel()
	var exchanges []result.Exchange
	for _, took := range []float64{3, 1, 2, 4} {
		exchanges = append(exchanges, result.Exchange{Shape: "POST urlencoded", Duration: took})
	}
	for i := range 100 {
		exchanges = append(exchanges, result.Exchange{Shape: "GET query", Duration: float64(100 - i)})
	}
	exchanges = append(exchanges, result.Exchange{Shape: "OPTIONS", Duration: 7}, result.Exchange{Shape: "HEAD", Duration: 9, Problem: "closed"},
		result.Exchange{Shape: "OPTIONS", Duration: 1, Limited: true})
	assert.Equal(t, []result.Latency{
		{Shape: "GET query", Count: 100, Min: 1, Median: 50.5, P95: 95, Max: 100},
		{Shape: "OPTIONS", Count: 1, Min: 7, Median: 7, P95: 7, Max: 7},
		{Shape: "POST urlencoded", Count: 4, Min: 1, Median: 2.5, P95: 4, Max: 4},
	}, result.Latencies(exchanges))
	assert.Empty(t, result.Latencies(nil))
}

func TestVerdictWithDeviations(t *testing.T) {
	t.Parallel()
	judged := func(id string, kind outcome.Kind, buildsOn string) result.Clause {
		return result.Clause{ID: id, Level: spec.Documented, Outcome: kind, BuildsOn: buildsOn}
	}
	listed := func(state result.State, clauses ...string) []result.Deviation {
		var all []result.Deviation
		for _, clause := range clauses {
			all = append(all, result.Deviation{Clause: clause, State: state})
		}
		return all
	}
	kept, broken := judged("A-1", outcome.Kept, ""), judged("A-2", outcome.Violated, "")
	for _, c := range []struct {
		name    string
		clauses []result.Clause
		listed  []result.Deviation
		want    result.Verdict
		saying  string
		state   result.State
	}{
		{"in force", []result.Clause{kept, broken}, listed("", "A-2"), result.Conforms, "conforms with 1 known deviation", result.StateInForce},
		{"two in force", []result.Clause{broken, judged("A-3", outcome.Violated, "")}, listed("", "A-2", "A-3"), result.Conforms, "conforms with 2 known deviations", result.StateInForce},
		{"expired", []result.Clause{broken}, listed(result.StateExpired, "A-2"), result.Violates, "violates", result.StateExpired},
		{"stale", []result.Clause{kept}, listed("", "A-1"), result.Stale, "conforms, but the deviations file is stale", result.StateStale},
		{"stale beside a violation", []result.Clause{kept, broken}, listed("", "A-1"), result.Violates, "violates", result.StateStale},
		{"stale beside what could not be judged", []result.Clause{kept, judged("A-2", outcome.Inconclusive, "")}, listed("", "A-1"), result.Inconclusive, "inconclusive", result.StateStale},
		{"not judged", []result.Clause{kept, judged("A-2", outcome.NotJudged, "A-9")}, listed("", "A-2"), result.Inconclusive, "inconclusive", result.StateUnjudged},
		{"not applicable", []result.Clause{kept, judged("A-2", outcome.NotApplicable, "")}, listed("", "A-2"), result.Conforms, "conforms", result.StateUnjudged},
		{"not tested", []result.Clause{kept, judged("A-2", outcome.NotTested, "")}, listed("", "A-2"), result.Conforms, "conforms", result.StateUnjudged},
		{"what builds on it", []result.Clause{broken, judged("A-3", outcome.NotJudged, "A-2")}, listed("", "A-2"), result.Conforms, "conforms with 1 known deviation", result.StateInForce},
		{"what builds on another", []result.Clause{broken, judged("A-3", outcome.NotJudged, "A-1")}, listed("", "A-2"), result.Inconclusive, "inconclusive", result.StateInForce},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := result.Result{Clauses: c.clauses, Deviations: c.listed}
			r.Judge()
			assert.Equal(t, c.want, r.Verdict)
			assert.Equal(t, c.saying, r.String())
			assert.Equal(t, c.state, r.Deviations[0].State)
		})
	}
}
