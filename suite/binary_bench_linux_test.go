package suite

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
)

// What the built binary costs: from its start to its first request, and all in all.
func BenchmarkBinary(b *testing.B) {
	binary := filepath.Join(b.TempDir(), "conformance")
	build := exec.CommandContext(b.Context(), "go", "test", "-c", "-trimpath", "-ldflags=-s -w", "-o", binary, "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	output, err := build.CombinedOutput()
	require.NoError(b, err, string(output))

	config := reference.Default()
	server, err := reference.New(config)
	require.NoError(b, err)
	var first atomic.Int64
	running, err := reference.Start(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		first.CompareAndSwap(0, time.Now().UnixNano())
		server.ServeHTTP(w, r)
	}), reference.Listen{})
	require.NoError(b, err)
	b.Cleanup(running.Close)

	var toFirst, processor time.Duration
	peak := 0
	for b.Loop() {
		first.Store(0)
		command := exec.CommandContext(b.Context(), binary)
		command.Env = []string{
			"KLEARSTACK_BASE_URL=" + running.URL, "KLEARSTACK_JWT_KEY=" + string(config.Key), "KLEARSTACK_REPORT_DIR=" + b.TempDir(),
			"KLEARSTACK_USERNAME=" + config.Users[0].Username, "KLEARSTACK_PASSWORD=" + config.Users[0].Password,
			"KLEARSTACK_COMPANY_NAME=" + config.Users[0].Company, "KLEARSTACK_OTHER_COMPANY_NAME=" + config.Users[1].Company,
		}
		var printed bytes.Buffer
		command.Stdout, command.Stderr = &printed, &printed
		start := time.Now()
		require.NoError(b, command.Start())
		ended := make(chan error, 1)
		go func() { ended <- command.Wait() }()
		peak = max(peak, watched(b, command.Process.Pid, ended, &printed))
		toFirst += time.Duration(first.Load() - start.UnixNano())
		usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage)
		require.True(b, ok)
		processor += time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
	}
	b.ReportMetric(float64(toFirst)/float64(b.N)/float64(time.Millisecond), "ms-to-first-request")
	b.ReportMetric(float64(processor)/float64(b.N)/float64(time.Millisecond), "cpu-ms/op")
	b.ReportMetric(float64(peak)/1024, "peak-MiB")
}

// watched waits for a process and returns the most memory, in KiB, that was seen resident. What the kernel tells of a
// process that has ended counts what its parent had before.
func watched(b *testing.B, pid int, ended <-chan error, printed fmt.Stringer) int {
	b.Helper()
	peak := 0
	for {
		select {
		case err := <-ended:
			require.NoError(b, err, printed.String())
			return peak
		case <-time.After(time.Millisecond):
			status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid)) // it may have ended
			_, after, _ := strings.Cut(string(status), "VmHWM:")
			figure, _, _ := strings.Cut(strings.TrimSpace(after), " ")
			if kib, err := strconv.Atoi(figure); err == nil {
				peak = kib
			}
		}
	}
}
