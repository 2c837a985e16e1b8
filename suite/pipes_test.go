//go:build unix

package suite_test

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/suite"
)

// pipe makes a named pipe that nobody else opens: whoever does waits for ever.
func pipe(t *testing.T, path string) string {
	t.Helper()
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	return path
}

// Named pipes, in which a run would wait without end, are refused before any request is sent.
func TestNamedPipesAreRefused(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(s *suite.Settings, dir string){
		"KLEARSTACK_REPORT_DIR": func(s *suite.Settings, dir string) { s.ReportDir = pipe(t, filepath.Join(dir, "reports")) },
		"report.html": func(s *suite.Settings, dir string) {
			s.ReportDir = filepath.Dir(pipe(t, filepath.Join(dir, "report.html")))
		},
		"conformance.json": func(s *suite.Settings, dir string) {
			s.ReportDir = filepath.Dir(pipe(t, filepath.Join(dir, "conformance.json")))
		},
		"KLEARSTACK_DEVIATIONS": func(s *suite.Settings, dir string) { s.Deviations = pipe(t, filepath.Join(dir, "deviations.yaml")) },
		"KLEARSTACK_CA_FILE": func(s *suite.Settings, dir string) {
			s.BaseURL, s.CAFile = "https://127.0.0.1:1", pipe(t, filepath.Join(dir, "ca.pem"))
		},
	} {
		settings := aimed("http://127.0.0.1:1")
		set(&settings, t.TempDir())
		result, err := suite.Run(t.Context(), suite.Options{Settings: settings})
		require.ErrorContains(t, err, name)
		assert.Regexp(t, "is not a (regular file|folder)", err.Error())
		assert.NotContains(t, err.Error(), "\n", "one sentence")
		assert.Zero(t, result.Requests)
	}
}

// As the summary of GitHub's job a named pipe is skipped. The first signal ends the run, and a second one the process, here
// while its output has nowhere to go.
func TestSecondSignal(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "conformance")
	output, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", binary, "..").CombinedOutput()
	require.NoError(t, err, string(output))

	summary := exec.CommandContext(t.Context(), binary, "-test.run=TestConformance/TOK-4")
	summary.Dir, summary.Env = t.TempDir(), []string{"GITHUB_STEP_SUMMARY=" + pipe(t, filepath.Join(t.TempDir(), "summary"))}
	output, err = summary.CombinedOutput()
	require.NoError(t, err, string(output))
	assert.Contains(t, string(output), "::warning title=summary::the job's summary can't be written to")

	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = silent.Close() }()
	read, full, err := os.Pipe()
	require.NoError(t, err)
	defer func() { _, _ = read.Close(), full.Close() }()
	fill(t, full)
	command := exec.CommandContext(t.Context(), binary)
	command.Dir, command.Env, command.Stdout = t.TempDir(), environment(aimed("http://"+silent.Addr().String())), full
	require.NoError(t, command.Start())
	connection, err := silent.Accept() // so the run is under way
	require.NoError(t, err)
	defer func() { _ = connection.Close() }()
	ended := make(chan error, 1)
	go func() { ended <- command.Wait() }()
	require.Eventually(t, func() bool {
		_ = command.Process.Signal(os.Interrupt)
		return len(ended) > 0
	}, time.Minute, 10*time.Millisecond, "the process waits for its output to be read")
	require.Error(t, <-ended)
	assert.False(t, command.ProcessState.Exited(), "it was ended by the signal")
}

// fill leaves no room in a pipe.
func fill(t *testing.T, into *os.File) {
	t.Helper()
	raw, err := into.SyscallConn()
	require.NoError(t, err)
	require.NoError(t, raw.Write(func(fd uintptr) bool {
		for _, text := range [][]byte{make([]byte, 1<<12), {0}} {
			for err := error(nil); err == nil; {
				_, err = syscall.Write(int(fd), text)
			}
		}
		return true
	}))
}
