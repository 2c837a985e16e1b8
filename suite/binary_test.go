package suite_test

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
	"github.com/klearstack/conformance/suite"
)

// The test binary, built and copied alone to an empty folder, tells its verdict by its exit code and its last lines.
func TestBinary(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "conformance")
	build := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", binary, "..")
	output, err := build.CombinedOutput()
	require.NoError(t, err, string(output))

	conforming := environment(serve(t, nil, false))
	// A host that is not this machine's, reached by a proxy: no password may go into its logs.
	remote := serve(t, nil, false)
	proxy := "HTTP_PROXY=" + remote.BaseURL
	remote.BaseURL, remote.JWTKey = "http://staging.example.com", ""
	far := append(environment(remote), proxy, "KLEARSTACK_ALLOW_HTTP=true")
	broken := environment(serve(t, func(config *reference.Config) { config.AccessLifetime *= 1000 }, false))
	swapped, err := fault.Find("tokens-swapped")
	require.NoError(t, err)
	unlike := environment(serveFault(t, swapped, func(*reference.Config) {}))
	for _, c := range []struct {
		name    string
		args    []string
		environ []string
		code    int
		says    string
	}{
		{"no settings", nil, nil, 0, "\nVerdict   conforms (self-test: no deployment was tested)\n"},
		{"a conforming target", nil, conforming, 0, "\nVerdict   conforms\n"},
		{"a clause that is not tested", nil, far, 0, "\nNOT TESTED TOK-9 Signatures verify: set KLEARSTACK_JWT_KEY to the key that verifies the signatures\n"},
		{"cases that are not tested", nil, far, 0, ": set KLEARSTACK_ALLOW_QUERY_CREDENTIALS to true if the password may appear in access logs (3 of 10 cases: Credentials in the query string alone, with GET; "},
		{"a broken target", nil, broken, 1, "\nVIOLATED TOK-4 "},
		{"an absent target", nil, environment(aimed("http://127.0.0.1:1")), 3, "Verdict   inconclusive"},
		{"wrong settings", nil, []string{"KLEARSTACK_USER=x", "KLEARSTACK_TIMEOUT=x"}, 3, "Problem   KLEARSTACK_TIMEOUT"},
		{"the version", []string{"-version"}, environment(aimed("http://127.0.0.1:1")), 0, "\nBuilt     with go"},
		{"the version with wrong settings", []string{"-version"}, []string{"KLEARSTACK_USER=x"}, 0, "Version   "},
		{"tags", []string{"-godog.tags=@TOK-4"}, nil, 0, "Requests  1 sent"},
		{"tags of what is not tested", []string{"-godog.tags=@TOK-9"}, far, 3, "\nProblem   no selected clause was evaluated, so nothing is proven: TOK-9 is not tested (set "},
		{"tags of what builds on a broken clause", []string{"-godog.tags=@TOK-4"}, unlike, 3, "the run is inconclusive: not all could be judged: TOK-4\n"},
		{"a scenario that is not tested", []string{"-test.run=TestConformance/TOK-9"}, far, 3, "Problem   no selected clause"},
		{"tags that select nothing", []string{"-godog.tags=@NONE"}, nil, 3, "no scenario is selected"},
		{"one scenario", []string{"-test.run=TestConformance/ERR-1/No_company_name"}, conforming, 0, "\nVerdict   conforms (partial: 1 of 46 clauses)\nSelected  -run TestConformance/ERR-1/No_company_name\nKept      1 of 1 documented\n"},
		{"a clause", []string{"-test.run=/^REF-5$"}, nil, 0, "Kept      1 of 1 implied"},
		{"tags, patterns and what to skip", []string{"-godog.tags=@TOK-1,@TOK-4", "-test.run=./TOK", "-test.skip=/TOK-4|/TOK-1/.*refresh"}, conforming, 0, "\nVerdict   conforms (partial: 1 of 46 clauses, 1 in part)\nSelected  tags @TOK-1,@TOK-4; -run ./TOK; -skip /TOK-4|/TOK-1/.*refresh\n"},
		{"a pattern that leaves nothing out", []string{"-test.run=TestConformance"}, conforming, 0, "\nVerdict   conforms\n"},
		{"no such scenario", []string{"-test.run=TestConformance/NONE-1"}, nil, 3, "no scenario is selected"},
		{"no such test", []string{"-test.run=TestNothing"}, nil, 3, "no scenario is selected"},
		{"a list", []string{"-test.list=."}, nil, 0, "TestConformance"},
		{"a format", []string{"-godog.format=pretty", "-godog.tags=@TOK-4"}, nil, 0, "Scenario: The lifetime of the access token"},
		{"an unknown format", []string{"-godog.format=none"}, nil, 3, "check the value of -godog.format"},
		{"twice", []string{"-test.count=2"}, nil, 1, "leave out -count and -cpu"},
		{"an address as an argument", []string{"https://qa:hunter2@staging.example.com"}, nil, 3, "set KLEARSTACK_BASE_URL to it"},
		{"a setting as an argument", []string{"KLEARSTACK_PASSWORD=hunter2"}, conforming, 3, "KLEARSTACK_PASSWORD is given as an argument"},
		{"a word as an argument", []string{"list"}, conforming, 3, `the argument "list" is not known`},
		{"an argument after flags", []string{"-test.v", "hunter2"}, conforming, 3, "argument 1 is not known"},
		{"any order", []string{"-godog.random=5", "-godog.concurrency=3"}, nil, 0, "Verdict   conforms"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			command := exec.CommandContext(t.Context(), binary, c.args...)
			command.Dir = t.TempDir()
			command.Env = append([]string{"HOME=" + t.TempDir()}, c.environ...)
			output, err := command.CombinedOutput()
			assert.Equal(t, c.code, command.ProcessState.ExitCode(), "%v\n%s", err, output)
			assert.Contains(t, string(output), c.says)
			assert.NotContains(t, string(output), "hunter2")
			if strings.Contains(c.name, "argument") {
				assert.Contains(t, string(output), "\nRequests  0 sent")
			}
			left, err := os.ReadDir(command.Dir)
			require.NoError(t, err)
			for _, entry := range left {
				assert.Equal(t, "reports", entry.Name(), "what a run leaves behind")
			}
		})
	}
}

// A run that is interrupted says so, ends, and leaves the earlier report as it was.
func TestInterruptedBinary(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "conformance")
	output, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", binary, "..").CombinedOutput()
	require.NoError(t, err, string(output))
	for _, sent := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Run(sent.String(), func(t *testing.T) {
			t.Parallel()
			silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
			require.NoError(t, err)
			defer func() { _ = silent.Close() }()
			folder := t.TempDir()
			earlier := filepath.Join(folder, "reports", "conformance.json")
			require.NoError(t, os.Mkdir(filepath.Dir(earlier), 0o755))
			require.NoError(t, os.WriteFile(earlier, []byte("earlier"), 0o600))

			var said bytes.Buffer
			command := exec.CommandContext(t.Context(), binary)
			command.Dir, command.Stdout, command.Stderr = folder, &said, &said
			command.Env = environment(aimed("http://" + silent.Addr().String()))
			require.NoError(t, command.Start())
			conn, err := silent.Accept() // so the run is under way
			require.NoError(t, err)
			defer func() { _ = conn.Close() }()
			require.NoError(t, command.Process.Signal(sent))
			require.Error(t, command.Wait())
			assert.Equal(t, 3, command.ProcessState.ExitCode())
			assert.Contains(t, said.String(), "Problem   the run was interrupted")
			text, err := os.ReadFile(earlier)
			require.NoError(t, err)
			assert.Equal(t, "earlier", string(text))
			left, err := os.ReadDir(filepath.Dir(earlier))
			require.NoError(t, err)
			assert.Len(t, left, 1)
		})
	}
}

// On GitHub a job's summary gets the run's, and the lines of the features their annotations.
func TestGitHubSummary(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "conformance")
	output, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", binary, "..").CombinedOutput()
	require.NoError(t, err, string(output))
	summary := filepath.Join(t.TempDir(), "summary.md")
	require.NoError(t, os.WriteFile(summary, []byte("earlier\n"), 0o600))
	broken := environment(serve(t, func(config *reference.Config) { config.AccessLifetime *= 1000 }, false))
	run := func(code int, summary string, environ []string) string {
		command := exec.CommandContext(t.Context(), binary)
		command.Dir = t.TempDir()
		command.Env = append([]string{"GITHUB_STEP_SUMMARY=" + summary}, environ...)
		output, err := command.CombinedOutput()
		assert.Equal(t, code, command.ProcessState.ExitCode(), "%v\n%s", err, output)
		return string(output)
	}
	assert.Regexp(t, `(?m)^::error file=features/5-tokens\.feature,line=\d+,title=TOK-4`, run(1, summary, broken))
	text, err := os.ReadFile(summary)
	require.NoError(t, err)
	assert.Regexp(t, "^earlier\n", string(text))
	assert.Contains(t, string(text), "TOK-4")
	unwritable := run(1, t.TempDir(), broken)
	assert.Contains(t, unwritable, "\n::warning title=summary::the job's summary can't be written to")
	assert.Contains(t, unwritable, "\n::error file=", "the annotations all the same")
	assert.Contains(t, run(0, t.TempDir(), nil), "the job's summary can't be written to", "and the verdict stays")
	assert.NotContains(t, run(1, "", broken), "::error")
}

// environment puts settings into variables.
func environment(settings suite.Settings) []string {
	var environ []string
	for name, value := range map[string]string{
		"BASE_URL": settings.BaseURL, "USERNAME": settings.Username, "PASSWORD": settings.Password,
		"COMPANY_NAME": settings.CompanyName, "OTHER_COMPANY_NAME": settings.OtherCompanyName, "JWT_KEY": settings.JWTKey, "CA_FILE": settings.CAFile,
	} {
		if value != "" {
			environ = append(environ, "KLEARSTACK_"+name+"="+value)
		}
	}
	return environ
}

// The settings of a target that stand in the environment are for the conformance run alone: Run does not look at them.
func TestRunDoesNotReadTheEnvironment(t *testing.T) {
	t.Setenv("KLEARSTACK_BASE_URL", "http://127.0.0.1:1")
	result, err := suite.Run(t.Context(), suite.Options{Settings: quiet(suite.Defaults())})
	require.NoError(t, err)
	assert.True(t, result.Embedded)
	assert.NotContains(t, result.Target, "127.0.0.1:1")
}
