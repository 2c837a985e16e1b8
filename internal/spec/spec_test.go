package spec_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/features"
	"github.com/klearstack/conformance/internal/spec"
)

func TestRead(t *testing.T) {
	t.Parallel()
	clauses, err := spec.Read(features.FS, "@TOK-4")
	require.NoError(t, err)
	require.Len(t, clauses, 1)
	assert.Equal(t, "TOK-4", clauses[0].ID)
	assert.Equal(t, spec.Documented, clauses[0].Level)
	assert.Equal(t, "The access token lives some minutes", clauses[0].Title)
	assert.Equal(t, "Read as at least 60 seconds and at most 60 minutes, from `iat` to `exp`.", clauses[0].Description)
	assert.Equal(t, "the page's endpoint details", clauses[0].Source)
	assert.Equal(t, "The tokens", clauses[0].Feature)
	assert.Equal(t, "5-tokens.feature", clauses[0].File)
	assert.Positive(t, clauses[0].Line)
	require.Len(t, clauses[0].Scenarios, 1)
	steps := clauses[0].Scenarios[0].Steps
	require.Len(t, steps, 2)
	assert.Equal(t, spec.Step{Keyword: "When", Text: "the user logs in", Line: steps[0].Line}, steps[0])
	assert.Equal(t, spec.Step{
		Keyword: "Then", Text: "the access token lives at least 60 seconds and at most 60 minutes", Line: steps[0].Line + 1,
	}, steps[1])
	assert.Greater(t, steps[0].Line, clauses[0].Scenarios[0].Line)
}

func TestReadRefusesWhatIsNoContract(t *testing.T) {
	t.Parallel()
	const scenario = "\n    Scenario: S\n      When the user logs in\n"
	for name, c := range map[string]struct{ feature, problem string }{
		"no rule":    {"Feature: F\n" + scenario, "stands under no rule"},
		"no id":      {"Feature: F\n  @implied\n  Rule: R\n" + scenario, "0 clause ids and 1 levels"},
		"no level":   {"Feature: F\n  @TOK-1\n  Rule: R\n" + scenario, "1 clause ids and 0 levels"},
		"two ids":    {"Feature: F\n  @TOK-1 @TOK-2 @implied\n  Rule: R\n" + scenario, "2 clause ids and 1 levels"},
		"two levels": {"Feature: F\n  @TOK-1 @implied @advisory\n  Rule: R\n" + scenario, "1 clause ids and 2 levels"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := spec.Read(fstest.MapFS{"f.feature": {Data: []byte(c.feature)}}, "")
			require.Error(t, err)
			assert.Contains(t, err.Error(), c.problem)
		})
	}
}

// The README shows the clauses at a glance; the features are where they stand.
func TestReadmeShowsTheClauses(t *testing.T) {
	t.Parallel()
	clauses, err := spec.Read(features.FS, "")
	require.NoError(t, err)
	var table strings.Builder
	table.WriteString("| clause | level | rule |\n| --- | --- | --- |\n")
	for _, clause := range clauses {
		fmt.Fprintf(&table, "| %s | %s | %s |\n", clause.ID, clause.Level, clause.Title)
	}
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	assert.Contains(t, string(readme), table.String(), "put this table into README.md:\n%s", table.String())
}
