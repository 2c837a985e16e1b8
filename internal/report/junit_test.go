package report_test

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/contract"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

// nasty is what a target could send to break out of any of the formats. Most of it can't get past the excerpts; the
// formats don't rely on that.
const nasty = "]]></failure><script>alert(1)</script>&amp;\"' | `x` ```\n``` ~~~\n::error::x\r\n##[add-mask]y\n# @team #12 GH-7 https://evil.example www.evil.example <!-- " +
	"![i](javascript:x) $x$ \x00\x08\x1b[31m\x7f\u0085\u202e\u2028\ufffe\uffff\xff 100%\n:name,file=x::"

// judged is a clause with one scenario of that outcome.
func judged(id string, level spec.Level, kind outcome.Kind, reason string) result.Clause {
	c := result.Clause{
		ID: id, Level: level, Title: "Words of " + id, Description: "Details of " + id, Source: "the page", Feature: "The " + id[:3],
		File: "3-" + strings.ToLower(id[:3]) + ".feature", Line: 12,
		Scenarios: []result.Scenario{{
			Name: "Scenario of " + id, Line: 14, Outcome: kind, Reason: reason, Exchanges: []string{"a login", "another login"},
			Steps: []spec.Step{{Keyword: "When", Text: "the user logs in", Line: 15}, {Keyword: "Then", Text: "all is well", Line: 16}},
		}},
	}
	if before, by, blocked := strings.Cut(reason, "builds on "); blocked && before == "it " {
		c.Scenarios[0].BuildsOn, _, _ = strings.Cut(by, ":")
	}
	if kind == outcome.Violated {
		c.Scenarios[0].Curl = "curl -X POST 'https://staging.example.com' # " + id
	}
	c.Summarize()
	return c
}

// ran is a result with these clauses, judged.
func ran(clauses ...result.Clause) *result.Result {
	r := &result.Result{
		Schema: result.SchemaVersion, Edition: contract.Edition, Suite: "v1.2.3", Target: "https://staging.example.com/prefix", Release: "7.8.9", Settings: map[string]string{"KLEARSTACK_PASSWORD": "(set)"},
		Start: time.Date(2026, 2, 28, 23, 0, 0, 0, time.FixedZone("", -3600)), Duration: 2 * time.Second, Requests: 2, Clauses: clauses,
		Exchanges: []result.Exchange{
			{Name: "a login", Shape: "POST urlencoded", Method: "POST", URL: "https://staging.example.com/prefix/x", Offset: 1, Duration: 1500.25, Status: 200},
			{Name: "another login", Shape: "POST urlencoded", Method: "POST", URL: "https://staging.example.com/prefix/x", Offset: 2, Duration: -3, Problem: "no answer"},
		},
	}
	r.Latency = result.Latencies(r.Exchanges)
	r.Judge()
	return r
}

// deviating is such a result with a known deviation of that clause.
func deviating(id string, state result.State, clauses ...result.Clause) *result.Result {
	r := ran(clauses...)
	r.Deviations = []result.Deviation{{Clause: id, Place: "a.yaml:3", Reason: "a ticket", AcceptedBy: "QA", Expires: "2026-12-31", State: state}}
	r.Judge()
	return r
}

// absentTarget is what comes of a target that is not there.
func absentTarget(clauses ...result.Clause) *result.Result {
	r := ran(clauses...)
	r.Problem = "it refuses connections: check KLEARSTACK_BASE_URL\nand the network"
	r.Judge()
	return r
}

// What the test reads of a junit.xml.
type (
	junitSuites struct {
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Errors   int          `xml:"errors,attr"`
		Skipped  *string      `xml:"skipped,attr"`
		Time     string       `xml:"time,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name       string `xml:"name,attr"`
		Tests      int    `xml:"tests,attr"`
		Failures   int    `xml:"failures,attr"`
		Errors     int    `xml:"errors,attr"`
		Skipped    int    `xml:"skipped,attr"`
		Time       string `xml:"time,attr"`
		Timestamp  string `xml:"timestamp,attr"`
		Properties []struct {
			Name  string `xml:"name,attr"`
			Value string `xml:"value,attr"`
		} `xml:"properties>property"`
		Cases []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name      string     `xml:"name,attr"`
		Classname string     `xml:"classname,attr"`
		Time      string     `xml:"time,attr"`
		Came      []junitEnd `xml:",any"`
	}
	junitEnd struct {
		XMLName xml.Name
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

func junitOf(t *testing.T, r *result.Result) junitSuites {
	t.Helper()
	text, err := report.JUnit(r)
	require.NoError(t, err)
	assert.True(t, strings.HasPrefix(string(text), `<?xml version="1.0" encoding="UTF-8"?>`+"\n<testsuites "))
	assert.NotContains(t, string(text), "\uFFFD")
	var suites junitSuites
	require.NoError(t, xml.Unmarshal(text, &suites), string(text))
	assert.Nil(t, suites.Skipped, "Jenkins's schema has this count at suites only")

	var tests, failures, errors int
	for _, suite := range suites.Suites {
		ends := map[string]int{}
		for _, c := range suite.Cases {
			require.LessOrEqual(t, len(c.Came), 1, c.Name)
			for _, end := range c.Came {
				ends[end.XMLName.Local]++
			}
			assert.Regexp(t, `^[0-9]+\.[0-9]{3}$`, c.Time)
		}
		counted := map[string]int{"failure": suite.Failures, "error": suite.Errors, "skipped": suite.Skipped, "system-out": ends["system-out"]}
		for name, count := range counted {
			assert.Equal(t, ends[name], count, name)
		}
		assert.Len(t, suite.Cases, suite.Tests)
		tests, failures, errors = tests+suite.Tests, failures+suite.Failures, errors+suite.Errors
	}
	assert.Equal(t, []int{tests, failures, errors}, []int{suites.Tests, suites.Failures, suites.Errors})
	switch r.Verdict {
	case result.Violates:
		assert.Positive(t, failures)
	case result.Inconclusive:
		assert.Zero(t, failures)
		assert.Positive(t, errors)
	case result.Conforms, result.Stale:
		assert.Zero(t, failures+errors)
	}
	return suites
}

func TestJUnit(t *testing.T) {
	t.Parallel()
	suites := junitOf(t, ran(
		judged("OK-1", spec.Documented, outcome.Kept, ""),
		judged("TOK-4", spec.Documented, outcome.Violated, "expected 60 s; received 61"),
		judged("TOK-9", spec.Implied, outcome.Inconclusive, "no answer"),
		judged("OK-9", spec.Implied, outcome.NotTested, "set KLEARSTACK_JWT_KEY"),
	))
	require.Len(t, suites.Suites, 2)
	assert.Equal(t, "2.000", suites.Time)
	assert.Equal(t, "The OK-", suites.Suites[0].Name)
	tokens := suites.Suites[1]
	assert.Equal(t, "2026-03-01T00:00:00Z", tokens.Timestamp)
	assert.Equal(t, "3.000", tokens.Time)
	assert.Equal(t, "[{target https://staging.example.com/prefix} {suite_version v1.2.3} {release_version 7.8.9} {verdict violates} {not_tested OK-9 Words of OK-9: set KLEARSTACK_JWT_KEY}]", fmt.Sprint(tokens.Properties))
	assert.Equal(t, "The TOK.TOK-4", tokens.Cases[0].Classname)
	assert.Equal(t, "Scenario of TOK-4", tokens.Cases[0].Name)
	assert.Equal(t, "1.500", tokens.Cases[0].Time)
	failure := tokens.Cases[0].Came[0]
	assert.Equal(t, "violated", failure.Type)
	assert.Equal(t, "expected 60 s; received 61", failure.Message)
	assert.Equal(t, `expected 60 s; received 61

TOK-4 (documented): Words of TOK-4
Source: the page
See features/3-tok.feature:14
To see it: curl -X POST 'https://staging.example.com' # TOK-4`, failure.Text)
	assert.NotContains(t, tokens.Cases[1].Came[0].Text, "To see it")
}

func TestJUnitOfAPartialRun(t *testing.T) {
	t.Parallel()
	r := ran(judged("OK-1", spec.Documented, outcome.Kept, ""))
	r.Partial = &result.Selection{Clauses: 1, Of: 46, By: []string{"tags @OK-1"}}
	assert.Contains(t, fmt.Sprint(junitOf(t, r).Suites[0].Properties), "{verdict conforms (partial: 1 of 46 clauses)} {selected tags @OK-1}")
}

func TestWhatJUnitMakesOfAScenario(t *testing.T) {
	t.Parallel()
	const blocked = "it builds on TOK-3: it has no exp"
	kept := judged("OK-2", spec.Example, outcome.Kept, "")
	broken := judged("TOK-3", spec.Example, outcome.Violated, "no exp")
	advice := judged("TOK-3", spec.Advisory, outcome.Violated, "no exp")
	locked := judged("TOK-3", spec.Implied, outcome.Inconclusive, "locked")
	strict := ran(judged("ADV-1", spec.Advisory, outcome.Violated, "stored"))
	strict.Strict = true
	strict.Judge()
	for _, c := range []struct {
		name string
		give *result.Result
		want string // of the first scenario
		says string
	}{
		{"kept", ran(judged("OK-1", spec.Implied, outcome.Kept, "")), "", ""},
		{"violated", ran(judged("OK-1", spec.Implied, outcome.Violated, "why")), "failure", "why"},
		{"inconclusive", ran(judged("OK-1", spec.Implied, outcome.Inconclusive, "why")), "error", "why"},
		{"not tested", ran(judged("OK-1", spec.Implied, outcome.NotTested, "set it"), kept), "skipped", "set it"},
		{"not applicable", ran(judged("OK-1", spec.Implied, outcome.NotApplicable, "why"), kept), "skipped", "why"},
		{"not judged beside what fails", ran(judged("OK-1", spec.Implied, outcome.NotJudged, blocked), broken), "skipped", blocked},
		{"not judged beside what errs", ran(judged("OK-1", spec.Implied, outcome.NotJudged, blocked), locked), "skipped", blocked},
		{"not judged for advice", ran(judged("OK-1", spec.Implied, outcome.NotJudged, blocked), advice), "error", blocked},
		{"not judged for what was not run", ran(judged("OK-1", spec.Implied, outcome.NotJudged, blocked)), "error", blocked},
		{"not judged for a known deviation", deviating("TOK-3", result.StateUnjudged, judged("OK-1", spec.Implied, outcome.NotJudged, blocked), broken), "skipped", blocked},
		{"advice is not followed", ran(judged("ADV-1", spec.Advisory, outcome.Violated, "stored")), "system-out", "advisory, which does not gate: violated: stored"},
		{"advice is unclear", ran(judged("ADV-1", spec.Advisory, outcome.Inconclusive, "cut"), kept), "system-out", "advisory, which does not gate: inconclusive: cut"},
		{"advice is not judged", ran(judged("ADV-1", spec.Advisory, outcome.NotJudged, blocked), kept), "skipped", blocked},
		{"advice does not apply", ran(judged("ADV-2", spec.Advisory, outcome.NotApplicable, "loopback"), kept), "skipped", "loopback"},
		{"advice gates", strict, "failure", "stored"},
		{"known deviation", deviating("OK-1", result.StateUnjudged, judged("OK-1", spec.Implied, outcome.Violated, "why")), "system-out", "known deviation: a ticket (accepted by QA until 2026-12-31)\nviolated: why"},
		{"stale deviation", deviating("OK-1", result.StateUnjudged, judged("OK-1", spec.Implied, outcome.Kept, "")), "system-out", "OK-1 is kept: remove it from a.yaml:3"},
		{"expired deviation", deviating("OK-1", result.StateExpired, judged("OK-1", spec.Implied, outcome.Violated, "why")), "failure", "why"},
		{"problem", absentTarget(judged("ADV-1", spec.Advisory, outcome.Kept, "")), "error", "it refuses connections: check KLEARSTACK_BASE_URL\nand the network"},
		{"nothing", ran(), "error", "no scenario was run"},
		{"nothing that was tested", ran(judged("OK-1", spec.Implied, outcome.NotTested, "set it")), "error", "no selected clause was evaluated, so nothing is proven: OK-1 is not tested (set it)"},
		{"nothing but a problem", absentTarget(), "error", "it refuses connections"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			first := junitOf(t, c.give).Suites[0].Cases[0]
			if c.want == "" {
				assert.Empty(t, first.Came)
				return
			}
			require.Len(t, first.Came, 1)
			assert.Equal(t, c.want, first.Came[0].XMLName.Local)
			assert.True(t, strings.HasPrefix(first.Came[0].Text, c.says), first.Came[0].Text)
			assert.Equal(t, c.want == "system-out", first.Came[0].Message == "")
		})
	}
}

func TestJUnitOfNastyText(t *testing.T) {
	t.Parallel()
	r := ran(judged("TOK-4", spec.Documented, outcome.Violated, nasty), judged("ADV-1", spec.Advisory, outcome.Violated, nasty))
	r.Release, r.Target, r.Clauses[0].Scenarios[0].Name = nasty, nasty, nasty
	text, err := report.JUnit(r)
	require.NoError(t, err)
	assert.True(t, utf8.Valid(text))
	for _, char := range string(text) {
		require.True(t, char >= ' ' && char != 0x7f && char != 0xfffe && char != 0xffff && char != 0x202e || char == '\n' || char == '\t', "%U", char)
	}
	var suites junitSuites
	require.NoError(t, xml.Unmarshal(text, &suites))
	require.Equal(t, 2, suites.Tests)
	assert.Contains(t, suites.Suites[0].Cases[0].Came[0].Text, "]]></failure><script>alert(1)</script>&amp;")
	assert.Contains(t, suites.Suites[0].Cases[0].Came[0].Message, "]]></failure><script>alert(1)</script>&amp;")
}
