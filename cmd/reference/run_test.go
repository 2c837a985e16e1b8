package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// serving runs the command until the test ends and returns what it printed.
func serving(t *testing.T, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	var stderr bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, append([]string{"-addr", "127.0.0.1:0"}, args...), writer, &stderr)
		_ = writer.Close() // never fails
	}()
	t.Cleanup(func() {
		cancel()
		farewell, err := io.ReadAll(reader)
		assert.NoError(t, err)
		assert.Regexp(t, `^# \d+ requests came\.\n$`, string(farewell))
		assert.Equal(t, exitOK, <-code)
		assert.Empty(t, stderr.String())
	})
	var printed strings.Builder
	lines := bufio.NewScanner(reader)
	for lines.Scan() {
		printed.WriteString(lines.Text() + "\n")
		if strings.HasPrefix(lines.Text(), "# Paste") {
			break
		}
	}
	return printed.String()
}

// pasted lets sh read the lines and returns the settings that come of them.
func pasted(t *testing.T, lines string) map[string]string {
	t.Helper()
	output, err := exec.CommandContext(t.Context(), "sh", "-c", lines+"env -0").Output()
	require.NoError(t, err)
	settings := map[string]string{}
	for each := range strings.SplitSeq(string(output), "\x00") {
		if name, value, _ := strings.Cut(each, "="); strings.HasPrefix(name, "KLEARSTACK_") {
			settings[name] = value
		}
	}
	return settings
}

// login uses the settings and returns the status of the answer.
func login(t *testing.T, settings map[string]string) int {
	t.Helper()
	form := url.Values{
		"username":     {settings["KLEARSTACK_USERNAME"]},
		"password":     {settings["KLEARSTACK_PASSWORD"]},
		"company_name": {settings["KLEARSTACK_COMPANY_NAME"]},
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, settings["KLEARSTACK_BASE_URL"]+reference.Path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	insecure := settings["KLEARSTACK_INSECURE_SKIP_VERIFY"] == "true"
	transport := &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: insecure}}
	response, err := transport.RoundTrip(r)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response.StatusCode
}

// The printed lines, pasted as they are, log in.
func TestServe(t *testing.T) {
	t.Parallel()
	printed := serving(t)
	assert.Contains(t, printed, "It keeps every clause of the contract.")
	settings := pasted(t, printed)
	assert.Len(t, settings, 6)
	assert.NotEmpty(t, settings["KLEARSTACK_OTHER_COMPANY_NAME"])
	assert.GreaterOrEqual(t, len(settings["KLEARSTACK_JWT_KEY"]), 32)
	assert.Equal(t, http.StatusOK, login(t, settings))
}

func TestServeFault(t *testing.T) {
	t.Parallel()
	printed := serving(t, "-fault", "login-status-201")
	assert.Contains(t, printed, "# It has the fault login-status-201, which breaks OK-1: Answers a valid login with 201.\n")
	assert.Equal(t, http.StatusCreated, login(t, pasted(t, printed)))
}

func TestServeUnverifiedTLS(t *testing.T) {
	t.Parallel()
	settings := pasted(t, serving(t, "-fault", "https-unverified"))
	assert.Regexp(t, "^https://", settings["KLEARSTACK_BASE_URL"])
	assert.Equal(t, "true", settings["KLEARSTACK_INSECURE_SKIP_VERIFY"])
	assert.Equal(t, http.StatusOK, login(t, settings))
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"", " ", "'", "''a'", `"$HOME" \ ! ~ * ; & | < > ( ) # %`, "`id` $(id)", "a\nb", "-n", "ü€😀"} {
		output, err := exec.CommandContext(t.Context(), "sh", "-c", "printf %s. "+quote(value)).Output()
		require.NoError(t, err)
		assert.Equal(t, value+".", string(output))
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	assert.Equal(t, exitOK, run(t.Context(), []string{"-list"}, &stdout, &stderr))
	assert.Empty(t, stderr.String())
	lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
	catalogue := fault.Catalogue()
	require.Len(t, lines, len(catalogue))
	for i, line := range lines {
		fields := strings.Fields(line)
		assert.Equal(t, catalogue[i].Name, fields[0])
		assert.Equal(t, catalogue[i].Clause, fields[1])
		assert.True(t, strings.HasSuffix(line, "  "+catalogue[i].Sentence), line)
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	var stdout, stderr bytes.Buffer
	assert.Equal(t, exitOK, run(t.Context(), []string{"-h"}, &stdout, &stderr))
	assert.Empty(t, stderr.String())
	for _, option := range []string{"-addr host:port", "-fault name", "-list"} {
		assert.Contains(t, stdout.String(), option)
	}
}

// Every error is one sentence that says what to do, and nothing else is printed.
func TestErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		args []string
		code int
		want string
	}{
		"unknown option":      {[]string{"-port", "1"}, exitUsage, "-h lists them"},
		"stray argument":      {[]string{"login-status-201"}, exitUsage, `unexpected argument "login-status-201"`},
		"option without name": {[]string{"-fault"}, exitUsage, "-h lists them"},
		"unknown fault":       {[]string{"-fault", "nonsense"}, exitUsage, "go run ./cmd/reference -list"},
		"unusable address":    {[]string{"-addr", "nonsense"}, exitFailed, "choose another address"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var stdout, stderr bytes.Buffer
			assert.Equal(t, test.code, run(t.Context(), test.args, &stdout, &stderr))
			assert.Contains(t, stderr.String(), test.want)
			assert.Equal(t, 1, strings.Count(stderr.String(), "\n"))
			assert.Empty(t, stdout.String())
		})
	}
}

// closed is an output that nobody reads.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestClosedOutput(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"-list"}, {"-h"}, {"-addr", "127.0.0.1:0"}} {
		var stderr bytes.Buffer
		assert.Equal(t, exitFailed, run(t.Context(), args, closed{}, &stderr))
		assert.Contains(t, stderr.String(), "standard output")
	}
}
