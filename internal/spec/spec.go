// Package spec reads the contract out of the features: its clauses, their levels and their scenarios.
package spec

import (
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/cucumber/godog"
	messages "github.com/cucumber/messages/go/v34"
)

// Level says what a clause rests on, and with that whether it gates (see package result).
type Level string

// The levels. All but Advisory gate: where such a clause is broken, the run fails.
const (
	Documented Level = "documented"
	Example    Level = "example"
	Implied    Level = "implied"
	Advisory   Level = "advisory"
)

// Levels returns all of them, in the order in which they are reported.
func Levels() []Level { return []Level{Documented, Example, Implied, Advisory} }

// Clause is one rule of the contract.
type Clause struct {
	ID          string // such as TOK-4
	Level       Level
	Title       string // the rule in a line
	Description string
	Source      string // where the clause comes from
	Feature     string // the name of its feature
	File        string
	Line        int
	Scenarios   []Scenario
}

// Scenario is one example of a clause.
type Scenario struct {
	Name  string // unique in the contract
	Line  int
	Steps []Step
}

// Step is one sentence of a scenario.
type Step struct {
	Keyword string `json:"keyword"` // Given, When, Then, And, But
	Text    string `json:"text"`
	Line    int    `json:"line"`
}

var clauseTag = regexp.MustCompile(`^@([A-Z]{2,4}-[0-9]+)$`)

// Paths returns the feature files of a file system in the order in which they are to be read.
func Paths(features fs.FS) ([]string, error) {
	paths, err := fs.Glob(features, "*.feature")
	if err != nil || len(paths) == 0 {
		return nil, fmt.Errorf("the features can't be read: build the suite again from its repository")
	}
	return paths, nil
}

// Read returns the clauses that have scenarios with the tags, in the order of the features. Tags are godog's tag
// expressions; "" selects everything.
func Read(features fs.FS, tags string) ([]Clause, error) {
	if err := wellFormed(tags); err != nil {
		return nil, err
	}
	paths, err := Paths(features)
	if err != nil {
		return nil, err
	}
	all, err := godog.TestSuite{Options: &godog.Options{FS: features, Paths: paths, Tags: tags}}.RetrieveFeatures()
	if err != nil {
		return nil, fmt.Errorf("the features or the tag expression %q can't be parsed: %w", tags, err)
	}
	var clauses []Clause
	for _, feature := range all {
		for _, pickle := range feature.Pickles {
			rule := feature.FindRule(pickle.AstNodeIds[0])
			if rule == nil {
				return nil, fmt.Errorf("%s: the scenario %q stands under no rule: move it under the rule of its clause", feature.Uri, pickle.Name)
			}
			id, level, err := tagged(rule)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", feature.Uri, rule.Location.Line, err)
			}
			if len(clauses) == 0 || clauses[len(clauses)-1].ID != id {
				clause := Clause{
					ID: id, Level: level, Title: rule.Name, Feature: feature.Feature.Name,
					File: feature.Uri, Line: int(rule.Location.Line),
				}
				clause.Description, clause.Source = described(rule.Description)
				clauses = append(clauses, clause)
			}
			last := &clauses[len(clauses)-1]
			last.Scenarios = append(last.Scenarios, scenario(feature, pickle))
		}
	}
	return clauses, nil
}

// parsed is a feature of godog's.
type parsed interface {
	FindScenario(id string) *messages.Scenario
	FindStep(id string) *messages.Step
}

func scenario(feature parsed, pickle *messages.Pickle) Scenario {
	s := Scenario{Name: pickle.Name, Line: int(feature.FindScenario(pickle.AstNodeIds[0]).Location.Line)}
	for _, step := range pickle.Steps {
		written := feature.FindStep(step.AstNodeIds[0])
		s.Steps = append(s.Steps, Step{
			Keyword: strings.TrimSpace(written.Keyword), Text: step.Text, Line: int(written.Location.Line),
		})
	}
	return s
}

var tagTerm = regexp.MustCompile(`^\s*~?@?[\w.-]+\s*$`)

// wellFormed says what is wrong with a tag expression, on which godog would panic or select nothing.
func wellFormed(tags string) error {
	for _, all := range strings.Split(tags, "&&") {
		for _, term := range strings.Split(all, ",") {
			if tags != "" && !tagTerm.MatchString(term) {
				return fmt.Errorf("the tag expression %q can't be read: write tags as @TOK-4, with a comma for or, && for and, and ~ for not", tags)
			}
		}
	}
	return nil
}

// tagged returns the one clause id and the one level among a rule's tags.
func tagged(rule *messages.Rule) (id string, level Level, err error) {
	var ids []string
	var levels []Level
	for _, tag := range rule.Tags {
		if found := clauseTag.FindStringSubmatch(tag.Name); found != nil {
			ids = append(ids, found[1])
		}
		for _, each := range Levels() {
			if tag.Name == "@"+string(each) {
				levels = append(levels, each)
			}
		}
	}
	if len(ids) != 1 || len(levels) != 1 {
		return "", "", fmt.Errorf("the rule %q has %d clause ids and %d levels: tag it with one of each", rule.Name, len(ids), len(levels))
	}
	return ids[0], levels[0], nil
}

// described parts a rule's description from the source that it ends with.
func described(text string) (description, source string) {
	text = strings.Join(strings.Fields(text), " ")
	description, source, _ = strings.Cut(text, "Source: ")
	return strings.TrimSpace(description), strings.TrimSuffix(source, ".")
}
