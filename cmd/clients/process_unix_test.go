//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What a program leaves running ends with it.
func TestExecuteEndsWhatIsLeftBehind(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	reader, err := os.OpenFile(pipe, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	require.NoError(t, err)
	defer func() { _ = reader.Close() }()
	// The child holds the pipe open for as long as it lives.
	_, err = execute(t.Context(), []string{"/bin/sh", "-c", `tail -f /dev/null >"$0" 2>&1 & echo started >"$0"`, pipe}, environment(t.TempDir()))
	require.NoError(t, err)
	text := make([]byte, 100)
	count, err := reader.Read(text)
	require.NoError(t, err)
	assert.Equal(t, "started\n", string(text[:count]))
	_, err = reader.Read(text)
	assert.ErrorIs(t, err, io.EOF)
}

func TestExecuteBoundsOutput(t *testing.T) {
	t.Parallel()
	out, err := execute(t.Context(), []string{"/bin/sh", "-c", "head -c 3000000 /dev/zero; echo no >&2; exit 3"}, environment(t.TempDir()))
	require.ErrorContains(t, err, "exit status 3")
	assert.Len(t, out.standard, mostOutput)
	assert.Equal(t, "no\n", out.errors)
}

// Programs get to know nothing of the caller's settings.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	out, err := execute(t.Context(), []string{"/bin/sh", "-c", "env"}, environment("/folder", "SAMPLE_URL=u"))
	require.NoError(t, err)
	var names []string
	for line := range strings.Lines(out.standard) {
		name, _, _ := strings.Cut(line, "=")
		names = append(names, name)
	}
	assert.Subset(t, []string{"PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "SAMPLE_URL", "PWD", "OLDPWD", "SHLVL", "_"}, names)
	assert.Contains(t, out.standard, "HOME=/folder\n")
}

func TestVersionOf(t *testing.T) {
	t.Parallel()
	pattern := regexp.MustCompile(`^it is ([0-9.]+)`)
	for script, want := range map[string]string{
		"echo it is 1.2.3, made today": "1.2.3",
		"echo it is unknown":           "",
		"echo it is 1.2.3; exit 1":     "",
	} {
		assert.Equal(t, want, versionOf(t.Context(), pattern, "/bin/sh", "-c", script), script)
	}
	assert.Empty(t, versionOf(t.Context(), pattern, "/nowhere/program"))
}
