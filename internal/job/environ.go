package job

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

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
