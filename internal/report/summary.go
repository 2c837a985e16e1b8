package report

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/result"
)

const (
	// largestSummary is how many bytes of summary.md there are at most. A job's step may have 1 MiB on GitHub, which other
	// commands of the step share.
	largestSummary = 512 << 10
	// longestCell is how many characters of a text stand in the table; the other files of the report have it whole.
	longestCell = 400
)

// Markdown returns the result as a GitHub job summary. Whatever is not the suite's own words is escaped: it is neither
// Markdown nor HTML, refers to nobody and to nothing, and starts no line.
func Markdown(r *result.Result) ([]byte, error) {
	return []byte(Shortened(r, largestSummary)), nil
}

// Shortened returns what [Markdown] does in at most so many bytes, whole up to a note that the rest is left out.
func Shortened(r *result.Result, limit int) string {
	s := &summary{limit: limit}
	s.add("## Conformance: " + r.String() + "\n\n")
	if r.Partial != nil {
		s.add("- **Selected:** " + code(selection(r)) + "\n")
	}
	for _, line := range untested(r) {
		s.add("- **Not tested:** " + plain(line) + "\n")
	}
	s.add(facts(r))
	for problem := range strings.Lines(r.Problem) {
		s.add("- **Problem:** " + plain(problem) + "\n")
	}
	if r.Stopped != "" {
		s.add("- **Problem:** " + plain(r.Interruption()) + "\n")
	}
	if reason := undecided(r); reason != "" {
		s.add("- **Inconclusive:** " + plain(reason) + "\n")
	}
	for _, note := range r.Notes {
		s.add("- Note: " + plain(note) + "\n")
	}
	if r.Problem == "" {
		s.deviations(r)
		s.changes(r.Changes)
		s.table(r)
		s.curls(r)
	}
	return s.text.String()
}

// summary is what is written so far, in pieces of which each is whole or left out: a cut breaks no table and no code.
type summary struct {
	text  strings.Builder
	limit int // in bytes
	full  bool
}

const cutNote = "\n\nThis summary is cut: `report.html` and `conformance.json` hold the rest.\n"

func (s *summary) add(piece string) {
	switch {
	case s.full:
	case s.text.Len()+len(piece)+len(cutNote) > s.limit:
		s.full = true
		s.text.WriteString(cutNote)
	default:
		s.text.WriteString(piece)
	}
}

// facts are what was run, as a list.
func facts(r *result.Result) string {
	var w strings.Builder
	fmt.Fprintf(&w, "- Target: %s\n", code(r.Target))
	if r.Insecure {
		w.WriteString("- **Warning:** certificates are NOT VERIFIED (`KLEARSTACK_INSECURE_SKIP_VERIFY`): anybody could have answered\n")
	}
	if r.Release != "" {
		fmt.Fprintf(&w, "- `release_version`: %s\n", code(r.Release))
	}
	if kept := counts(r); kept != "" && r.Problem == "" {
		fmt.Fprintf(&w, "- Kept: %s\n", kept)
	}
	if r.Start.IsZero() { // it never began
		return w.String()
	}
	fmt.Fprintf(&w, "- Run: %s, took %s; requests sent: %d%s; suite: %s\n", r.Start.UTC().Format(time.RFC3339), r.Duration.Round(time.Millisecond), r.Requests, repeated(r), plain(r.Suite))
	return w.String()
}

func (s *summary) deviations(r *result.Result) {
	for _, d := range r.Deviations {
		switch d.State {
		case result.StateInForce:
			s.add(fmt.Sprintf("- Known deviation %s: %s (accepted by %s until %s)\n", plain(d.Clause), plain(d.Reason), plain(d.AcceptedBy), plain(d.Expires)))
		case result.StateStale:
			s.add(fmt.Sprintf("- **Stale deviation** %s: the clause is kept; %s\n", plain(d.Clause), plain(d.Remedy())))
		case result.StateExpired:
			s.add(fmt.Sprintf("- **Expired deviation** %s: what %s accepted expired on %s and counts for nothing\n", plain(d.Clause), plain(d.AcceptedBy), plain(d.Expires)))
		case result.StateUnjudged: // it says nothing of the target
		}
	}
}

func (s *summary) changes(c *result.Changes) {
	if c == nil {
		return
	}
	since := c.Since.UTC().Format(time.RFC3339)
	if !c.Any() {
		s.add("- Changes since " + since + ": none\n")
		return
	}
	if len(c.Broken) > 0 {
		s.add("- **Newly broken** since " + since + ": " + plain(strings.Join(c.Broken, ", ")) + "\n")
	}
	if len(c.Kept) > 0 {
		s.add("- Newly kept since " + since + ": " + plain(strings.Join(c.Kept, ", ")) + "\n")
	}
	if c.NewRelease != "" {
		s.add(fmt.Sprintf("- `release_version` since %s: %s instead of %s\n", since, code(c.NewRelease), code(c.OldRelease)))
	}
}

// table writes a row for each clause that was tested and is not kept, the worst first.
func (s *summary) table(r *result.Result) {
	rows := worst(r)
	if len(rows) == 0 {
		return
	}
	s.add("\n| Clause | Level | Rule | Outcome | Message |\n| --- | --- | --- | --- | --- |\n")
	for _, c := range rows {
		if s.full {
			return
		}
		came := string(r.Label(&c))
		if c.Outcome == outcome.Violated && r.Decides(&c) {
			came = "**" + came + "**"
		}
		s.add(fmt.Sprintf("| %s | %s | %s | %s | %s |\n", plain(c.ID), c.Level, plain(c.Title), came, strings.Join(cells(c.Lines()), "<br>")))
	}
}

// cells returns lines as they are joined in a table's cell.
func cells(lines []string) []string {
	var all []string
	for _, line := range lines {
		all = append(all, plain(line))
	}
	return all
}

// curls writes how to see each violation.
func (s *summary) curls(r *result.Result) {
	for _, c := range worst(r) {
		if line := curl(c); line != "" && !s.full {
			s.add("\nTo see " + plain(c.ID) + ":\n\n" + fenced(line))
		}
	}
}

// worst returns the clauses that were tested and are not kept, the worst first, and among equals those whose outcome counts.
func worst(r *result.Result) []result.Clause {
	rank := func(c result.Clause) int {
		if r.Decides(&c) {
			return 0
		}
		return 1
	}
	rows := slices.DeleteFunc(slices.Clone(r.Clauses), func(c result.Clause) bool {
		return c.Outcome == outcome.Kept || c.Outcome == outcome.NotTested || r.Summed(c)
	})
	slices.SortStableFunc(rows, func(one, other result.Clause) int {
		switch {
		case one.Outcome.Worse(other.Outcome):
			return -1
		case other.Outcome.Worse(one.Outcome):
			return 1
		default:
			return rank(one) - rank(other)
		}
	})
	return rows
}

// plain returns text, cut, for a line of Markdown that other words start. An invisible blank stands where GitHub would
// make a reference out of the text as shown (a mention, an issue's number, an address); a character reference stands for
// what Markdown (CommonMark, section 2.5) or HTML would read as more than itself.
func plain(text string) string {
	const invisible = "\u200b"
	var w strings.Builder
	runes := cut(text)
	for i, char := range runes {
		if char == '.' && i >= 3 && strings.EqualFold(string(runes[i-3:i]), "www") {
			w.WriteString(invisible) // after it, the dot would be read as one of an address still
		}
		switch {
		case char == '_' && within(runes, i): // as in the name of a variable
			w.WriteRune(char)
		case strings.ContainsRune("\\`*_[]|~$<>&!", char):
			fmt.Fprintf(&w, "&#%d;", char)
		default:
			w.WriteRune(char)
		}
		switch {
		case char == '@', char == '#', strings.HasPrefix(string(runes[i:min(i+3, len(runes))]), "://"):
			w.WriteString(invisible)
		case char == '-' && i >= 2 && strings.EqualFold(string(runes[i-2:i]), "gh"):
			w.WriteString(invisible)
		}
	}
	return w.String()
}

// within reports whether letters or digits are on both sides, where an underscore emphasizes nothing (CommonMark, section 6.2).
func within(runes []rune, i int) bool {
	return i > 0 && i+1 < len(runes) && alphanumeric(runes[i-1]) && alphanumeric(runes[i+1])
}

func alphanumeric(char rune) bool { return unicode.IsLetter(char) || unicode.IsDigit(char) }

// cut returns text on one line, and not too long.
func cut(text string) []rune {
	runes := []rune(oneLine(text))
	if len(runes) > longestCell {
		runes = append(runes[:longestCell], '…')
	}
	return runes
}

// code returns text, cut, as code within a line, which GitHub makes no references out of. It is not for tables.
func code(text string) string {
	text = string(cut(text))
	around := "`"
	for strings.Contains(text, around) {
		around += "`"
	}
	switch {
	case text == "":
		text = " "
	case len(around) > 1: // CommonMark, section 6.1: a blank on both sides is no part of it
		text = " " + text + " "
	}
	return around + text + around
}

// fenced returns a block of code, whose fence is longer than any in the text (CommonMark, section 4.5).
func fenced(text string) string {
	text = clean(text)
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence + "sh\n" + text + "\n" + fence + "\n"
}
