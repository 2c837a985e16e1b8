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
	teapot := os.DirFS("testdata")
	pours := spec.Clause{
		ID: "TEA-1", Level: spec.Documented, Title: "A teapot pours", Description: "Read as tea, in a steady stream.",
		Source: "the teapot's manual", Feature: "The teapot", File: "tea.feature", Line: 5,
		Scenarios: []spec.Scenario{{Name: "Pouring", Line: 10, Steps: []spec.Step{
			{Keyword: "Given", Text: "a full teapot", Line: 11},
			{Keyword: "When", Text: "somebody tilts it", Line: 12},
			{Keyword: "Then", Text: "tea comes out", Line: 13},
			{Keyword: "And", Text: "nothing else does", Line: 14},
		}}},
	}
	brewing := func(drink, code string) spec.Scenario {
		return spec.Scenario{Name: "Brewing " + drink, Line: 20, Steps: []spec.Step{
			{Keyword: "When", Text: "somebody brews " + drink + " in it", Line: 21},
			{Keyword: "Then", Text: "the status code is " + code, Line: 22},
		}}
	}
	brews := spec.Clause{
		ID: "TEA-2", Level: spec.Advisory, Title: "A teapot is no coffee pot", Source: "RFC 2324",
		Feature: "The teapot", File: "tea.feature", Line: 17, Scenarios: []spec.Scenario{brewing("tea", "200"), brewing("coffee", "418")},
	}
	for tags, want := range map[string][]spec.Clause{"": {pours, brews}, "@TEA-2": {brews}, "~@advisory": {pours}} {
		clauses, err := spec.Read(teapot, tags)
		require.NoError(t, err)
		assert.Equal(t, want, clauses, tags)
	}
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
