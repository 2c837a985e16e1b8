package report

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/result"
)

// The statuses of Cucumber's steps.
const (
	passed  = "passed"
	failed  = "failed"
	pending = "pending"
	skipped = "skipped"
)

type cucumberFeature struct {
	URI         string            `json:"uri"`
	ID          string            `json:"id"`
	Keyword     string            `json:"keyword"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	Line        int               `json:"line"`
	Elements    []cucumberElement `json:"elements"`
}

type cucumberElement struct {
	ID          string         `json:"id"`
	Keyword     string         `json:"keyword"`
	Type        string         `json:"type"`
	Name        string         `json:"name"`
	Description string         `json:"description"`
	Line        int            `json:"line"`
	Tags        []cucumberTag  `json:"tags"`
	Steps       []cucumberStep `json:"steps"`
}

type cucumberTag struct {
	Name string `json:"name"`
	Line int    `json:"line"`
}

type cucumberStep struct {
	Keyword string         `json:"keyword"` // ends in a blank
	Name    string         `json:"name"`
	Line    int            `json:"line"`
	Match   cucumberMatch  `json:"match"`
	Result  cucumberResult `json:"result"`
	Output  []string       `json:"output,omitempty"`
}

type cucumberMatch struct {
	Location string `json:"location"`
}

type cucumberResult struct {
	Status   string `json:"status"`
	Duration int64  `json:"duration"` // in nanoseconds
	Error    string `json:"error_message,omitempty"`
}

// Cucumber returns the result in the JSON format of Cucumber, which the tools around it read. That format knows no rules:
// each scenario has its rule's tags, and its rule in its description. A scenario's last step carries what the scenario
// came to and how long its exchanges took.
func Cucumber(r *result.Result) ([]byte, error) {
	all := []cucumberFeature{}
	took := durations(r)
	for _, clauses := range byFeature(r.Clauses) {
		first := clauses[0]
		feature := cucumberFeature{
			URI: featurePath(first), ID: slug(first.Feature), Keyword: "Feature", Name: first.Feature,
			Description: clean(about(r)), Line: 1, Elements: []cucumberElement{},
		}
		for _, c := range clauses {
			for _, s := range c.Scenarios {
				feature.Elements = append(feature.Elements, cucumberElement{
					ID:      strings.Join([]string{feature.ID, slug(c.Title), slug(s.Name)}, ";"),
					Keyword: "Scenario", Type: "scenario", Name: s.Name, Description: rule(c), Line: s.Line,
					Tags:  []cucumberTag{{"@" + c.ID, c.Line}, {"@" + string(c.Level), c.Line}},
					Steps: cucumberSteps(r, c, s, took.of(s).Nanoseconds()),
				})
			}
		}
		all = append(all, feature)
	}
	text, err := json.MarshalIndent(all, "", "  ")
	return append(text, '\n'), err
}

// about says of the whole run what a reader of its scenarios has to know: the format has no place for that but the
// descriptions of features.
func about(r *result.Result) string {
	lines := []string{"Verdict: " + r.String()}
	if r.Doubt != "" {
		lines = append(lines, "Inconclusive: "+r.Doubt)
	}
	if r.Partial != nil {
		lines = append(lines, "Selected: "+selection(r))
	}
	for _, line := range untested(r) {
		lines = append(lines, "Not tested: "+line)
	}
	return strings.Join(lines, "\n")
}

// rule tells of the rule that a scenario is an example of.
func rule(c result.Clause) string {
	text := fmt.Sprintf("Rule: %s", c.Title)
	if c.Description != "" {
		text += "\n" + c.Description
	}
	return text + "\nSource: " + c.Source
}

func cucumberSteps(r *result.Result, c result.Clause, s result.Scenario, took int64) []cucumberStep {
	status, message := status(r, c, s)
	steps := []cucumberStep{}
	for _, step := range s.Steps {
		made := cucumberStep{
			Keyword: step.Keyword + " ", Name: step.Text, Line: step.Line,
			Match:  cucumberMatch{fmt.Sprintf("%s:%d", featurePath(c), step.Line)},
			Result: cucumberResult{Status: passed},
		}
		if status == skipped {
			made.Result.Status = skipped
		}
		steps = append(steps, made)
	}
	if len(steps) == 0 {
		return steps
	}
	last := &steps[len(steps)-1]
	last.Result.Status, last.Result.Duration = status, took
	switch {
	case message == "":
	case status == passed:
		last.Output = []string{message}
	default:
		last.Result.Error = message
	}
	return steps
}

// status says what a scenario is in Cucumber's words, and why. What does not count for the verdict fails here no more
// than it does in junit.xml.
func status(r *result.Result, c result.Clause, s result.Scenario) (status, message string) {
	if r.Problem != "" {
		return pending, clean(r.Problem)
	}
	why := clean(details(c, s))
	switch said := remark(r, c, s); {
	case s.Outcome == outcome.NotTested, s.Outcome == outcome.NotApplicable, s.Outcome == outcome.NotJudged && !r.DecidesIn(&c, &s):
		return skipped, why
	case said != "":
		return passed, clean(said)
	case s.Outcome == outcome.Kept:
		return passed, ""
	case s.Outcome == outcome.Violated:
		return failed, why
	default:
		return pending, why
	}
}

// slug is a name as Cucumber has it in ids.
func slug(name string) string {
	return strings.Map(func(char rune) rune {
		if unicode.IsSpace(char) || char == ';' { // a semicolon parts the names in an id
			return '-'
		}
		return unicode.ToLower(char)
	}, name)
}
