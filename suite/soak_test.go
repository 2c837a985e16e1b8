package suite_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/suite"
)

// soakRuns is the variable that says how many times TestSoak runs the suite.
const soakRuns = "CONFORMANCE_TEST_SOAK"

// However often the suite is run, in whatever order, it says the same, with the same number of requests.
func TestSoak(t *testing.T) {
	t.Parallel()
	runs := 5
	if set := os.Getenv(soakRuns); set != "" {
		var err error
		runs, err = strconv.Atoi(set)
		require.NoError(t, err, soakRuns)
	}
	settings := serve(t, nil, false)
	settings.Concurrency = 16
	seen := map[string]int{}
	for run := range runs {
		result, err := suite.Run(t.Context(), suite.Options{Settings: settings, Concurrency: 16, Random: int64(run + 1)})
		require.NoError(t, err)
		seen[fmt.Sprintf("%s, %d requests", result.Verdict, result.Requests)]++
	}
	for _, each := range slices.Sorted(maps.Keys(seen)) {
		t.Logf("%d of %d runs: %s", seen[each], runs, each)
	}
	assert.Len(t, seen, 1)
	assert.Contains(t, fmt.Sprint(seen), suite.Conforms)
}
