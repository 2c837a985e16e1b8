package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/klearstack/conformance/internal/result"
)

// Annotations returns GitHub's workflow commands that point at the features, one a line: an error for each clause whose
// violation counts, a warning for each deviation that is in force, stale or expired, and one for an inconclusive run;
// and notices of a partial run, of a self-test and of what was not tested.
func Annotations(r *result.Result) string {
	w := &strings.Builder{}
	if r.Problem == "" {
		for _, c := range r.Violating() {
			annotate(w, "error", c.ID, c, Because(c.Title, c.Lines(), "\n"))
		}
		for _, d := range r.Deviations {
			if said := deviation(d); said != "" {
				annotate(w, "warning", d.Clause, r.Clause(d.Clause), said)
			}
		}
	}
	if r.Doubt != "" {
		annotate(w, "warning", "inconclusive", nil, r.Doubt)
	}
	switch {
	case r.Partial != nil:
		annotate(w, "notice", "partial run", nil, r.String()+"\nselected: "+selection(r))
	case r.Embedded:
		annotate(w, "notice", "self-test", nil, r.String())
	}
	if open := untested(r); len(open) > 0 {
		annotate(w, "notice", "not tested", nil, strings.Join(open, "\n"))
	}
	return w.String()
}

// Warning returns the workflow command that shows a warning which concerns no clause.
func Warning(title, message string) string {
	w := &strings.Builder{}
	annotate(w, "warning", title, nil, message)
	return w.String()
}

// annotate writes a workflow command, which points at the clause unless that is nil.
func annotate(w *strings.Builder, command, title string, c *result.Clause, message string) {
	fmt.Fprintf(w, "::%s ", command)
	if c != nil {
		fmt.Fprintf(w, "file=%s,line=%s,", escapeProperty(featurePath(*c)), strconv.Itoa(c.Line))
	}
	fmt.Fprintf(w, "title=%s::%s\n", escapeProperty(title), escapeData(message))
}

// deviation says what became of a deviation; "" where that says nothing of the target.
func deviation(d result.Deviation) string {
	switch d.State {
	case result.StateInForce:
		return fmt.Sprintf("known deviation: %s (accepted by %s until %s)", d.Reason, d.AcceptedBy, d.Expires)
	case result.StateStale:
		return "the clause is kept: " + d.Remedy()
	case result.StateExpired:
		return fmt.Sprintf("the deviation that %s accepted expired on %s and counts for nothing", d.AcceptedBy, d.Expires)
	default:
		return ""
	}
}

// escapeData escapes a workflow command's message. What is cleaned has no carriage returns.
func escapeData(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(clean(text))
}

// escapeProperty escapes a workflow command's property.
func escapeProperty(text string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(clean(text))
}
