package suite

import (
	"fmt"
	"io"
	"strings"

	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/textfile"
)

// stepSummary is the variable that names the file of a job's summary, where GitHub Actions runs the job.
const stepSummary = "GITHUB_STEP_SUMMARY"

// tellGitHub appends the summary to that of the job, and annotates the features' lines. Where the variable is not set it
// does nothing. That the summary can't be written is a warning: the verdict stays. The error is that of the output.
func tellGitHub(environ []string, output io.Writer, r *result.Result) error {
	path := ""
	for _, variable := range environ {
		if name, value, _ := strings.Cut(variable, "="); name == stepSummary {
			path = value
		}
	}
	if path == "" {
		return nil
	}
	annotations := report.Annotations(r)
	text, err := report.Markdown(r)
	if err == nil {
		err = textfile.Append(path, text)
	}
	if err != nil {
		annotations += report.Warning("summary", fmt.Sprintf("the job's summary can't be written to %q: set %s to a regular file that can be written to, or unset it", path, stepSummary))
	}
	_, err = io.WriteString(output, annotations)
	return err
}
