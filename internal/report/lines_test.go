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
