package suite_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/hostile"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/suite"
)

// mostMemory is what a process may take at its peak, in KiB, whatever its target does: 100 MB.
const mostMemory = 100_000_000 >> 10

// However much a server sends, a run keeps within its memory.
func TestMemoryIsBounded(t *testing.T) {
	t.Parallel()
	if testing.Short() || raced {
		t.Skip("it starts many processes, and measures them without the race detector")
	}
	for _, m := range hostile.Catalogue() {
		if !m.Much {
			continue
		}
		t.Run(m.Name, func(t *testing.T) {
			t.Parallel()
			settings, server := serveHostile(t, m, reference.Default())
			t.Cleanup(server.Close)
			file := filepath.Join(t.TempDir(), "peak")
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestChildMeasured$")
			child.Env = append(environment(settings), measuredFile+"="+file, "GOGC=100")
			output, err := child.CombinedOutput()
			require.NoError(t, err, string(output))
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			verdict, peak, _ := strings.Cut(string(text), " ")
			assert.Equal(t, string(m.Verdict), verdict)
			kib, err := strconv.Atoi(peak)
			require.NoError(t, err)
			assert.Less(t, kib, mostMemory, "KiB at the peak")
			t.Logf("%d MiB at the peak", kib>>10)
		})
	}
}

// TestChildMeasured runs the suite once. TestMemoryIsBounded runs it in a process of its own.
func TestChildMeasured(t *testing.T) {
	t.Parallel()
	file := os.Getenv(measuredFile)
	if file == "" {
		t.Skip("it is run by TestMemoryIsBounded")
	}
	debug.SetMemoryLimit(suite.MemoryLimit)
	settings, err := suite.FromEnvironment(os.Environ())
	require.NoError(t, err)
	result, err := suite.Run(t.Context(), suite.Options{Settings: quiet(settings)})
	require.NoError(t, err)
	status, err := os.ReadFile("/proc/self/status")
	require.NoError(t, err)
	_, peak, found := strings.Cut(string(status), "VmHWM:")
	require.True(t, found)
	peak, _, _ = strings.Cut(strings.TrimSpace(peak), " ")
	require.NoError(t, os.WriteFile(file, fmt.Appendf(nil, "%s %s", result.Verdict, peak), 0o600))
}
