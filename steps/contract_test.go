package steps_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/features"
	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/spec"
	"github.com/klearstack/conformance/steps"
)

// Every scenario stands under a rule with one clause id and one level (spec.Read refuses anything else), ids and
// scenario names are unique, and each rule says where it comes from.
func TestFeaturesAreAWellFormedContract(t *testing.T) {
	t.Parallel()
	clauses, err := spec.Read(features.FS, "")
	require.NoError(t, err)
	require.NotEmpty(t, clauses)
	ids, names := map[string]bool{}, map[string]bool{}
	for _, clause := range clauses {
		assert.False(t, ids[clause.ID], "clause %s stands twice", clause.ID)
		ids[clause.ID] = true
		assert.NotEmpty(t, clause.Title, clause.ID)
		assert.NotEmpty(t, clause.Source, clause.ID)
		for _, s := range clause.Scenarios {
			assert.False(t, names[s.Name], "scenario %q stands twice", s.Name)
			names[s.Name] = true
		}
	}
}

// godog leaves Rules without scenarios out of its pickles; a clause must not get lost that way.
func TestEveryRuleHasScenarios(t *testing.T) {
	t.Parallel()
	clauses, err := spec.Read(features.FS, "")
	require.NoError(t, err)
	rules := 0
	for _, path := range paths(t) {
		text, err := fs.ReadFile(features.FS, path)
		require.NoError(t, err)
		rules += strings.Count(string(text), "\n  Rule: ")
	}
	assert.Len(t, clauses, rules)
}

// An outline's name carries a placeholder, so that each of its examples has a name of its own.
func TestOutlinesAreNamedByTheirExamples(t *testing.T) {
	t.Parallel()
	outline := regexp.MustCompile(`(?m)^\s*Scenario Outline: (.*)$`)
	for _, path := range paths(t) {
		text, err := fs.ReadFile(features.FS, path)
		require.NoError(t, err)
		for _, found := range outline.FindAllStringSubmatch(string(text), -1) {
			assert.Regexp(t, `<[a-z]+>`, found[1], path)
		}
	}
}

// No step is undefined or ambiguous, and no step definition is unused.
func TestStepsAndDefinitionsMatchOneToOne(t *testing.T) {
	t.Parallel()
	clauses, err := spec.Read(features.FS, "")
	require.NoError(t, err)
	used := map[string]bool{}
	for _, clause := range clauses {
		for _, s := range clause.Scenarios {
			for _, step := range s.Steps {
				var matching []string
				for _, pattern := range steps.Patterns() {
					if regexp.MustCompile(pattern).MatchString(step.Text) {
						matching = append(matching, pattern)
						used[pattern] = true
					}
				}
				assert.Len(t, matching, 1, "%s: %s", clause.ID, step.Text)
			}
		}
	}
	for _, pattern := range steps.Patterns() {
		assert.True(t, used[pattern], "no step uses %s", pattern)
	}
}

// The limits of the tokens' lifetimes are those of the features.
func TestLimits(t *testing.T) {
	t.Parallel()
	clauses, err := spec.Read(features.FS, "")
	require.NoError(t, err)
	const day = 24 * time.Hour
	assert.Equal(t, []steps.Limit{
		{Token: check.Access, Clause: "TOK-4", Least: time.Minute, Most: time.Hour, Allowed: "60 s to 60 min"},
		{Token: check.Refresh, Clause: "TOK-5", Least: day, Allowed: "at least 24 h"},
		{Token: check.Refresh, Clause: "ADV-4", Most: 90 * day, Allowed: "at most 90 days"},
	}, (&steps.World{Clauses: clauses}).Limits())
}

// Where the code names a clause, the features know it.
func TestClausesInTheCodeExist(t *testing.T) {
	t.Parallel()
	clauses, err := spec.Read(features.FS, "")
	require.NoError(t, err)
	known := map[string]bool{}
	for _, clause := range clauses {
		known[clause.ID] = true
	}
	id := regexp.MustCompile(`^(?:REQ|OK|TOK|ERR|REF|ADV)-[0-9]+$`)
	named := 0
	require.NoError(t, filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if text, err := strconv.Unquote(literal.Value); err == nil && id.MatchString(text) {
					named++
					assert.True(t, known[text], "%s names %s", path, text)
				}
			}
			return true
		})
		return nil
	}))
	assert.Positive(t, named)
}

func paths(t *testing.T) []string {
	t.Helper()
	paths, err := spec.Paths(features.FS)
	require.NoError(t, err)
	return paths
}
