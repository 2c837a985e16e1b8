package suite_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/suite"
)

// hanging returns the settings of a server that answers no request from the nth on, of which it calls met.
func hanging(t *testing.T, nth int64, met func()) suite.Settings {
	t.Helper()
	var count atomic.Int64
	return serve(t, func(config *reference.Config) {
		config.Hooks.Wrap = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if count.Add(1) >= nth {
					met()
					_, _ = io.Copy(io.Discard, r.Body) // only then is it noticed that the client has gone
					<-r.Context().Done()
					return
				}
				next.ServeHTTP(w, r)
			})
		}
	}, false)
}

// A run whose time is over is inconclusive, and leaves a report that says so; nothing that was not reached counts as broken.
func TestTimeLimit(t *testing.T) {
	t.Parallel()
	for _, nth := range []int64{1, 2, 12, 40} {
		ctx, end := context.WithCancelCause(t.Context())
		settings := hanging(t, nth, func() { end(outcome.ErrTimeLimit) })
		settings.ReportDir, settings.Concurrency = t.TempDir(), 1
		var output bytes.Buffer
		result, err := suite.Run(ctx, suite.Options{Settings: settings, Output: &output})
		require.NoError(t, err)
		assert.Equal(t, suite.Inconclusive, result.Verdict)
		assert.Empty(t, clausesThatAre(result, outcome.Violated))
		assert.EqualValues(t, nth, result.Requests, "nothing more is sent")
		assert.Contains(t, output.String(), "\nProblem   the run stopped shortly before the time limit of go test: raise it with -timeout")
		for where, text := range outputs(t, settings.ReportDir, output.String()) {
			assert.Contains(t, text, "time limit", where)
		}
		if nth == 1 {
			continue
		}
		assert.Contains(t, output.String(), "; inconclusive because of it: ")
		assert.NotEmpty(t, result.NotReached())
	}
}

// By its own, a test binary that reaches its time limit prints all goroutines, and no verdict.
func TestTimeLimitOfTheTests(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "conformance")
	output, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", binary, "..").CombinedOutput()
	require.NoError(t, err, string(output))
	command := exec.CommandContext(t.Context(), binary, "-test.timeout=4s")
	command.Dir = t.TempDir()
	command.Env = append(environment(hanging(t, 9, func() {})), "KLEARSTACK_TIMEOUT=5m")
	output, err = command.CombinedOutput()
	require.Error(t, err)
	assert.Equal(t, 3, command.ProcessState.ExitCode(), string(output))
	assert.Contains(t, string(output), "\nVerdict   inconclusive\n")
	assert.NotContains(t, string(output), "goroutine ")
	_, err = os.Stat(filepath.Join(command.Dir, "reports", "report.html"))
	require.NoError(t, err)
}
