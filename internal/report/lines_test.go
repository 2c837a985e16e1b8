package report_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

// What a clause asks for, what was received and the likely cause have a line each in whatever has lines.
func TestViolationsHaveLines(t *testing.T) {
	t.Parallel()
	c := judged("TOK-4", spec.Documented, outcome.Violated, "expected 60 s; received 15 h (minutes for hours?)")
	c.Scenarios[0].Violation = &result.Violation{Expected: "60 s", Received: "15 h | <b>", Hint: "minutes for hours?"}
	c.Summarize()
	r := ran(c)
	r.Exchanges = r.Exchanges[:1]
	r.Judge()

	var terminal strings.Builder
	require.NoError(t, report.Summary(&terminal, r, ""))
	junit, err := report.JUnit(r)
	require.NoError(t, err)
	cucumber, err := report.Cucumber(r)
	require.NoError(t, err)
	page, err := report.HTML(r)
	require.NoError(t, err)
	for format, want := range map[string]struct{ text, line string }{
		"the terminal":   {terminal.String(), "VIOLATED TOK-4 Words of TOK-4\n          expected 60 s\n          received 15 h | <b>\n          minutes for hours?\n"},
		"summary.md":     {markdown(t, r), "| expected 60 s<br>received 15 h &#124; &#60;b&#62;<br>minutes for hours? |"},
		"report.html":    {string(page), `<span class="line">expected 60 s</span><span class="line">received 15 h | &lt;b&gt;</span><span class="line">minutes for hours?</span>`},
		"junit.xml":      {string(junit), "<![CDATA[expected 60 s\nreceived 15 h | <b>\nminutes for hours?\n"},
		"cucumber.json":  {string(cucumber), `expected 60 s\nreceived 15 h | \u003cb\u003e\nminutes for hours?\n`},
		"an annotation":  {report.Annotations(r), "::Words of TOK-4%0Aexpected 60 s%0Areceived 15 h | <b>%0Aminutes for hours?\n"},
		"the title here": {report.Because("TOK-4", c.Lines(), "\n"), "TOK-4\nexpected 60 s\nreceived 15 h | <b>\nminutes for hours?"},
	} {
		assert.Contains(t, want.text, want.line, format)
	}
	assert.NoError(t, modelSchema(t).Validate(model(t, r)))
}

// Where neither a problem nor a limit makes a run inconclusive, every output says which clauses do.
func TestEveryOutputSaysWhyARunIsInconclusive(t *testing.T) {
	t.Parallel()
	r := ran(judged("TOK-6", spec.Documented, outcome.NotJudged, "it builds on TOK-2: no exp"), judged("OK-1", spec.Documented, outcome.Kept, ""))
	r.Partial = &result.Selection{Clauses: 2, Of: 46, By: []string{"tags @TOK-6,@OK-1"}}
	const reason = "not all could be judged: TOK-6"
	assert.Equal(t, reason, r.Doubt)
	var terminal strings.Builder
	require.NoError(t, report.Summary(&terminal, r, ""))
	assert.Contains(t, terminal.String(), "\nReason    "+reason+"\n")
	assert.Contains(t, report.Annotations(r), reason)
	for format, render := range map[string]func(*result.Result) ([]byte, error){
		"summary.md": report.Markdown, "report.html": report.HTML, "junit.xml": report.JUnit, "cucumber.json": report.Cucumber,
		report.Name: report.JSON,
	} {
		text, err := render(r)
		require.NoError(t, err)
		assert.Contains(t, string(text), reason, format)
	}
}

func TestAnnotations(t *testing.T) {
	t.Parallel()
	broken := judged("TOK-4", spec.Documented, outcome.Violated, "expected 60 s, got: 61")
	kept := judged("TOK-4", spec.Documented, outcome.Kept, "")
	advice := judged("ADV-1", spec.Advisory, outcome.Violated, "stored")
	const at = "file=features/3-tok.feature,line=12,title=TOK-4::"
	const broke = "::error " + at + "Words of TOK-4: expected 60 s, got: 61\n"
	strict := ran(advice)
	strict.Strict = true
	strict.Judge()
	self, partial := ran(kept), ran(kept)
	self.Embedded = true
	partial.Partial = &result.Selection{Clauses: 1, Of: 46, By: []string{"tags @TOK-4"}}
	for _, c := range []struct {
		name string
		give *result.Result
		want string
	}{
		{"conforming", ran(kept, advice), ""},
		{"violated", ran(kept, advice, broken), broke},
		{"strict", strict, "::error file=features/3-adv.feature,line=12,title=ADV-1::Words of ADV-1: stored\n"},
		{"violated, and more is unclear", ran(broken, judged("REF-1", spec.Implied, outcome.Inconclusive, "locked")), broke},
		{"known deviation", deviating("TOK-4", result.StateUnjudged, broken), "::warning " + at + "known deviation: a ticket (accepted by QA until 2026-12-31)\n"},
		{"stale deviation", deviating("TOK-4", result.StateUnjudged, kept), "::warning " + at + "the clause is kept: remove it from a.yaml:3\n"},
		{"expired deviation", deviating("TOK-4", result.StateExpired, broken), broke + "::warning " + at + "the deviation that QA accepted expired on 2026-12-31 and counts for nothing\n"},
		{"expired deviation of what was not run", deviating("TOK-4", result.StateExpired, judged("OK-1", spec.Implied, outcome.Kept, "")), "::warning title=TOK-4::the deviation that QA accepted expired on 2026-12-31 and counts for nothing\n"},
		{"deviation that was not judged", deviating("TOK-4", result.StateUnjudged, judged("OK-1", spec.Implied, outcome.Kept, "")), ""},
		{"inconclusive", ran(
			judged("REF-1", spec.Implied, outcome.Inconclusive, "locked"),
			judged("REF-2", spec.Implied, outcome.NotJudged, "it builds on OK-9: x"),
			judged("ADV-2", spec.Advisory, outcome.Inconclusive, "cut"),
		), "::warning title=inconclusive::not all could be judged: REF-1, REF-2\n"},
		{"self-test", self, "::notice title=self-test::conforms (self-test: no deployment was tested)\n"},
		{"partial", partial, "::notice title=partial run::conforms (partial: 1 of 46 clauses)%0Aselected: tags @TOK-4\n"},
		{"not tested", ran(kept, judged("TOK-9", spec.Implied, outcome.NotTested, "set A"), judged("REF-4", spec.Implied, outcome.NotTested, "set B")),
			"::notice title=not tested::TOK-9 Words of TOK-9: set A%0AREF-4 Words of REF-4: set B\n"},
		{"problem", absentTarget(judged("TOK-4", spec.Documented, outcome.Inconclusive, "refused")), "::warning title=inconclusive::it refuses connections: check KLEARSTACK_BASE_URL%0Aand the network\n"},
		{"nothing", ran(), "::warning title=inconclusive::no clause could be judged\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, report.Annotations(c.give))
		})
	}
}

func TestAnnotationsOfNastyText(t *testing.T) {
	t.Parallel()
	c := judged("TOK-4", spec.Documented, outcome.Violated, nasty)
	c.Title, c.File = nasty, "a:b,c%\r\nd::e"
	r := deviating("TOK-4", result.StateUnjudged, c)
	expired := deviating("TOK-4", result.StateExpired, c)
	r.Deviations[0].Reason, expired.Deviations[0].AcceptedBy = nasty, nasty
	absent := ran(judged("TOK-4", spec.Documented, outcome.Inconclusive, nasty))
	absent.Problem = nasty
	absent.Judge()
	for give, lines := range map[*result.Result]int{r: 1, expired: 2, absent: 1} {
		text := report.Annotations(give)
		assert.Equal(t, lines, strings.Count(text, "\n"))
		assert.True(t, strings.HasSuffix(text, "\n"))
		for line := range strings.Lines(text) {
			assert.Regexp(t, `^::(error|warning) (file=features/a%3Ab%2Cc%25%0Ad%3A%3Ae,line=12,)?title=[A-Za-z0-9-]+::[^\x00-\x1f\x7f]+\n$`, line)
			assert.Contains(t, line, "100%25%0A:name,file=x::")
		}
	}
}
