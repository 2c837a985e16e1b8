package report_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

func markdown(t *testing.T, r *result.Result) string {
	t.Helper()
	text, err := report.Markdown(r)
	require.NoError(t, err)
	assert.True(t, utf8.Valid(text))
	return string(text)
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	conforming := ran(judged("OK-1", spec.Documented, outcome.Kept, ""))
	violating := deviating("TOK-5", result.StateUnjudged,
		judged("ADV-1", spec.Advisory, outcome.Violated, "stored"),
		judged("TOK-4", spec.Documented, outcome.Violated, "expected 60 s; received 61 (KLEARSTACK_CLOCK_TOLERANCE)"),
		judged("TOK-5", spec.Documented, outcome.Violated, "a | b"),
		judged("OK-1", spec.Implied, outcome.Kept, ""),
		judged("REF-4", spec.Implied, outcome.NotTested, "set KLEARSTACK_OTHER_COMPANY_NAME"),
		judged("ADV-2", spec.Advisory, outcome.NotApplicable, "loopback"),
		judged("REF-1", spec.Implied, outcome.Inconclusive, "locked"),
	)
	violating.Insecure, violating.Notes = true, []string{"The file is not the model of a run."}
	violating.Changes = &result.Changes{Since: violating.Start, Broken: []string{"TOK-4", "TOK-5"}, Kept: []string{"OK-1"}, OldRelease: "7.8.8", NewRelease: "7.8.9"}
	unchanged := deviating("OK-1", result.StateUnjudged, judged("OK-1", spec.Documented, outcome.Kept, ""))
	unchanged.Changes = &result.Changes{Since: unchanged.Start}
	partial := ran(judged("OK-1", spec.Documented, outcome.Kept, ""))
	partial.Embedded, partial.Partial = true, &result.Selection{Clauses: 1, Of: 46, By: []string{"tags @OK-1"}}
	expired := deviating("OK-1", result.StateExpired, judged("OK-1", spec.Documented, outcome.Kept, ""))
	for _, c := range []struct {
		name string
		give *result.Result
		want string
	}{
		{"conforming", conforming, `## Conformance: conforms

- Target: 'https://staging.example.com/prefix'
- 'release_version': '7.8.9'
- Kept: 1 of 1 documented
- Run: 2026-03-01T00:00:00Z, took 2s; requests sent: 2; suite: v1.2.3
`},
		{"partial self-test", partial, `## Conformance: conforms (self-test: no deployment was tested; partial: 1 of 46 clauses)

- **Selected:** 'tags @OK-1'
- Target: 'https://staging.example.com/prefix'
- 'release_version': '7.8.9'
- Kept: 1 of 1 documented
- Run: 2026-03-01T00:00:00Z, took 2s; requests sent: 2; suite: v1.2.3
`},
		{"violating", violating, `## Conformance: violates

- **Not tested:** REF-4 Words of REF-4: set KLEARSTACK_OTHER_COMPANY_NAME
- Target: 'https://staging.example.com/prefix'
- **Warning:** certificates are NOT VERIFIED ('KLEARSTACK_INSECURE_SKIP_VERIFY'): anybody could have answered
- 'release_version': '7.8.9'
- Kept: 0 of 2 documented, 1 of 3 implied (1 not tested), 0 of 2 advisory
- Run: 2026-03-01T00:00:00Z, took 2s; requests sent: 2; suite: v1.2.3
- Note: The file is not the model of a run.
- Known deviation TOK-5: a ticket (accepted by QA until 2026-12-31)
- **Newly broken** since 2026-03-01T00:00:00Z: TOK-4, TOK-5
- Newly kept since 2026-03-01T00:00:00Z: OK-1
- 'release_version' since 2026-03-01T00:00:00Z: '7.8.9' instead of '7.8.8'

| Clause | Level | Rule | Outcome | Message |
| --- | --- | --- | --- | --- |
| TOK-4 | documented | Words of TOK-4 | **violated** | expected 60 s; received 61 (KLEARSTACK_CLOCK_TOLERANCE) |
| ADV-1 | advisory | Words of ADV-1 | violated | stored |
| TOK-5 | documented | Words of TOK-5 | known deviation | a &#124; b |
| REF-1 | implied | Words of REF-1 | inconclusive | locked |
| ADV-2 | advisory | Words of ADV-2 | not applicable | loopback |

To see TOK-4:

'''sh
curl -X POST "https://staging.example.com" # TOK-4
'''

To see ADV-1:

'''sh
curl -X POST "https://staging.example.com" # ADV-1
'''

To see TOK-5:

'''sh
curl -X POST "https://staging.example.com" # TOK-5
'''
`},
		{"unchanged and stale", unchanged, `## Conformance: conforms, but the deviations file is stale

- Target: 'https://staging.example.com/prefix'
- 'release_version': '7.8.9'
- Kept: 1 of 1 documented
- Run: 2026-03-01T00:00:00Z, took 2s; requests sent: 2; suite: v1.2.3
- **Stale deviation** OK-1: the clause is kept; remove it from a.yaml:3
- Changes since 2026-03-01T00:00:00Z: none
`},
		{"expired", expired, `## Conformance: conforms

- Target: 'https://staging.example.com/prefix'
- 'release_version': '7.8.9'
- Kept: 1 of 1 documented
- Run: 2026-03-01T00:00:00Z, took 2s; requests sent: 2; suite: v1.2.3
- **Expired deviation** OK-1: what QA accepted expired on 2026-12-31 and counts for nothing
`},
		{"problem", absentTarget(judged("OK-1", spec.Implied, outcome.Inconclusive, "why")), `## Conformance: inconclusive

- Target: 'https://staging.example.com/prefix'
- 'release_version': '7.8.9'
- Run: 2026-03-01T00:00:00Z, took 2s; requests sent: 2; suite: v1.2.3
- **Problem:** it refuses connections: check KLEARSTACK_BASE_URL
- **Problem:** and the network
`},
		{"never begun", &result.Result{Target: "none", Verdict: result.Inconclusive, Problem: "KLEARSTACK_USERNAME is not set"}, `## Conformance: inconclusive

- Target: 'none'
- **Problem:** KLEARSTACK_USERNAME is not set
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, strings.NewReplacer("'", "`", `"`, "'").Replace(c.want), markdown(t, c.give))
		})
	}
}

// Wherever it stands, text from the target is text: nothing of it is Markdown, HTML or a reference, and it starts no line.
func TestMarkdownOfNastyText(t *testing.T) {
	t.Parallel()
	c := judged("TOK-4", spec.Documented, outcome.Violated, nasty)
	c.Title = nasty
	r := deviating("TOK-4", result.StateExpired, c)
	r.Notes, r.Deviations[0].Reason, r.Deviations[0].AcceptedBy = []string{nasty}, nasty, nasty
	known := *r
	known.Deviations = []result.Deviation{{Clause: "TOK-4", Reason: nasty, AcceptedBy: nasty, State: result.StateInForce}}
	absent := *r
	absent.Problem = nasty
	code := regexp.MustCompile("(?s)```sh\n.*?\n```\n")
	for _, each := range []*result.Result{r, &known, &absent} {
		text := markdown(t, each)
		assert.NotRegexp(t, `[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}\x{202e}\x{fffe}\x{ffff}]`, text)
		for line := range strings.Lines(code.ReplaceAllString(text, "")) {
			assert.Regexp(t, `^(\n|## Conformance|- (Target|Kept|Run|Note|Known|\*\*(Problem|Expired)|.release_version)|\| (Clause|---|TOK-4) |To see TOK-4:)`, line)
			line = regexp.MustCompile("`[^`]*`").ReplaceAllString(line, "")
			assert.NotRegexp(t, "[<>`~$_!\\[\\]\\\\]", strings.ReplaceAll(line, "(KLEARSTACK_INSECURE_SKIP_VERIFY)", ""))
			assert.NotRegexp(t, `&(#[^0-9]|[^#])`, line)
			assert.NotRegexp(t, `@[A-Za-z]|#[0-9]+[^0-9;]|(?i)gh-[0-9]|://|(?i)www\.`, line)
			if strings.HasPrefix(line, "| ") {
				assert.Equal(t, 6, strings.Count(line, "|"), line)
			}
		}
	}
}

// Whatever fences a command holds, its block ends where the block is to end.
func TestCodeThatHoldsFences(t *testing.T) {
	t.Parallel()
	c := judged("TOK-4", spec.Documented, outcome.Violated, "why")
	c.Scenarios[0].Curl = "curl '\n```\n`````\n# @team\n`\x00`\x00`\x00`\x00`\x00`'"
	assert.Contains(t, markdown(t, ran(c)), "\n```````sh\ncurl '\n```\n`````\n# @team\n``````'\n```````\n")
}

func TestReleaseAsCode(t *testing.T) {
	t.Parallel()
	for give, want := range map[string]string{
		"7.8.9":     "`7.8.9`",
		"a`b":       "`` a`b ``",
		"`":         "`` ` ``",
		"``@team\n": "``` ``@team ```",
		"\x00":      "` `",
	} {
		r := ran()
		r.Release = give
		assert.Contains(t, markdown(t, r), "\n- `release_version`: "+want+"\n")
	}
}

// What is too long is cut between two pieces, and the cut is told.
func TestMarkdownIsCut(t *testing.T) {
	t.Parallel()
	var clauses []result.Clause
	for i := range 400 {
		c := judged(fmt.Sprintf("TOK-%d", i), spec.Documented, outcome.Violated, strings.Repeat("<é<<", 200))
		clauses = append(clauses, c)
	}
	text := markdown(t, ran(clauses...))
	assert.Less(t, len(text), 512<<10)
	assert.Greater(t, len(text), 500<<10)
	assert.True(t, strings.HasSuffix(text, "… |\n\n\nThis summary is cut: `report.html` and `conformance.json` hold the rest.\n"), text[len(text)-200:])
	assert.NotContains(t, text, "```")

	clauses = clauses[:100]
	for i := range clauses {
		clauses[i].Scenarios[0].Curl = "curl " + strings.Repeat("x", 10000)
	}
	text = markdown(t, ran(clauses...))
	assert.Less(t, len(text), 512<<10)
	assert.Zero(t, strings.Count(text, "```")%2, "no block is left open")
	assert.Contains(t, text, "hold the rest")
}

// A summary of a run of the contract's size is of a size that is read.
func TestMarkdownIsShort(t *testing.T) {
	t.Parallel()
	var clauses []result.Clause
	for i := range 46 {
		clauses = append(clauses, judged(fmt.Sprintf("TOK-%d", i), spec.Documented, outcome.NotJudged, "it builds on OK-1: the ordinary login was answered with status 204"))
	}
	r := ran(clauses...)
	r.Duration = time.Second
	assert.Less(t, len(markdown(t, r)), 10_000)
}
