package repository_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// curl stands in for the program: it fetches the two files of a release from a folder, where it is asked for these.
const curl = `#!/bin/sh
[ "$*" = '-fsSL --remote-name-all https://example.com/v1.0.0/{conformance-linux-amd64,SHA256SUMS}' ] || exit 22
cp "$FETCHED/conformance-linux-amd64" "$FETCHED/SHA256SUMS" .
`

// shells runs the shell lines of an example, with a binary in place of the suite's that exits with each of the codes,
// and wants the one beside it. Of an inconclusive run it wants that the output says so. A binary whose sum is another
// is not run. Where the suite's settings are wrong it exits with 3 and writes nothing: unstarted is the code then, and
// an earlier run's results are gone.
func shells(t *testing.T, command []string, codes map[int]int, says string, unstarted int) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the examples are for runners with Linux: sha256sum is another elsewhere")
	}
	run := func(binary, sum string) (output string, code int, results string) {
		fetched, work := t.TempDir(), t.TempDir()
		results = filepath.Join(work, "reports", "junit.xml")
		require.NoError(t, os.Mkdir(filepath.Dir(results), 0o755))
		require.NoError(t, os.WriteFile(results, []byte("an earlier run's"), 0o600))
		program := filepath.Join(t.TempDir(), "curl")
		require.NoError(t, os.WriteFile(program, []byte(curl), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(fetched, "conformance-linux-amd64"), []byte(binary), 0o644))
		sums := sum + "  conformance-linux-amd64\n" + sum + "  conformance-darwin-arm64\n"
		require.NoError(t, os.WriteFile(filepath.Join(fetched, "SHA256SUMS"), []byte(sums), 0o644))
		shell := exec.CommandContext(t.Context(), command[0], command[1:]...)
		shell.Dir = work
		shell.Env = []string{
			"PATH=" + filepath.Dir(program) + string(os.PathListSeparator) + os.Getenv("PATH"),
			"RELEASE=https://example.com/v1.0.0", "FETCHED=" + fetched, "KLEARSTACK_BASE_URL=https://staging.example.com",
		}
		text, _ := shell.CombinedOutput() // the exit code tells
		return string(text), shell.ProcessState.ExitCode(), results
	}
	sumOf := func(binary string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(binary))) }
	for ends, want := range codes {
		binary := fmt.Sprintf("#!/bin/sh\necho the suite ran\necho new >reports/junit.xml\nexit %d\n", ends)
		output, code, _ := run(binary, sumOf(binary))
		assert.Equal(t, want, code, "of a run that ends with %d: %s", ends, output)
		assert.Contains(t, output, "the suite ran")
		if ends == 3 {
			assert.Contains(t, output, says)
		}
		output, code, results := run(binary, sumOf("another"))
		assert.Equal(t, 1, code, output)
		assert.NoFileExists(t, results)
		assert.NotContains(t, output, "the suite ran\n")
	}
	refuses := "#!/bin/sh\nexit 3\n"
	output, code, results := run(refuses, sumOf(refuses))
	assert.Equal(t, unstarted, code, output)
	assert.NoFileExists(t, results)
}
