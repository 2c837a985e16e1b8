// Command pages makes up reports for a browser to open: `pages FOLDER` reads the result of a violating run from the
// folder violating in FOLDER, and writes the folders accepted, hostile and large beside it.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
)

// scenarios is how many the large page has at least.
const scenarios = 1000

func main() {
	if err := all(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func all(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("name one folder: the one that holds the folder violating")
	}
	for _, page := range []struct {
		name   string
		change func(*result.Result)
	}{
		{"accepted", accept},
		{"hostile", hostile},
		{"large", enlarge},
	} {
		r, err := read(filepath.Join(args[0], "violating", report.Name))
		if err != nil {
			return err
		}
		page.change(r)
		if err := write(filepath.Join(args[0], page.name), r); err != nil {
			return err
		}
	}
	return nil
}

func read(path string) (*result.Result, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("there is no result to render: %w", err)
	}
	var r result.Result
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("%s holds no result: %w", path, err)
	}
	return &r, nil
}

func write(dir string, r *result.Result) error {
	text, err := report.HTML(r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "report.html"), text, 0o644)
}

// accept makes known deviations of what is violated, and adds all that a run may have to say besides.
func accept(r *result.Result) {
	r.Insecure = true
	r.Partial = &result.Selection{Clauses: len(r.Clauses), Of: len(r.Clauses) + 1, By: []string{"-skip TestConformance/REQ-7"}}
	last := &r.Clauses[len(r.Clauses)-1]
	last.Scenarios = append(last.Scenarios, result.Scenario{
		Name: "A case that needs a setting", Outcome: outcome.NotTested, Setting: "KLEARSTACK_JWT_KEY", Reason: "set KLEARSTACK_JWT_KEY to the key that verifies the signatures",
	})
	r.Notes = []string{"The entry for ERR-6 in the deviations file has expired: it counts for nothing."}
	r.Changes = &result.Changes{
		Since: r.Start.Add(-24 * time.Hour), Broken: []string{"TOK-4"}, Kept: []string{"ERR-2", "REQ-5"},
		OldRelease: "7.8.8", NewRelease: r.Release,
	}
	entry := result.Deviation{
		Reason: "The access token lives 15 hours until the mobile client renews it by itself.", AcceptedBy: "R. Keller, head of QA", Expires: "2030-06-30",
	}
	for _, c := range r.Clauses {
		if c.Outcome == outcome.Violated {
			entry.Clause = c.ID
			r.Deviations = append(r.Deviations, entry)
		}
	}
	r.Deviations = append(r.Deviations, result.Deviation{
		Clause: "ERR-6", Reason: "Multipart errors said nothing.", AcceptedBy: "R. Keller, head of QA", Expires: "2026-01-31", State: result.StateExpired,
	})
	r.Judge()
}

// hostile puts text in that would run, load or leave its place, if it were not escaped.
func hostile(r *result.Result) {
	const text = `"'><script>document.title="run"</script></style></title></pre><img src="http://192.0.2.1/x" onerror="alert(1)">` +
		"javascript:alert(1) {{.}} \u2028\u202e\x00\x1b]0;x\x07"
	r.Partial = &result.Selection{Clauses: 1, Of: 46, By: []string{text}}
	r.NotTested = []result.Untested{{Clause: text, Reason: text, Cases: []string{text}, Of: 2}}
	r.Target, r.Suite, r.Release, r.Problem = r.Target+text, text, text, text
	r.Notes = []string{text}
	r.Changes = &result.Changes{Since: r.Start, Broken: []string{text}, OldRelease: text, NewRelease: text}
	r.Settings[text] = text
	for i := range r.Clauses {
		c := &r.Clauses[i]
		c.Title, c.Description, c.Source, c.Feature = text, text, text, text
		for j := range c.Scenarios {
			s := &c.Scenarios[j]
			s.Name, s.Reason, s.Curl = text, text, text
		}
	}
	for i := range r.Exchanges {
		e := &r.Exchanges[i]
		e.Shape, e.Method, e.URL, e.Body = text, text, text, text
		e.Header = append(e.Header, result.Field{Name: text, Value: text})
	}
}

// enlarge repeats what there is until there are enough scenarios.
func enlarge(r *result.Result) {
	clauses, exchanges := r.Clauses, r.Exchanges
	r.Clauses, r.Exchanges = nil, nil
	for round, made := 1, 0; made < scenarios; round++ {
		suffix := fmt.Sprintf(" (%d)", round)
		for _, e := range exchanges {
			e.Name += suffix
			r.Exchanges = append(r.Exchanges, e)
		}
		for _, c := range clauses {
			c.ID += fmt.Sprintf("-%d", round)
			c.Scenarios = slices.Clone(c.Scenarios)
			for i := range c.Scenarios {
				s := &c.Scenarios[i]
				s.Exchanges = slices.Clone(s.Exchanges)
				for j := range s.Exchanges {
					s.Exchanges[j] += suffix
				}
				made++
			}
			r.Clauses = append(r.Clauses, c)
		}
	}
}
