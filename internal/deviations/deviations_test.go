package deviations_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/deviations"
	"github.com/klearstack/conformance/internal/result"
)

func read(t *testing.T, text string) ([]result.Deviation, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "deviations.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	today := time.Date(2026, time.March, 4, 23, 59, 0, 0, time.UTC)
	all, err := deviations.Read(path, []string{"TOK-4", "OK-1", "ADV-2"}, today)
	if err != nil {
		assert.NotContains(t, err.Error(), "\n", "one sentence")
	}
	return all, err
}

func TestRead(t *testing.T) {
	t.Parallel()
	got, err := read(t, `
# what staging is known to break
- clause: TOK-4
  reason: >
    tokens live an hour and a half
    until release 8
  accepted_by: QA
  expires: 2026-03-04
- {clause: OK-1, reason: "201", accepted_by: "Jane Doe", expires: "2026-03-03"}
`)
	require.NoError(t, err)
	for i, line := range []string{"deviations.yaml:3", "deviations.yaml:9"} {
		assert.Equal(t, line, filepath.Base(got[i].Place))
		got[i].Place = ""
	}
	assert.Equal(t, []result.Deviation{
		{Clause: "TOK-4", Reason: "tokens live an hour and a half until release 8", AcceptedBy: "QA", Expires: "2026-03-04", State: result.StateUnjudged},
		{Clause: "OK-1", Reason: "201", AcceptedBy: "Jane Doe", Expires: "2026-03-03", State: result.StateExpired},
	}, got)
}

func TestReadNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "# nothing yet\n", "[]\n"} {
		got, err := read(t, text)
		require.NoError(t, err, text)
		assert.Empty(t, got)
	}
}

// As an editor on Windows leaves it.
func TestReadWithMarkAndCarriageReturns(t *testing.T) {
	t.Parallel()
	got, err := read(t, "\uFEFF- clause: TOK-4\r\n  reason: long\r\n  accepted_by: QA\r\n  expires: 2026-03-04\r\n")
	require.NoError(t, err)
	assert.Equal(t, "deviations.yaml:1", filepath.Base(got[0].Place))
	got[0].Place = ""
	assert.Equal(t, []result.Deviation{{Clause: "TOK-4", Reason: "long", AcceptedBy: "QA", Expires: "2026-03-04", State: result.StateUnjudged}}, got)
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	const whole = "- {clause: TOK-4, reason: r, accepted_by: a, expires: 2026-03-04}\n"
	for name, c := range map[string]struct{ text, says string }{
		"no clause":         {strings.Replace(whole, "clause: TOK-4, ", "", 1), "entry 1 has no clause"},
		"a blank reason":    {strings.Replace(whole, "reason: r", "reason: ' '", 1), "entry 1 has no reason"},
		"nobody":            {strings.Replace(whole, "accepted_by: a, ", "", 1), "entry 1 has no accepted_by"},
		"no end":            {strings.Replace(whole, ", expires: 2026-03-04", "", 1), "entry 1 has no expires"},
		"an unknown clause": {whole + strings.Replace(whole, "TOK-4", "TOK-99", 1), `entry 2 names the clause "TOK-99", which does not exist`},
		"a clause twice":    {whole + whole, "entry 2 names the clause TOK-4 again"},
		"no date":           {strings.Replace(whole, "2026-03-04", "next year", 1), `expires on "next year", which is no date`},
		"an unknown member": {strings.Replace(whole, "reason: r", "reason: r, until: x", 1), "is not a list of clause, reason, accepted_by and expires"},
		"no list":           {"clause: TOK-4\n", "is not a list of clause, reason, accepted_by and expires"},
		"UTF-16":            {"\xff\xfe-\x00", "which is in UTF-16: name a readable YAML file in UTF-8"},
		"too large":         {strings.Repeat("#", 1<<20+1), "which is larger than 1024 KiB: name a readable YAML file in UTF-8"},
		"no YAML":           {"- {", "is not a list of clause, reason, accepted_by and expires"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := read(t, c.text)
			require.ErrorContains(t, err, c.says)
		})
	}
	for _, path := range []string{t.TempDir(), filepath.Join(t.TempDir(), "absent")} {
		_, err := deviations.Read(path, nil, time.Time{})
		require.ErrorContains(t, err, "name a readable YAML file")
	}
}
