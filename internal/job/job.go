// Package job is what a job in GitHub Actions does around a run of the suite: it makes the matrix of environments, brings
// back the last report, runs the suite, and keeps an issue for each environment.
package job

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
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
	var command func(context.Context, []string) (int, error)
	if len(args) > 0 {
		command = j.commands()[args[0]]
	}
	if command == nil {
		return j.fail(fmt.Errorf("no such command: use one of %s", strings.Join(Commands(), ", ")))
	}
	code, err := command(ctx, args[1:])
	if err != nil {
		return max(code, j.fail(err))
	}
	return code
}

// fail shows an error, and returns the exit code 1.
func (j *Job) fail(err error) int {
	j.annotate("error", err.Error())
	return 1
}
