package report_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	earlier := conforming()
	earlier.Start, earlier.Release = time.Date(2024, time.February, 29, 12, 0, 0, 0, time.UTC), "7.8.9"
	_, err := report.Write(dir, &earlier)
	require.NoError(t, err)
	now := violating()
	now.Target, now.Release = earlier.Target, "7.9.0"
	report.Compare(dir, &now)
	require.NotNil(t, now.Changes)
	assert.Equal(t, earlier.Start, now.Changes.Since)
	assert.Equal(t, "7.8.9", now.Changes.OldRelease)
	assert.Equal(t, "7.9.0", now.Changes.NewRelease)
	assert.Empty(t, now.Notes)
}

// What is no model of this target's is passed over with a sentence.
func TestCompareWithWhatIsNoModel(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text  string
		notes int
		says  string
	}{
		"none":       {"", 0, ""},
		"damaged":    {`{"target":`, 1, "is not the model of a run"},
		"other JSON": {`[]`, 1, "is not the model of a run"},
		"no clauses": {`{"target":"https://example.com"}`, 1, "is not the model of a run"},
		"a partial run": {`{"target":"the embedded reference server","start":"2024-02-29T12:00:00Z","clauses":[{"id":"OK-1"}],"partial":{"clauses":1,"of":46,"in_part":0,"by":["tags @OK-1"]}}`,
			1, "is of a partial run"},
		"another target": {`{"target":"https://other.example","start":"2024-02-29T12:00:00Z","clauses":[{"id":"OK-1"}]}`, 1, "is of another target"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if c.text != "" {
				require.NoError(t, os.WriteFile(filepath.Join(dir, report.Name), []byte(c.text), 0o600))
			}
			now := conforming()
			report.Compare(dir, &now)
			assert.Nil(t, now.Changes)
			require.Len(t, now.Notes, c.notes)
			if c.notes > 0 {
				assert.Contains(t, now.Notes[0], c.says)
			}
		})
	}
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, report.Name), 0o755))
	now := conforming()
	report.Compare(dir, &now)
	assert.Len(t, now.Notes, 1)
}

func TestChangesSince(t *testing.T) {
	t.Parallel()
	clauses := func(outcomes ...string) result.Result {
		var r result.Result
		for i := 0; i < len(outcomes); i += 2 {
			r.Clauses = append(r.Clauses, result.Clause{ID: outcomes[i], Outcome: outcome.Kind(outcomes[i+1])})
		}
		return r
	}
	before := clauses("A-1", "kept", "A-2", "violated", "A-3", "kept", "A-4", "violated", "A-5", "inconclusive", "A-6", "kept")
	now := clauses("A-1", "violated", "A-2", "kept", "A-3", "kept", "A-4", "violated", "A-5", "violated", "A-7", "violated")
	changes := now.ChangesSince(&before)
	assert.Equal(t, []string{"A-1"}, changes.Broken)
	assert.Equal(t, []string{"A-2"}, changes.Kept)
	assert.True(t, changes.Any())
	assert.False(t, now.ChangesSince(&now).Any())
}
