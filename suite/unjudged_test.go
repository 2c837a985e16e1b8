package suite_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
	"github.com/klearstack/conformance/suite"
)

// What builds on a broken clause is not judged, and names it; all else is kept.
func TestWhatAFaultLeavesUnjudged(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"login-status-201": "REQ-2 REQ-3 REQ-4 REQ-5 REQ-6 OK-2 OK-3 OK-4 OK-5 TOK-1 TOK-2 TOK-3 TOK-4 TOK-5 TOK-6 TOK-7 TOK-8 " +
			"TOK-9 TOK-10 ERR-8 REF-1 REF-2 REF-3 REF-4 REF-5 ADV-1 ADV-3 ADV-4 ADV-9 ADV-10",
		"multipart-unsupported":      "REQ-3 REQ-6 ERR-6 ERR-8 REF-1 REF-2 REF-3 REF-4 ADV-10",
		"gzip-always":                "REQ-4 REQ-5 REQ-6 ADV-10",
		"token-of-two-segments":      "TOK-2 TOK-3 TOK-4 TOK-5 TOK-6 TOK-7 TOK-8 TOK-9 TOK-10 ADV-4 ADV-9",
		"tokens-swapped":             "TOK-4 TOK-5 TOK-6 TOK-8 ADV-4",
		"missing-company-status-400": "ERR-5 ERR-6 REF-5 ADV-6",
		"error-called-message":       "ERR-6",
		"missing-error-with-tokens":  "REF-5",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := fault.Find(name)
			require.NoError(t, err)
			result, err := suite.Run(t.Context(), suite.Options{Settings: serveFault(t, found, func(*reference.Config) {})})
			require.NoError(t, err)
			unjudged := clausesThatAre(result, outcome.NotJudged)
			wanted := strings.Fields(want)
			slices.Sort(wanted)
			assert.Equal(t, wanted, unjudged)
			for _, id := range unjudged {
				assert.Equal(t, found.Clause, clause(t, result, id).BuildsOn, id)
			}
			assert.Empty(t, clausesThatAre(result, outcome.Inconclusive))
		})
	}
}
