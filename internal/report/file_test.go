package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

// whole are the files of a report.
func whole() []string {
	return []string{"conformance.json", "cucumber.json", "junit.xml", "report.html", "summary.md"}
}

// files returns the names of what stands in a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a", "b")
	first, second := violating(), conforming()
	for _, give := range []result.Result{first, second} {
		path, err := report.Write(dir, &give)
		require.NoError(t, err)
		assert.Equal(t, filepath.Join(dir, "report.html"), path)
		text, err := os.ReadFile(filepath.Join(dir, report.Name))
		require.NoError(t, err)
		var got result.Result
		require.NoError(t, json.Unmarshal(text, &got))
		assert.Equal(t, give, got)
		assert.True(t, strings.HasSuffix(string(text), "}\n"), "a text file ends in a line break")
		assert.Equal(t, whole(), files(t, dir), "nothing else is left behind")
	}
}

// A partial run leaves the report of the whole contract as it is.
func TestWriteOfAPartialRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	full, part := violating(), conforming()
	full.Start = time.Date(2024, time.February, 29, 12, 0, 0, 0, time.UTC)
	part.Partial = &result.Selection{Clauses: 5, Of: 46, By: []string{"tags @x"}}
	_, err := report.Write(dir, &full)
	require.NoError(t, err)
	path, err := report.Write(dir, &part)
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(dir, "partial", "report.html"), path)
	assert.Equal(t, whole(), files(t, filepath.Join(dir, "partial")))
	assert.ElementsMatch(t, append(whole(), "partial"), files(t, dir))
	last, err := report.Read(dir)
	require.NoError(t, err)
	assert.Equal(t, full, *last)
}

// The report is readable to those who may read other files that are made there.
func TestReportHasThePermissionsOfAnyFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	give := conforming()
	path, err := report.Write(dir, &give)
	require.NoError(t, err)
	usual := filepath.Join(dir, "usual")
	require.NoError(t, os.WriteFile(usual, nil, 0o644))
	want, err := os.Stat(usual)
	require.NoError(t, err)
	got, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, want.Mode(), got.Mode())
}

// Whoever reads while runs write sees one of the results, whole.
func TestWriteIsAtomic(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, other := conforming(), violating()
	_, err := report.Write(dir, &one)
	require.NoError(t, err)
	var writers sync.WaitGroup
	for _, give := range []*result.Result{&one, &other} {
		writers.Go(func() {
			for range 50 {
				_, err := report.Write(dir, give)
				assert.NoError(t, err)
			}
		})
	}
	for range 200 {
		text, err := os.ReadFile(filepath.Join(dir, report.Name))
		require.NoError(t, err)
		require.True(t, json.Valid(text), "%s", text)
	}
	writers.Wait()
	assert.Equal(t, whole(), files(t, dir))
}

func TestWhatCannotBeWritten(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		dir  func(t *testing.T, home string) string
	}{
		{"a file in place of the folder", func(t *testing.T, home string) string {
			t.Helper()
			require.NoError(t, os.WriteFile(filepath.Join(home, "taken"), nil, 0o600))
			return filepath.Join(home, "taken")
		}},
		{"a file above the folder", func(t *testing.T, home string) string {
			t.Helper()
			require.NoError(t, os.WriteFile(filepath.Join(home, "taken"), nil, 0o600))
			return filepath.Join(home, "taken", "below")
		}},
		{"a folder in place of the report", func(t *testing.T, home string) string {
			t.Helper()
			require.NoError(t, os.MkdirAll(filepath.Join(home, "conformance.json", "full"), 0o755))
			return home
		}},
		{"a name with a line break", func(t *testing.T, home string) string {
			t.Helper()
			require.NoError(t, os.WriteFile(filepath.Join(home, "a\nb"), nil, 0o600))
			return filepath.Join(home, "a\nb")
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			dir := c.dir(t, home)
			before := files(t, home)
			give := conforming()
			path, err := report.Write(dir, &give)
			require.Error(t, err)
			assert.Empty(t, path)
			quoted, jsonErr := json.Marshal(dir)
			require.NoError(t, jsonErr)
			require.EqualError(t, err, "the report can't be written to "+string(quoted)+
				": set KLEARSTACK_REPORT_DIR to a folder that can be written to, or to - for none")
			assert.Equal(t, before, files(t, home), "no temporary file is left behind")
		})
	}
}

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
