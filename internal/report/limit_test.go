package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

// A rate limit that remains is reported once, with the clauses that it concerns, and what was tested nevertheless is there.
func TestRateLimitIsReportedOnce(t *testing.T) {
	t.Parallel()
	const sentence = "the target responds with 429 Too Many Requests and asks to wait 900 s"
	r := result.Result{
		Target: "https://staging.example.com", Requests: 57, Repeated: 12, Stopped: sentence,
		Clauses: []result.Clause{
			clause("OK-1", spec.Documented, "Status 200", outcome.Kept, "", ""),
			clause("OK-5", spec.Implied, "Alike", outcome.Inconclusive, "the ordinary login: "+outcome.AtRateLimit, ""),
			clause("REF-1", spec.Implied, "Wrong password", outcome.Inconclusive, "the account is locked", ""),
			clause("REF-2", spec.Implied, "Unknown user", outcome.Inconclusive, outcome.AtRateLimit, ""),
			clause("ADV-3", spec.Advisory, "Alike", outcome.Inconclusive, outcome.AtRateLimit, ""),
		},
	}
	r.Judge()
	assert.Equal(t, result.Inconclusive, r.Verdict)
	var terminal bytes.Buffer
	require.NoError(t, report.Summary(&terminal, &r, ""))
	assert.Equal(t, `
Target    https://staging.example.com
Verdict   inconclusive
Problem   the target responds with 429 Too Many Requests and asks to wait 900 s; inconclusive because of it: OK-5, REF-2, ADV-3
Kept      1 of 1 documented, 0 of 3 implied, 0 of 1 advisory
INCONCLUSIVE REF-1 Wrong password: the account is locked
Requests  57 sent, 12 of them repeated after a rate limit
Duration  0s
`, terminal.String())
	assert.Equal(t, "::warning title=inconclusive::"+sentence+"; inconclusive because of it: OK-5, REF-2, ADV-3\n", report.Annotations(&r))
	summary, err := report.Markdown(&r)
	require.NoError(t, err)
	page, err := report.HTML(&r)
	require.NoError(t, err)
	for _, text := range []string{string(summary), string(page)} {
		assert.Equal(t, 1, strings.Count(text, sentence), text)
		assert.Contains(t, text, "the account is locked")
	}
	assert.NotContains(t, string(summary), outcome.AtRateLimit)
	assert.Contains(t, string(page), `57, 12 of them repeated after a rate limit`)
	assert.Contains(t, string(page), `<p>Inconclusive because of it: <a href="#OK-5">OK-5</a>, <a href="#REF-2">REF-2</a>, <a href="#ADV-3">ADV-3</a></p>`)

	// What is violated is so, whatever was left out.
	r.Clauses = append(r.Clauses, clause("TOK-4", spec.Documented, "Minutes", outcome.Violated, "15 hours", ""))
	r.Judge()
	assert.Equal(t, result.Violates, r.Verdict)
	// Where only advisories were left out the run is inconclusive all the same: it did not end as it should.
	r.Clauses = []result.Clause{r.Clauses[0], r.Clauses[4]}
	r.Judge()
	assert.Equal(t, result.Inconclusive, r.Verdict)
}
