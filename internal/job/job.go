// Package job is what a job in GitHub Actions does around a run of the suite: it makes the matrix of environments, brings
// back the last report, runs the suite, and keeps an issue for each environment.
package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/textfile"
)

// Job is what the commands work with. Its fields are all required.
type Job struct {
	Environ   []string          // as [os.Environ] gives it
	Output    io.Writer         // the step's log
	Transport http.RoundTripper // to GitHub
	Wait      func(context.Context, time.Duration) error
	Execute   func(ctx context.Context, program string, args, environ []string, output io.Writer) (code int, err error)
}

// commands are what a job can do, by name.
func (j *Job) commands() map[string]func(context.Context, []string) (int, error) {
	return map[string]func(context.Context, []string) (int, error){
		"matrix": j.matrix,
		"last":   j.last,
		"run":    j.run,
		"issue":  j.issue,
	}
}

// Commands returns the names of all commands, sorted.
func Commands() []string { return slices.Sorted(maps.Keys((&Job{}).commands())) }

// Do runs the command that the arguments name, and returns what the process is to exit with. What goes wrong is one
// sentence in the log, as an annotation.
func (j *Job) Do(ctx context.Context, args []string) int {
	code, err := 0, fmt.Errorf("no such command: use one of %s", strings.Join(Commands(), ", "))
	if len(args) > 0 && j.commands()[args[0]] != nil {
		code, err = j.commands()[args[0]](ctx, args[1:])
	}
	if err != nil {
		j.annotate("error", err.Error())
		code = max(code, 1)
	}
	return code
}

// say writes a line to the step's log. Where that is closed, the exit code is all there is.
func (j *Job) say(format string, args ...any) {
	_, _ = fmt.Fprintln(j.Output, escape(fmt.Sprintf(format, args...)))
}

// annotate writes a workflow command: a notice, a warning or an error.
func (j *Job) annotate(kind, message string) {
	_, _ = fmt.Fprintf(j.Output, "::%s title=conformance::%s\n", kind, escape(message))
}

// escape keeps a message on its line, where it starts no workflow command.
func escape(message string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(message)
}

// output sets outputs of the step, each a name, = and a value of one line.
func (j *Job) output(outputs ...string) error {
	path, err := j.need("GITHUB_OUTPUT", "run this as a step of a job in GitHub Actions")
	if err != nil {
		return err
	}
	if textfile.Append(path, []byte(strings.Join(outputs, "\n")+"\n")) != nil {
		return fmt.Errorf("the step's output can't be written to %q: set GITHUB_OUTPUT to a file that can be written to", path)
	}
	return nil
}

// The variables that the commands read, beside GitHub's own and the suite's.
const (
	environmentsVariable = "CONFORMANCE_ENVIRONMENTS" // matrix: a JSON list of names
	environmentVariable  = "CONFORMANCE_ENVIRONMENT"  // matrix: the one that was chosen by hand; issue: the one that was run
	tagsVariable         = "CONFORMANCE_TAGS"         // matrix and run: godog's tag expression
	strictVariable       = "CONFORMANCE_STRICT"       // matrix: true where that was chosen by hand
	branchVariable       = "CONFORMANCE_BRANCH"       // matrix: the default branch
	artifactVariable     = "CONFORMANCE_ARTIFACT"     // last: the name that the report was uploaded under

	reportVariable = "KLEARSTACK_REPORT_DIR"
	targetVariable = "KLEARSTACK_BASE_URL"
)

// Variables returns the names of the job's own variables, sorted. The suite's and GitHub's are not among them.
func Variables() []string {
	return []string{artifactVariable, branchVariable, environmentVariable, environmentsVariable, strictVariable, tagsVariable}
}

// get returns a variable's value; "" where it is not set.
func (j *Job) get(name string) string {
	for _, variable := range slices.Backward(j.Environ) {
		if value, set := strings.CutPrefix(variable, name+"="); set {
			return value
		}
	}
	return ""
}

// need returns a variable's value. The error says what to do where there is none.
func (j *Job) need(name, remedy string) (string, error) {
	if value := j.get(name); value != "" {
		return value, nil
	}
	return "", fmt.Errorf("%s is not set: %s", name, remedy)
}

// folder returns where the suite leaves its report.
func (j *Job) folder() (string, error) {
	switch dir := j.get(reportVariable); dir {
	case "":
		return "reports", nil
	case "-":
		return "", errors.New(reportVariable + " is -, and the job needs the report: set it to a folder")
	default:
		return dir, nil
	}
}
