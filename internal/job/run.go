package job

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
)

// run runs the suite, as the binary that the argument names, and exits as it does. It leaves the state beside the report,
// and sets the outputs `verdict` and `report`, the folder.
func (j *Job) run(ctx context.Context, args []string) (int, error) {
	if len(args) != 1 {
		return 0, errors.New("run takes one argument: name the suite's binary")
	}
	// The suite would judge the reference server in place of a deployment.
	if _, err := j.need(targetVariable, "set it to the deployment's URL, as a variable of the environment in GitHub or as the action's input base-url"); err != nil {
		return 0, err
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
	code, err := j.Execute(ctx, args[0], flags, slices.Clone(j.Environ), j.Output)
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

// started returns when the run began whose report is in the folder; the zero time where there is none.
func started(dir string) time.Time {
	made, err := report.Read(dir)
	if err != nil {
		return time.Time{}
	}
	return made.Start
}
