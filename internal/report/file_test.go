package report_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
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
