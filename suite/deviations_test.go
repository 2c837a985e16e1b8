package suite_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/suite"
)

// accepting returns the path of a file of deviations that lists clauses until a day.
func accepting(t *testing.T, expires time.Time, clauses ...string) string {
	t.Helper()
	text := ""
	for _, clause := range clauses {
		text += "- {clause: " + clause + ", reason: release 8 mends it, accepted_by: QA, expires: " + expires.Format(time.DateOnly) + "}\n"
	}
	path := filepath.Join(t.TempDir(), "deviations.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func TestKnownDeviations(t *testing.T) {
	t.Parallel()
	tomorrow, yesterday := time.Now().UTC().Add(24*time.Hour), time.Now().UTC().Add(-24*time.Hour)
	long := func(config *reference.Config) { config.AccessLifetime *= 60 }
	for _, c := range []struct {
		name    string
		change  func(*reference.Config)
		expires time.Time
		clauses []string
		tags    string
		verdict result.Verdict
		saying  string
		says    string
	}{
		{"violated, as expected", long, tomorrow, []string{"TOK-4"}, "", suite.Conforms, "conforms with 1 known deviation", "KNOWN DEVIATION TOK-4: release 8 mends it (accepted by QA until "},
		{"kept", nil, tomorrow, []string{"TOK-4"}, "", suite.Stale, "conforms, but the deviations file is stale", "STALE TOK-4 is kept"},
		{"one violated, one kept", long, tomorrow, []string{"TOK-4", "TOK-5"}, "", suite.Stale, "conforms, but the deviations file is stale", "STALE TOK-5 is kept"},
		{"another one violated", long, tomorrow, []string{"TOK-5"}, "", suite.Violates, "violates", "VIOLATED TOK-4"},
		{"expired", long, yesterday, []string{"TOK-4"}, "", suite.Violates, "violates", "EXPIRED TOK-4"},
		{"expired and kept", nil, yesterday, []string{"TOK-4"}, "", suite.Conforms, "conforms", "EXPIRED TOK-4"},
		{"not part of the run", nil, tomorrow, []string{"TOK-4"}, "@TOK-5", suite.Conforms, "conforms (partial: 1 of 46 clauses)", "Selected  tags @TOK-5\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			settings := serve(t, c.change, false)
			settings.Deviations = accepting(t, c.expires, c.clauses...)
			var output bytes.Buffer
			made, err := suite.Run(t.Context(), suite.Options{Settings: settings, Tags: c.tags, Output: &output})
			require.NoError(t, err)
			assert.Equal(t, c.verdict, made.Verdict)
			assert.Equal(t, c.saying, made.String())
			assert.Contains(t, output.String(), "Verdict   "+c.saying+"\n")
			assert.Contains(t, output.String(), c.says)
			if made.Known("TOK-4") != nil {
				assert.NotContains(t, output.String(), "VIOLATED TOK-4")
				assert.Equal(t, outcome.Violated, clause(t, made, "TOK-4").Outcome, "what is accepted is still broken")
			}
		})
	}
}

func TestDeviationsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	settings := quiet(suite.Defaults())
	settings.Deviations = accepting(t, time.Now(), "TOK-99")
	_, err := suite.Run(t.Context(), suite.Options{Settings: settings})
	require.ErrorContains(t, err, `"TOK-99", which does not exist`)
}

// A second run of the whole contract tells what changed since the first, whatever part of it was run in between.
func TestChangesSinceTheLastRun(t *testing.T) {
	t.Parallel()
	settings := suite.Defaults()
	settings.ReportDir = t.TempDir()
	first, err := suite.Run(t.Context(), suite.Options{Settings: settings})
	require.NoError(t, err)
	assert.Nil(t, first.Changes)
	for _, options := range []suite.Options{
		{Tags: "@TOK-4"},
		{Select: func(clause, _ string) bool { return clause == "TOK-5" }},
	} {
		options.Settings = settings
		part, err := suite.Run(t.Context(), options)
		require.NoError(t, err)
		require.NotNil(t, part.Changes)
		assert.True(t, first.Start.Equal(part.Changes.Since))
	}
	var output bytes.Buffer
	second, err := suite.Run(t.Context(), suite.Options{Settings: settings, Output: &output})
	require.NoError(t, err)
	require.NotNil(t, second.Changes)
	assert.False(t, second.Changes.Any())
	assert.True(t, first.Start.Equal(second.Changes.Since))
	assert.Contains(t, output.String(), "\nChanges   since "+first.Start.UTC().Format(time.RFC3339)+": none\n")
}
