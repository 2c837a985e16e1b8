package job

import (
	"fmt"
	"os"
	"strings"
)

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

// output sets an output of the step. The value has one line.
func (j *Job) output(name, value string) error {
	path, err := j.need("GITHUB_OUTPUT", "run this as a step of a job in GitHub Actions")
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err == nil {
		_, err = fmt.Fprintf(file, "%s=%s\n", name, value)
		if closing := file.Close(); err == nil {
			err = closing
		}
	}
	if err != nil {
		return fmt.Errorf("the step's output can't be written to %q: set GITHUB_OUTPUT to a file that can be written to", path)
	}
	return nil
}
