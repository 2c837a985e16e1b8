// Package report writes a result for people and for machines.
package report

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

// Clauses writes a line for each clause and each of its scenarios, in the order of the features.
func Clauses(output io.Writer, r *result.Result) error {
	w := &strings.Builder{}
	feature := ""
	for _, c := range r.Clauses {
		if c.Feature != feature {
			feature = c.Feature
			fmt.Fprintf(w, "\n%s\n", feature)
		}
		fmt.Fprintf(w, "  %-14s %-6s %-10s %s\n", c.Outcome, c.ID, c.Level, c.Title)
		for _, s := range c.Scenarios {
			fmt.Fprintf(w, "  %-14s %-17s - %s\n", s.Outcome, "", s.Name)
		}
	}
	return put(output, w.String())
}

// put writes text at once, whatever stands in it that settings, flags and files brought along. The error is one sentence.
func put(output io.Writer, text string) error {
	if _, err := io.WriteString(output, redact.Harmless(text)); err != nil {
		return errors.New("the result can't be printed: check whether standard output is closed")
	}
	return nil
}

// Summary writes what the run came to, in plain words. path is where the machine-readable result stands; "" if nowhere.
func Summary(output io.Writer, r *result.Result, path string) error {
	w := &strings.Builder{}
	fmt.Fprintln(w)
	fmt.Fprintf(w, "Target    %s\n", r.Target)
	if r.Insecure {
		fmt.Fprintln(w, "WARNING   certificates are NOT VERIFIED (KLEARSTACK_INSECURE_SKIP_VERIFY): anybody could have answered")
	}
	fmt.Fprintf(w, "Verdict   %s\n", r.String())
	if r.Partial != nil {
		fmt.Fprintf(w, "Selected  %s\n", selection(r))
	}
	for _, line := range untested(r) {
		fmt.Fprintf(w, "NOT TESTED %s\n", line)
	}
	if r.Problem != "" {
		for line := range strings.Lines(r.Problem) {
			fmt.Fprintf(w, "Problem   %s\n", strings.TrimSuffix(line, "\n"))
		}
	} else {
		if r.Stopped != "" {
			fmt.Fprintf(w, "Problem   %s\n", r.Interruption())
		}
		if reason := undecided(r); reason != "" {
			fmt.Fprintf(w, "Reason    %s\n", reason)
		}
		fmt.Fprintf(w, "Kept      %s\n", counts(r))
		for _, kind := range []outcome.Kind{outcome.Violated, outcome.Inconclusive, outcome.NotJudged, outcome.NotApplicable} {
			lines(w, r, kind)
		}
		advisories(w, r)
		deviations(w, r)
	}
	fmt.Fprintf(w, "Requests  %d sent%s\n", r.Requests, repeated(r))
	fmt.Fprintf(w, "Duration  %s\n", r.Duration.Round(time.Millisecond))
	changes(w, r)
	for _, note := range r.Notes {
		fmt.Fprintf(w, "Note      %s\n", note)
	}
	if path != "" {
		fmt.Fprintf(w, "Report    %s\n", path)
	}
	return put(output, w.String())
}

// repeated says, after how many requests were sent, how many of them were repeats; "" where none were.
func repeated(r *result.Result) string {
	if r.Repeated == 0 {
		return ""
	}
	return fmt.Sprintf(", %d of them repeated after a rate limit", r.Repeated)
}

// undecided says why a run is inconclusive, where neither its problem nor what stopped it says so; "" else.
func undecided(r *result.Result) string {
	if r.Problem != "" || r.Stopped != "" {
		return ""
	}
	return r.Doubt
}

func counts(r *result.Result) string {
	var parts []string
	tally := r.Tally()
	for _, level := range spec.Levels() {
		all := 0
		for _, n := range tally[level] {
			all += n
		}
		if all == 0 {
			continue
		}
		part := fmt.Sprintf("%d of %d %s", tally[level][outcome.Kept], all, level)
		if n := tally[level][outcome.NotTested]; n > 0 {
			part += fmt.Sprintf(" (%d not tested)", n)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// selection says by what a partial run was selected.
func selection(r *result.Result) string { return oneLine(strings.Join(r.Partial.By, "; ")) }

// untested says what was not tested because a setting is absent, and what to set, in a line each.
func untested(r *result.Result) []string {
	var all []string
	for _, u := range r.NotTested {
		line := u.Clause
		if c := r.Clause(u.Clause); c != nil {
			line += " " + c.Title
		}
		line += ": " + u.Reason
		if !u.Whole {
			line += fmt.Sprintf(" (%d of %d cases: %s)", len(u.Cases), u.Of, strings.Join(u.Cases, "; "))
		}
		all = append(all, line)
	}
	return all
}

// lines writes a line for each clause of that outcome, but leaves advisories that were judged to a section of their own.
func lines(w *strings.Builder, r *result.Result, kind outcome.Kind) {
	for _, c := range r.Clauses {
		if c.Outcome != kind || r.Summed(c) || r.Known(c.ID) != nil || (!r.Gates(c.Level) && kind != outcome.NotApplicable) {
			continue
		}
		reason(w, fmt.Sprintf("%s %s %s", strings.ToUpper(string(kind)), c.ID, c.Title), c)
	}
}

// advisories writes a line for each advisory clause that does not gate and is not kept.
func advisories(w *strings.Builder, r *result.Result) {
	for _, c := range r.Clauses {
		if r.Gates(c.Level) || r.Summed(c) || r.Known(c.ID) != nil || c.Outcome == outcome.Kept || c.Outcome == outcome.NotTested || c.Outcome == outcome.NotApplicable {
			continue
		}
		reason(w, fmt.Sprintf("ADVISORY %s %s (%s)", c.ID, c.Title, c.Outcome), c)
	}
}

// Because returns a title with the reason behind it or, where that has several lines, below it, each after a separator.
func Because(title string, lines []string, separator string) string {
	if len(lines) == 1 {
		return title + ": " + lines[0]
	}
	return title + separator + strings.Join(lines, separator)
}

// reason writes why a clause is not kept, and how to see it.
func reason(w *strings.Builder, title string, c result.Clause) {
	const indent = "          "
	fmt.Fprintln(w, Because(title, c.Lines(), "\n"+indent))
	if curl := curl(c); curl != "" {
		fmt.Fprintf(w, "%sto see it: %s\n", indent, curl)
	}
}

// deviations writes a line for each clause of the deviations file.
func deviations(w *strings.Builder, r *result.Result) {
	for _, d := range r.Deviations {
		switch d.State {
		case result.StateInForce:
			fmt.Fprintf(w, "KNOWN DEVIATION %s: %s (accepted by %s until %s)\n", d.Clause, d.Reason, d.AcceptedBy, d.Expires)
		case result.StateStale:
			fmt.Fprintf(w, "STALE %s is kept: %s\n", d.Clause, d.Remedy())
		case result.StateExpired:
			fmt.Fprintf(w, "EXPIRED %s: the deviation that %s accepted expired on %s and counts for nothing\n", d.Clause, d.AcceptedBy, d.Expires)
		case result.StateUnjudged: // it says nothing of the target
		}
	}
}

// changes writes what is different from the last run.
func changes(w *strings.Builder, r *result.Result) {
	if r.Changes == nil {
		return
	}
	var parts []string
	if len(r.Changes.Broken) > 0 {
		parts = append(parts, "newly broken "+strings.Join(r.Changes.Broken, ", "))
	}
	if len(r.Changes.Kept) > 0 {
		parts = append(parts, "newly kept "+strings.Join(r.Changes.Kept, ", "))
	}
	if r.Changes.NewRelease != "" {
		parts = append(parts, fmt.Sprintf("release_version %q instead of %q", r.Changes.NewRelease, r.Changes.OldRelease))
	}
	if len(parts) == 0 {
		parts = []string{"none"}
	}
	fmt.Fprintf(w, "Changes   since %s: %s\n", r.Changes.Since.UTC().Format(time.RFC3339), strings.Join(parts, "; "))
}

func curl(c result.Clause) string {
	for _, s := range c.Scenarios {
		if s.Outcome == c.Outcome && s.Reason == c.Reason {
			return s.Curl
		}
	}
	return ""
}
