package job

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
)

// largestBody is how many bytes of a report's summary stand in an issue, which holds 65,536 characters.
const largestBody = 60_000

// finding is what a run says of an environment.
type finding struct {
	State
	environment string
	run         string         // its address
	result      *result.Result // nil where the suite left no report
}

// marker starts the body of each of an environment's issues.
func marker(environment string) string { return "<!-- conformance of " + environment + " -->\n" }

// title is the issue's.
func (f finding) title() string {
	switch {
	case f.Verdict == result.Violates:
		return "Conformance: " + f.environment + " violates its contract"
	case f.Verdict == result.Stale:
		return "Conformance: the deviations file of " + f.environment + " is stale"
	case f.rejected():
		return "Conformance: " + f.environment + " rejects the login"
	default:
		return "Conformance: " + f.environment + " can't be judged"
	}
}

// rejected reports whether the run is inconclusive because every valid login was rejected: somebody has to act.
func (f finding) rejected() bool {
	return f.Verdict == result.Inconclusive && f.result != nil && f.result.Rejection != nil
}

// told is what the issue says, in a line of letters, digits, commas and dashes. How often a run was inconclusive is no news.
func (f finding) told() string {
	if f.rejected() {
		return "login rejected"
	}
	if f.Verdict == result.Inconclusive || f.result == nil {
		return string(result.Inconclusive)
	}
	if f.Verdict == result.Stale {
		var ids []string
		for _, d := range f.result.DeviationsThat(result.StateStale) {
			ids = append(ids, d.Clause)
		}
		return "stale " + strings.Join(ids, ", ")
	}
	return "violates " + strings.Join(result.IDs(f.result.Violating()), ", ")
}

// untested says in a sentence what was not tested because settings are absent; "" where all was.
func (f finding) untested() string {
	if f.result == nil || len(f.result.NotTested) == 0 {
		return ""
	}
	var all []string
	for _, u := range f.result.NotTested {
		what := u.Clause
		if !u.Whole {
			what = fmt.Sprintf("%d of %d cases of %s", len(u.Cases), u.Of, u.Clause)
		}
		all = append(all, fmt.Sprintf("%s (set %s)", what, u.Setting))
	}
	return " Not tested: " + strings.Join(all, ", ") + "."
}

var toldBefore = regexp.MustCompile(`^<!-- conformance of \S+ -->\r?\n<!-- ([A-Za-z0-9, -]*) -->`)

// told returns what an issue's body says; somebody may have edited it.
func told(body string) string {
	if found := toldBefore.FindStringSubmatch(body); found != nil {
		return found[1]
	}
	return "unknown"
}

// body is the issue's. What comes from the target is in the summary alone, which escapes it.
func (f finding) body() string {
	var w strings.Builder
	w.WriteString(marker(f.environment))
	fmt.Fprintf(&w, "<!-- %s -->\n", f.told())
	fmt.Fprintf(&w, "The last [run](%s) holds the report as an artifact.", f.run)
	switch {
	case f.rejected():
		fmt.Fprintf(&w, " Every valid login was rejected. Check %s.", f.result.Rejection.Check)
	case f.Verdict == result.Inconclusive:
		fmt.Fprintf(&w, " Nothing certain could be said %d times in a row.", f.InARow)
	}
	w.WriteString("\n\nThis issue is rewritten by each run that does not conform, and closed by the first that does. Where it is closed by hand, the next such run opens another.\n\n")
	if f.result == nil {
		w.WriteString("The suite left no report: the log of its step says why.\n")
		return w.String()
	}
	w.WriteString(report.Shortened(f.result, largestBody))
	return w.String()
}
