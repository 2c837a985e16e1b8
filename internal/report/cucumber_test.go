package report_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

func TestCucumber(t *testing.T) {
	t.Parallel()
	violated := judged("TOK-4", spec.Documented, outcome.Violated, "too long")
	violated.Description = ""
	text, err := report.Cucumber(ran(judged("TOK-1", spec.Example, outcome.Kept, ""), violated, judged("OK-1", spec.Implied, outcome.Kept, ""), judged("OK-9", spec.Implied, outcome.NotTested, "set KLEARSTACK_JWT_KEY")))
	require.NoError(t, err)
	var features []any
	require.NoError(t, json.Unmarshal(text, &features))
	require.Len(t, features, 2)
	first, err := json.Marshal(features[0])
	require.NoError(t, err)
	assert.JSONEq(t, `{
		"uri": "features/3-tok.feature", "id": "the-tok", "keyword": "Feature", "name": "The TOK", "description": "Verdict: violates\nNot tested: OK-9 Words of OK-9: set KLEARSTACK_JWT_KEY", "line": 1,
		"elements": [
			{
				"id": "the-tok;words-of-tok-1;scenario-of-tok-1", "keyword": "Scenario", "type": "scenario", "name": "Scenario of TOK-1",
				"description": "Rule: Words of TOK-1\nDetails of TOK-1\nSource: the page", "line": 14,
				"tags": [{"name": "@TOK-1", "line": 12}, {"name": "@example", "line": 12}],
				"steps": [
					{"keyword": "When ", "name": "the user logs in", "line": 15, "match": {"location": "features/3-tok.feature:15"}, "result": {"status": "passed", "duration": 0}},
					{"keyword": "Then ", "name": "all is well", "line": 16, "match": {"location": "features/3-tok.feature:16"}, "result": {"status": "passed", "duration": 1500250000}}
				]
			},
			{
				"id": "the-tok;words-of-tok-4;scenario-of-tok-4", "keyword": "Scenario", "type": "scenario", "name": "Scenario of TOK-4",
				"description": "Rule: Words of TOK-4\nSource: the page", "line": 14,
				"tags": [{"name": "@TOK-4", "line": 12}, {"name": "@documented", "line": 12}],
				"steps": [
					{"keyword": "When ", "name": "the user logs in", "line": 15, "match": {"location": "features/3-tok.feature:15"}, "result": {"status": "passed", "duration": 0}},
					{"keyword": "Then ", "name": "all is well", "line": 16, "match": {"location": "features/3-tok.feature:16"}, "result": {
						"status": "failed", "duration": 1500250000,
						"error_message": "too long\n\nTOK-4 (documented): Words of TOK-4\nSource: the page\nSee features/3-tok.feature:14\nTo see it: curl -X POST 'https://staging.example.com' # TOK-4"
					}}
				]
			}
		]
	}`, string(first))
}

func TestWhatCucumberMakesOfAScenario(t *testing.T) {
	t.Parallel()
	const blocked = "it builds on TOK-3: it has no exp"
	kept := judged("OK-2", spec.Example, outcome.Kept, "")
	broken := judged("TOK-3", spec.Example, outcome.Violated, "no exp")
	for _, c := range []struct {
		name     string
		give     *result.Result
		statuses string // of the first scenario's steps
		says     string
	}{
		{"kept", ran(judged("OK-1", spec.Implied, outcome.Kept, "")), "passed passed", ""},
		{"violated", ran(judged("OK-1", spec.Implied, outcome.Violated, "why")), "passed failed", "why"},
		{"inconclusive", ran(judged("OK-1", spec.Implied, outcome.Inconclusive, "why")), "passed pending", "why"},
		{"not judged", ran(judged("OK-1", spec.Implied, outcome.NotJudged, blocked), broken), "passed pending", blocked},
		{"not judged for a known deviation", deviating("TOK-3", result.StateUnjudged, judged("OK-1", spec.Implied, outcome.NotJudged, blocked), broken), "skipped skipped", blocked},
		{"not tested", ran(judged("OK-1", spec.Implied, outcome.NotTested, "set it"), kept), "skipped skipped", "set it"},
		{"not applicable", ran(judged("OK-1", spec.Implied, outcome.NotApplicable, "why"), kept), "skipped skipped", "why"},
		{"advice is not followed", ran(judged("ADV-1", spec.Advisory, outcome.Violated, "stored")), "passed passed", "advisory, which does not gate: violated: stored"},
		{"known deviation", deviating("OK-1", result.StateUnjudged, judged("OK-1", spec.Implied, outcome.Violated, "why")), "passed passed", "known deviation: a ticket"},
		{"stale deviation", deviating("OK-1", result.StateUnjudged, judged("OK-1", spec.Implied, outcome.Kept, "")), "passed passed", "OK-1 is kept: remove it from a.yaml:3"},
		{"problem", absentTarget(judged("ADV-1", spec.Advisory, outcome.Kept, "")), "passed pending", "it refuses connections: check KLEARSTACK_BASE_URL\nand the network"},
		{"nasty", ran(judged("OK-1", spec.Implied, outcome.Violated, nasty)), "passed failed", "]]></failure><script>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text, err := report.Cucumber(c.give)
			require.NoError(t, err)
			assert.NotContains(t, string(text), "<script", "a tool could show it as it is")
			var features []struct {
				Elements []struct {
					Steps []struct {
						Output []string
						Result struct {
							Status string
							Error  string `json:"error_message"`
						}
					}
				}
			}
			require.NoError(t, json.Unmarshal(text, &features))
			var statuses, said []string
			for _, step := range features[0].Elements[0].Steps {
				statuses = append(statuses, step.Result.Status)
				said = append(append(said, step.Output...), step.Result.Error)
			}
			assert.Equal(t, c.statuses, strings.Join(statuses, " "))
			whole := strings.Join(said, "")
			assert.True(t, strings.HasPrefix(whole, c.says), whole)
			assert.Equal(t, c.says == "", whole == "")
			assert.NotContains(t, whole, "\x1b")
		})
	}
}

func TestCucumberOfAPartialRun(t *testing.T) {
	t.Parallel()
	r := ran(judged("OK-1", spec.Implied, outcome.Kept, ""))
	r.Embedded, r.Partial = true, &result.Selection{Clauses: 1, Of: 46, By: []string{"tags @OK-1"}}
	text, err := report.Cucumber(r)
	require.NoError(t, err)
	assert.Contains(t, string(text), `"description": "Verdict: conforms (self-test: no deployment was tested; partial: 1 of 46 clauses)\nSelected: tags @OK-1"`)
}

// Without clauses there is an array still, and a scenario without steps is not invented any.
func TestCucumberOfLittle(t *testing.T) {
	t.Parallel()
	text, err := report.Cucumber(ran())
	require.NoError(t, err)
	assert.Equal(t, "[]\n", string(text))
	bare := judged("OK-1", spec.Implied, outcome.Kept, "")
	bare.Scenarios[0].Steps = nil
	text, err = report.Cucumber(ran(bare))
	require.NoError(t, err)
	assert.Contains(t, string(text), `"steps": []`)
}
