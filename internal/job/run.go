package job

import (
	"context"
	"errors"
	"fmt"
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
	before := started(dir)
	var flags []string
	if tags := j.get(tagsVariable); tags != "" {
		flags = append(flags, "-godog.tags="+tags)
	}
	code, err := j.Execute(ctx, args[0], flags, j.given(), j.Output)
	if err != nil {
		return 0, fmt.Errorf("the suite can't be started: check whether %q is its binary", args[0])
	}
	state := State{Verdict: result.Inconclusive}
	if made, err := report.Read(dir); err == nil && !made.Start.Equal(before) {
		// A suite that failed after its report was written did not end as the report says.
		if made.Verdict != result.Conforms || code == 0 {
			state = State{Verdict: made.Verdict, Reported: true}
		}
	}
	code = max(code, state.Verdict.ExitCode())
	// Where there is no earlier state, the count begins with this run.
	earlier, _ := readState(dir, earlierFile)
	if err := state.after(earlier).write(dir); err != nil {
		return code, err
	}
	if err := j.output("verdict", string(state.Verdict)); err != nil {
		return code, err
	}
	return code, j.output("report", dir)
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
