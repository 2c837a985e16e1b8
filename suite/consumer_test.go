package suite_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Another module can import the suite, point it at a server of its own and act on the verdict and the clauses. Where its
// go.mod has fallen behind the suite's, `go mod tidy` in its folder mends it.
func TestConsumer(t *testing.T) {
	t.Parallel()
	folder := filepath.Join("testdata", "consumer")
	before, err := os.ReadDir(folder)
	require.NoError(t, err)
	command := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-v", ".")
	command.Dir = folder
	// No module but those that this one has, too.
	command.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly", "GOWORK=off")
	output, err := command.CombinedOutput()
	require.NoError(t, err, string(output))
	for _, passed := range []string{"TestConformance", "TestBrokenContract", "TestWrongSettings"} {
		assert.Contains(t, string(output), "\n--- PASS: "+passed)
	}
	assert.Contains(t, string(output), "--- PASS: TestConformance/TOK-9/The_signature_of_the_access_token", "a scenario is a subtest")
	after, err := os.ReadDir(folder)
	require.NoError(t, err)
	assert.Equal(t, names(before), names(after), "what a run leaves behind")
}

func names(files []os.DirEntry) []string {
	var all []string
	for _, file := range files {
		all = append(all, file.Name())
	}
	return all
}
