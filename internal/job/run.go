package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
)

// misconfigured is what the command run exits with where a setting that it needs is missing: the suite is not started then.
const misconfigured = 2

// run runs the suite, as the binary that the argument names, and exits as it does. It leaves the state beside the report,
// and sets the outputs `verdict` and `report`, the folder. To GitHub a variable that nobody defined is an empty one: what
// may be left out is not handed on where it is empty, and what may not is an error.
func (j *Job) run(ctx context.Context, args []string) (int, error) {
	if len(args) != 1 {
		return 0, errors.New("run takes one argument: name the suite's binary")
	}
	if err := j.login(); err != nil {
		return misconfigured, err
	}
	dir, err := j.folder()
	if err != nil {
		return 0, err
	}
	folders := []string{dir, filepath.Join(dir, report.Partial)}
	before := []time.Time{started(folders[0]), started(folders[1])}
	var flags []string
	if tags := j.get(tagsVariable); tags != "" {
		flags = append(flags, "-godog.tags="+tags)
	}
	code, err := j.Execute(ctx, args[0], flags, j.given(), j.Output)
	if err != nil {
		return 0, fmt.Errorf("the suite can't be started: check whether %q is its binary", args[0])
	}
	state := State{Verdict: result.Inconclusive}
	for i, folder := range folders {
		made, err := report.Read(folder)
		if err != nil || made.Start.Equal(before[i]) {
			continue
		}
		// A suite that failed after its report was written did not end as the report says.
		if made.Verdict != result.Conforms || code == 0 {
			state = State{Verdict: made.Verdict, Reported: true}
		}
	}
	code = max(code, state.Verdict.ExitCode())
	// Where there is no earlier state, the count begins with this run.
	if earlier, _ := readState(dir, earlierFile); state.Verdict == result.Inconclusive {
		state.InARow = earlier.InARow + 1
	}
	if err := state.write(dir); err != nil {
		return code, err
	}
	return code, j.output("verdict="+string(state.Verdict), "report="+dir)
}

// login returns what to do where the suite would lack what a login takes: without any of it, the reference server would be
// judged in place of a deployment.
func (j *Job) login() error {
	var missing []string
	for _, name := range []string{targetVariable, "KLEARSTACK_USERNAME", "KLEARSTACK_COMPANY_NAME"} {
		if j.get(name) == "" {
			missing = append(missing, name)
		}
	}
	if j.get("KLEARSTACK_PASSWORD") == "" && j.get("KLEARSTACK_PASSWORD_FILE") == "" {
		missing = append(missing, "KLEARSTACK_PASSWORD (or KLEARSTACK_PASSWORD_FILE)")
	}
	if missing == nil {
		return nil
	}
	return errors.New("no value is set for " + strings.Join(missing, ", ") + ": set one as a variable or a secret of the environment " +
		"in GitHub, or as an input of the action, and check that the job names the right environment")
}

// given returns the environment without the suite's variables that are empty.
func (j *Job) given() []string {
	return slices.DeleteFunc(slices.Clone(j.Environ), func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return strings.HasPrefix(name, "KLEARSTACK_") && j.get(name) == ""
	})
}

// started returns when the run began whose report is in the folder; the zero time where there is none.
func started(dir string) time.Time {
	made, err := report.Read(dir)
	if err != nil {
		return time.Time{}
	}
	return made.Start
}

// Execute runs a program and returns its exit code. Where the context ends, it is interrupted, and killed when it goes on
// for ten seconds more. The error says that it could not be started.
func Execute(ctx context.Context, program string, args, environ []string, output io.Writer) (int, error) {
	run := exec.CommandContext(ctx, program, args...)
	run.Env, run.Stdout, run.Stderr = environ, output, output
	run.Cancel = func() error { return run.Process.Signal(os.Interrupt) }
	run.WaitDelay = 10 * time.Second
	err := run.Run()
	if run.ProcessState == nil {
		return 0, err
	}
	if code := run.ProcessState.ExitCode(); code >= 0 {
		return code, nil
	}
	return 1, nil // a signal ended it
}

// Wait waits so long, or until the context ends, which is the error.
func Wait(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The files in which the report's folder keeps what the suite does not know.
const (
	stateFile   = "job.json"
	earlierFile = "job-earlier.json" // the last run's, which was brought back
)

// State is what one run leaves to the next, and to the issue. It travels with the report: GitHub's own record of a run
// has no verdict for each environment, and shows an inconclusive run as a success.
type State struct {
	Verdict  result.Verdict `json:"verdict"`
	Reported bool           `json:"reported"`                 // the suite left a report and ended as it says; else the verdict is inconclusive
	InARow   int            `json:"inconclusive_runs_in_row"` // up to this run
}

// readState returns what is in one of the files; the zero State where that can't be read.
func readState(dir, name string) (State, error) {
	var s State
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil {
		return State{}, err
	}
	return s, nil
}

// write leaves the state in the folder.
func (s State) write(dir string) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, stateFile), append(text, '\n'), 0o644)
	}
	if err != nil {
		return fmt.Errorf("the job's state can't be written to %q: set %s to a folder that can be written to", dir, reportVariable)
	}
	return nil
}
