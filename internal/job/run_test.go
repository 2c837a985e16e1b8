package job_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/job"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
)

// write leaves a report in the runner's folder, of a run that began in that month.
func (r *runner) write(made *result.Result, month time.Month) {
	r.t.Helper()
	made.Start = time.Date(2026, month, 1, 0, 0, 0, 0, time.UTC)
	_, err := report.Write(r.dir, made)
	require.NoError(r.t, err)
}

func TestRun(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		found   *result.Result
		earlier string
		exit    int // the suite's
		want    int
		state   string
		verdict string
	}{
		{"conforms", conforming(), `{"inconclusive_runs_in_row": 2}`, 0, 0, `{"verdict": "conforms", "reported": true, "inconclusive_runs_in_row": 0}`, "conforms"},
		{"violates", violating("TOK-4"), "", 1, 1, `{"verdict": "violates", "reported": true, "inconclusive_runs_in_row": 0}`, "violates"},
		{"inconclusive", inconclusive(), "", 3, 3, `{"verdict": "inconclusive", "reported": true, "inconclusive_runs_in_row": 1}`, "inconclusive"},
		{"inconclusive again", inconclusive(), `{"inconclusive_runs_in_row": 2}`, 3, 3, `{"verdict": "inconclusive", "reported": true, "inconclusive_runs_in_row": 3}`, "inconclusive"},
		{"an earlier state that nobody can read", inconclusive(), `{"inconclusive_runs_in_row": 1e99`, 3, 3, `{"verdict": "inconclusive", "reported": true, "inconclusive_runs_in_row": 1}`, "inconclusive"},
		{"no report", nil, "", 3, 3, `{"verdict": "inconclusive", "reported": false, "inconclusive_runs_in_row": 1}`, "inconclusive"},
		{"no report, and nothing wrong", nil, "", 0, 3, `{"verdict": "inconclusive", "reported": false, "inconclusive_runs_in_row": 1}`, "inconclusive"},
		{"conforms, but can't print", conforming(), `{"inconclusive_runs_in_row": 1}`, 1, 3, `{"verdict": "inconclusive", "reported": false, "inconclusive_runs_in_row": 2}`, "inconclusive"},
		{"violates, but nothing wrong", violating("TOK-4"), "", 0, 1, `{"verdict": "violates", "reported": true, "inconclusive_runs_in_row": 0}`, "violates"},
		{"violates, and fails", violating("TOK-4"), "", 2, 2, `{"verdict": "violates", "reported": true, "inconclusive_runs_in_row": 0}`, "violates"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRunner(newFake(t))
			r.write(conforming(), time.January) // what was brought back is not this run's
			require.NoError(t, os.WriteFile(filepath.Join(r.dir, "job-earlier.json"), []byte(c.earlier), 0o600))
			r.suite = func(args, environ []string) int {
				assert.Empty(t, args)
				assert.Contains(t, environ, "KLEARSTACK_REPORT_DIR="+r.dir)
				if c.found != nil {
					r.write(c.found, time.February)
				}
				return c.exit
			}
			code, _ := r.do(nil, "run", "bin/conformance")
			assert.Equal(t, c.want, code)
			assert.Equal(t, "verdict="+c.verdict+"\nreport="+r.dir+"\n", r.outputs())
			state, err := os.ReadFile(filepath.Join(r.dir, "job.json"))
			require.NoError(t, err)
			assert.JSONEq(t, c.state, string(state))
			assert.Empty(t, r.requests)
		})
	}
}

// A tag expression is one argument, whatever is in it.
func TestRunTags(t *testing.T) {
	t.Parallel()
	r := newRunner(newFake(t))
	r.suite = func(args, _ []string) int {
		assert.Equal(t, []string{"-godog.tags=@TOK-4 && ~@slow; echo $(id)"}, args)
		return 3
	}
	code, _ := r.do([]string{"CONFORMANCE_TAGS=@TOK-4 && ~@slow; echo $(id)"}, "run", "bin/conformance")
	assert.Equal(t, 3, code)
}

// The report of a run with tags stands in a folder of its own.
func TestRunOfAPart(t *testing.T) {
	t.Parallel()
	r := newRunner(newFake(t))
	r.write(violating("TOK-5"), time.January)
	r.suite = func([]string, []string) int {
		part := conforming()
		part.Partial = &result.Selection{Clauses: 1, Of: 46, By: []string{"tags @TOK-4"}}
		r.write(part, time.February)
		return 0
	}
	code, _ := r.do([]string{"CONFORMANCE_TAGS=@TOK-4"}, "run", "bin/conformance")
	assert.Equal(t, 0, code)
	assert.Equal(t, "verdict=conforms\nreport="+r.dir+"\n", r.outputs())
}

// Where GitHub has no value for what a login takes, the suite is not started: it would judge its own server.
func TestRunWithoutALogin(t *testing.T) {
	t.Parallel()
	for missing, environ := range map[string][]string{
		"KLEARSTACK_BASE_URL": {"KLEARSTACK_BASE_URL="},
		"KLEARSTACK_USERNAME": {"KLEARSTACK_USERNAME="},
		"KLEARSTACK_BASE_URL, KLEARSTACK_USERNAME, KLEARSTACK_COMPANY_NAME, KLEARSTACK_PASSWORD (or KLEARSTACK_PASSWORD_FILE)": {
			"KLEARSTACK_BASE_URL=", "KLEARSTACK_USERNAME=", "KLEARSTACK_COMPANY_NAME=", "KLEARSTACK_PASSWORD=", "KLEARSTACK_PASSWORD_FILE=",
		},
	} {
		r := newRunner(newFake(t))
		r.suite = func([]string, []string) int {
			t.Error("the suite was started")
			return 0
		}
		code, log := r.do(environ, "run", "bin/conformance")
		assert.Equal(t, 2, code)
		assert.True(t, strings.HasPrefix(log, "::error title=conformance::no value is set for "+missing+": "), log)
	}
}

// What may be left out is not handed on where it is empty, as GitHub knows no other way to leave it out.
func TestRunWithEmptyOptions(t *testing.T) {
	t.Parallel()
	r := newRunner(newFake(t))
	r.suite = func(_, environ []string) int {
		assert.Contains(t, environ, "KLEARSTACK_PASSWORD_FILE=/run/password")
		assert.Contains(t, environ, "CONFORMANCE_TAGS=")
		for _, variable := range environ {
			if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "KLEARSTACK_") {
				assert.NotEmpty(t, value, name)
				assert.NotContains(t, []string{"KLEARSTACK_PASSWORD", "KLEARSTACK_STRICT", "KLEARSTACK_JWT_KEY"}, name)
			}
		}
		return 3
	}
	code, _ := r.do([]string{
		"KLEARSTACK_PASSWORD=", "KLEARSTACK_PASSWORD_FILE=/run/password", "KLEARSTACK_STRICT=", "KLEARSTACK_JWT_KEY=", "CONFORMANCE_TAGS=",
	}, "run", "bin/conformance")
	assert.Equal(t, 3, code)
}

func TestRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		environ []string
		args    []string
		want    string
	}{
		"no command":          {nil, nil, "no such command: use one of issue, last, matrix, run"},
		"unknown command":     {nil, []string{"deploy"}, "no such command"},
		"no binary":           {nil, []string{"run"}, "name the suite's binary"},
		"no report":           {[]string{"KLEARSTACK_REPORT_DIR=-"}, []string{"run", "x"}, "set it to a folder"},
		"no output":           {[]string{"GITHUB_OUTPUT="}, []string{"run", "x"}, "GITHUB_OUTPUT is not set"},
		"output is a folder":  {[]string{"GITHUB_OUTPUT=/"}, []string{"run", "x"}, "set GITHUB_OUTPUT to a file"},
		"report in a file":    {[]string{"KLEARSTACK_REPORT_DIR=/dev/null/x"}, []string{"run", "x"}, "set KLEARSTACK_REPORT_DIR to a folder that can be written to"},
		"last without token":  {[]string{"GITHUB_TOKEN="}, []string{"last"}, "give the step GITHUB_TOKEN"},
		"last of nothing":     {[]string{"CONFORMANCE_ARTIFACT="}, []string{"last"}, "CONFORMANCE_ARTIFACT is not set"},
		"issue of nothing":    {[]string{"CONFORMANCE_ENVIRONMENT="}, []string{"issue"}, "CONFORMANCE_ENVIRONMENT is not set"},
		"issue of a sentence": {[]string{"CONFORMANCE_ENVIRONMENT=a --> b"}, []string{"issue"}, "is no environment of the matrix"},
		"issue without run":   {nil, []string{"issue"}, "the suite was not run"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRunner(newFake(t))
			r.suite = func([]string, []string) int { return 0 }
			code, log := r.do(c.environ, c.args...)
			assert.NotZero(t, code)
			assert.True(t, strings.HasPrefix(log, "::error title=conformance::"), log)
			assert.Contains(t, log, c.want)
			assert.Equal(t, 1, strings.Count(log, "\n"), log)
			assert.Empty(t, r.requests)
		})
	}
}

func TestExecute(t *testing.T) {
	t.Parallel()
	var output bytes.Buffer
	code, err := job.Execute(t.Context(), "sh", []string{"-c", `echo "$GREETING"; echo worse >&2; exit 3`}, []string{"GREETING=hello"}, &output)
	require.NoError(t, err)
	assert.Equal(t, 3, code)
	assert.Equal(t, "hello\nworse\n", output.String())
	code, err = job.Execute(t.Context(), "true", nil, nil, &output)
	require.NoError(t, err)
	assert.Zero(t, code)
	code, err = job.Execute(t.Context(), "sh", []string{"-c", `kill -KILL $$`}, nil, &output)
	require.NoError(t, err)
	assert.Equal(t, 1, code)
	_, err = job.Execute(t.Context(), t.TempDir()+"/none", nil, nil, &output)
	assert.Error(t, err)
}

// A job that is cancelled interrupts the suite, which ends in its own way.
func TestExecuteInterrupts(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	code, err := job.Execute(ctx, "sh", []string{"-c", `trap 'exit 7' INT; echo ready; while :; do :; done`}, nil, &onWrite{do: cancel})
	require.NoError(t, err)
	assert.Equal(t, 7, code)
}

// onWrite is an output that does something when it is written to.
type onWrite struct{ do func() }

func (o *onWrite) Write(text []byte) (int, error) {
	o.do()
	return len(text), nil
}

func TestWait(t *testing.T) {
	t.Parallel()
	require.NoError(t, job.Wait(t.Context(), 0))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.ErrorIs(t, job.Wait(ctx, time.Hour), context.Canceled)
}
