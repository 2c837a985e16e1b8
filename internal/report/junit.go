package report

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/jstemmer/go-junit-report/v2/junit"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/result"
)

// JUnit returns the result in the format that CI systems read, as Jenkins's schema junit-10.xsd describes it: a suite per
// feature, a test case per scenario. Something failed or erred in it exactly where the verdict is violates or
// inconclusive; a stale deviation, which is no fault of the target, is told in the output of its clause's cases.
func JUnit(r *result.Result) ([]byte, error) {
	suites := junit.Testsuites{Name: "conformance", Time: seconds(r.Duration)}
	took := durations(r)
	for _, feature := range byFeature(r.Clauses) {
		suite := newSuite(r, feature[0].Feature, len(suites.Suites))
		var total time.Duration
		for _, c := range feature {
			for _, s := range c.Scenarios {
				lasted := took.of(s).Round(time.Millisecond) // as it is written, so that the sum is right
				total += lasted
				suite.AddTestcase(testcase(r, c, s, lasted))
			}
		}
		suite.Time = seconds(total)
		suites.AddSuite(suite)
	}
	if suites.Tests == 0 { // or else a run of nothing looks like one that went well
		suite := newSuite(r, "conformance", len(suites.Suites))
		suite.Time = seconds(0)
		suite.AddTestcase(junit.Testcase{Name: "The run", Classname: "conformance.run", Time: seconds(0), Error: unjudged(r)})
		suites.AddSuite(suite)
	}
	suites.Skipped = 0 // the schema knows this count of a suite only
	var text bytes.Buffer
	text.WriteString(xml.Header)
	if err := suites.WriteXML(&text); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

func newSuite(r *result.Result, name string, id int) junit.Testsuite {
	suite := junit.Testsuite{Name: clean(name), ID: id}
	if !r.Start.IsZero() {
		suite.SetTimestamp(r.Start.UTC())
	}
	selected := ""
	if r.Partial != nil {
		selected = selection(r)
	}
	for _, p := range []junit.Property{
		{Name: "target", Value: r.Target},
		{Name: "suite_version", Value: r.Suite},
		{Name: "release_version", Value: r.Release},
		{Name: "verdict", Value: r.String()},
		{Name: "inconclusive", Value: r.Doubt},
		{Name: "selected", Value: selected},
		{Name: "not_tested", Value: strings.Join(untested(r), "\n")},
	} {
		if p.Value != "" {
			suite.AddProperty(p.Name, clean(p.Value))
		}
	}
	return suite
}

func testcase(r *result.Result, c result.Clause, s result.Scenario, took time.Duration) junit.Testcase {
	made := junit.Testcase{Name: clean(s.Name), Classname: clean(c.Feature + "." + c.ID), Time: seconds(took)}
	if r.Problem != "" {
		made.Error = unjudged(r)
		return made
	}
	came := &junit.Result{Message: clean(s.Reason), Type: string(s.Outcome), Data: clean(details(c, s))}
	switch said := remark(r, c, s); {
	case s.Outcome == outcome.NotTested, s.Outcome == outcome.NotApplicable:
		made.Skipped = came
	case s.Outcome == outcome.NotJudged && (!r.DecidesIn(&c, &s) || r.Reported(s.BuildsOn)):
		// The clause that it builds on is told of already. Where nothing tells, it leaves the run inconclusive: an error.
		made.Skipped = came
	case said != "":
		made.SystemOut = &junit.Output{Data: clean(said)}
	case s.Outcome == outcome.Violated:
		made.Failure = came
	case s.Outcome != outcome.Kept:
		made.Error = came
	}
	return made
}

// unjudged says why the whole run is inconclusive.
func unjudged(r *result.Result) *junit.Result {
	why := r.Problem
	if why == "" {
		why = "no scenario was run: check which were selected"
	}
	return &junit.Result{Message: clean(oneLine(why)), Type: string(result.Inconclusive), Data: clean(why)}
}

// details tells what a reader needs to look into a scenario that is not kept.
func details(c result.Clause, s result.Scenario) string {
	text := fmt.Sprintf("%s\n\n%s (%s): %s\nSource: %s\nSee %s:%d", strings.Join(s.Lines(), "\n"), c.ID, c.Level, c.Title, c.Source, featurePath(c), s.Line)
	if s.Curl != "" {
		text += "\nTo see it: " + s.Curl
	}
	return text
}

// remark says what is notable of a scenario that neither fails a build nor is left out; "" if nothing.
func remark(r *result.Result, c result.Clause, s result.Scenario) string {
	if s.Outcome == outcome.Kept {
		for _, d := range r.DeviationsThat(result.StateStale) {
			if d.Clause == c.ID {
				return fmt.Sprintf("%s is kept: %s", c.ID, d.Remedy())
			}
		}
		return ""
	}
	if known := r.Known(c.ID); known != nil {
		return fmt.Sprintf("known deviation: %s (accepted by %s until %s)\n%s: %s", known.Reason, known.AcceptedBy, known.Expires, s.Outcome, details(c, s))
	}
	if !r.DecidesIn(&c, &s) {
		return fmt.Sprintf("%s, which does not gate: %s: %s", c.Level, s.Outcome, details(c, s))
	}
	return ""
}

// byFeature parts clauses by feature, in the order in which the features come first.
func byFeature(clauses []result.Clause) [][]result.Clause {
	var features [][]result.Clause
	at := map[string]int{}
	for _, c := range clauses {
		i, known := at[c.Feature]
		if !known {
			i = len(features)
			at[c.Feature], features = i, append(features, nil)
		}
		features[i] = append(features[i], c)
	}
	return features
}

// timing is how long each exchange took, by name.
type timing map[string]time.Duration

func durations(r *result.Result) timing {
	all := timing{}
	for _, e := range r.Exchanges {
		all[e.Name] = max(0, time.Duration(e.Duration*float64(time.Millisecond)))
	}
	return all
}

// of is how long the exchanges took that a scenario asked for. Those that others asked for too count for each.
func (t timing) of(s result.Scenario) time.Duration {
	var sum time.Duration
	for _, name := range s.Exchanges {
		sum += t[name]
	}
	return sum
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f", max(0, d).Seconds()) }

// featurePath is where a clause's feature stands in the repository.
func featurePath(c result.Clause) string { return "features/" + c.File }

// clean takes out what XML 1.0 (section 2.2) forbids, and all else that is to steer a display: control characters but
// line breaks and tabs, and changes of the writing direction.
func clean(text string) string {
	return strings.Map(func(char rune) rune {
		switch {
		case char == '\n' || char == '\t':
			return char
		case unicode.IsControl(char), unicode.Is(unicode.Bidi_Control, char), unicode.Is(unicode.Noncharacter_Code_Point, char):
			return -1
		default:
			return char
		}
	}, text)
}

// oneLine is text on one line.
func oneLine(text string) string { return strings.Join(strings.Fields(clean(text)), " ") }
