package report

import (
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

// labels are the outcomes as the page shows them, worst first.
func labels() []outcome.Kind {
	return []outcome.Kind{
		outcome.Violated, result.KnownDeviation, outcome.Inconclusive, outcome.NotJudged, outcome.NotTested, outcome.NotApplicable, outcome.Kept,
	}
}

// view is a result as the page shows it.
type view struct {
	*result.Result
	Policy    string
	Style     template.CSS
	Script    template.JS
	Meaning   string
	Selected  string // by what, where the run is partial
	Untested  []string
	Tally     tally
	Findings  []*clauseView // violated; and what could not be judged, unless that has one reason for all
	Groups    []*group      // by feature
	Lifetimes *lifetimes
	Latency   latency
	Exchanges []*exchangeView
}

// group is the clauses of a feature.
type group struct {
	Feature string
	Clauses []*clauseView
}

// clauseView is a clause with its anchor and the outcome that is shown.
type clauseView struct {
	*result.Clause
	Anchor    string
	Label     outcome.Kind
	Gates     bool
	Deviation *result.Deviation
	Scenarios []scenarioView
}

// scenarioView is a scenario with the exchanges that it asked for.
type scenarioView struct {
	*result.Scenario
	Label outcome.Kind
	Asked []*exchangeView
}

// exchangeView is an exchange with its anchor. Evidence is what a scenario that is not kept looked at.
type exchangeView struct {
	*result.Exchange
	Anchor   string
	Evidence bool
}

// tally counts the clauses by level and outcome.
type tally struct {
	Labels []outcome.Kind // those that occur
	Rows   []tallyRow
	Sums   []int
	All    int
}

type tallyRow struct {
	Level  spec.Level
	Gates  bool
	Counts []int // by label
	All    int
}

func show(r *result.Result) *view {
	v := &view{Result: r, Meaning: meaning(r), Untested: untested(r), Latency: measured(r)}
	if r.Partial != nil {
		v.Selected = selection(r)
	}
	exchanges := map[string]*exchangeView{}
	for i := range r.Exchanges {
		e := &exchangeView{Exchange: &r.Exchanges[i], Anchor: "exchange-" + strconv.Itoa(i+1)}
		v.Exchanges = append(v.Exchanges, e)
		exchanges[e.Name] = e
	}
	groups, anchors := map[string]*group{}, map[string]bool{}
	for i := range r.Clauses {
		c := showClause(r, &r.Clauses[i], exchanges)
		for c.Anchor = anchor(c.ID); anchors[c.Anchor]; {
			c.Anchor += "-" + strconv.Itoa(i+1)
		}
		anchors[c.Anchor] = true
		g := groups[c.Feature]
		if g == nil {
			g = &group{Feature: c.Feature}
			groups[c.Feature] = g
			v.Groups = append(v.Groups, g)
		}
		g.Clauses = append(g.Clauses, c)
	}
	v.Tally = count(r)
	v.Findings = findings(v.Groups, r)
	v.Lifetimes = drawn(r, v.Groups)
	return v
}

func showClause(r *result.Result, clause *result.Clause, exchanges map[string]*exchangeView) *clauseView {
	c := &clauseView{Clause: clause, Label: r.Label(clause), Gates: r.Gates(clause.Level), Deviation: r.Known(clause.ID)}
	for i := range clause.Scenarios {
		s := scenarioView{Scenario: &clause.Scenarios[i], Label: clause.Scenarios[i].Outcome}
		if c.Deviation != nil && s.Label == outcome.Violated {
			s.Label = c.Label
		}
		for _, name := range s.Exchanges {
			if e := exchanges[name]; e != nil {
				e.Evidence = e.Evidence || s.Outcome == outcome.Violated || s.Outcome == outcome.Inconclusive
				s.Asked = append(s.Asked, e)
			}
		}
		c.Scenarios = append(c.Scenarios, s)
	}
	return c
}

// anchor returns the clause's id as one that a link can point to: report.html#TOK-4.
func anchor(id string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
			return r
		}
		return '-'
	}, id)
}

// meaning says the verdict in a sentence.
func meaning(r *result.Result) string {
	switch broken := len(r.Violating()); {
	case r.Verdict == result.Violates && broken == 1:
		return "1 gating clause is violated."
	case r.Verdict == result.Violates:
		return fmt.Sprintf("%d gating clauses are violated.", broken)
	case r.Verdict == result.Stale:
		return "No gating clause is violated, but the deviations file lists one that is kept: take its entry out."
	case r.Verdict != result.Conforms && !r.Evaluated():
		return "Nothing is proven, as no clause could be evaluated."
	case undecided(r) != "":
		return "No gating clause is violated, but " + undecided(r) + "."
	case r.Verdict != result.Conforms:
		return "No gating clause is violated, but not all of them could be judged."
	case len(r.DeviationsThat(result.StateInForce)) > 0:
		return "Only gating clauses with a known and accepted deviation are violated."
	case len(r.NotTested) > 0, r.Partial != nil:
		return "Every gating clause that was tested is kept."
	default:
		return "Every gating clause that applies is kept."
	}
}

func count(r *result.Result) tally {
	t := tally{All: len(r.Clauses)}
	counts := r.Tally()
	for _, d := range r.DeviationsThat(result.StateInForce) {
		if c := r.Clause(d.Clause); c != nil {
			counts[c.Level][c.Outcome]--
			counts[c.Level][result.KnownDeviation]++
		}
	}
	for _, label := range labels() {
		sum := 0
		for _, level := range counts {
			sum += level[label]
		}
		if sum > 0 {
			t.Labels, t.Sums = append(t.Labels, label), append(t.Sums, sum)
		}
	}
	for _, level := range spec.Levels() {
		if counts[level] == nil {
			continue
		}
		row := tallyRow{Level: level, Gates: r.Gates(level)}
		for _, label := range t.Labels {
			row.Counts = append(row.Counts, counts[level][label])
			row.All += counts[level][label]
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// findings returns the clauses to look at, worst first, and those that gate before the others.
func findings(groups []*group, r *result.Result) []*clauseView {
	wanted := []outcome.Kind{outcome.Violated, result.KnownDeviation, outcome.Inconclusive, outcome.NotJudged}
	if r.Problem != "" {
		wanted = wanted[:2]
	}
	var all []*clauseView
	for _, gates := range []bool{true, false} {
		for _, label := range wanted {
			for _, g := range groups {
				for _, c := range g.Clauses {
					if c.Label == label && c.Gates == gates && !r.Summed(*c.Clause) {
						all = append(all, c)
					}
				}
			}
		}
	}
	return all
}

// words are the functions of the templates.
func words() template.FuncMap {
	escaped := strings.NewReplacer("\r", `\r`, "\n", `\n`)
	return template.FuncMap{
		"mark":     mark,
		"ms":       ms,
		"line":     escaped.Replace,
		"lines":    func(text string) []string { return strings.Split(strings.TrimRight(text, "\n"), "\n") },
		"day":      func(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04:05 UTC") },
		"stamp":    func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05 UTC") },
		"iso":      func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"took":     took,
		"repeated": repeated,
		"parts":    func(text string) []string { return strings.Split(text, "`") },
		"odd":      func(i int) bool { return i%2 == 1 },
		"anchor":   anchor,
	}
}

// mark is a sign for an outcome or a verdict, which does not rest on colour.
func mark(kind any) string {
	switch fmt.Sprint(kind) {
	case string(outcome.Kept), string(result.Conforms):
		return "✓"
	case string(outcome.Violated), string(result.Violates):
		return "✕"
	case string(outcome.Inconclusive): // a verdict of that name, too
		return "?"
	case string(result.KnownDeviation), string(result.Stale):
		return "!"
	case string(outcome.NotTested):
		return "○"
	default:
		return "–"
	}
}

// took writes a duration in milliseconds, in seconds, or in minutes and seconds.
func took(d time.Duration) string {
	switch {
	case d < time.Second:
		return strconv.FormatInt(d.Round(time.Millisecond).Milliseconds(), 10) + " ms"
	case d < time.Minute:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	default:
		return d.Round(time.Second).String()
	}
}

// ms writes milliseconds with three digits or all that stand before the point.
func ms(value float64) string {
	switch {
	case value < 10:
		return strconv.FormatFloat(value, 'f', 2, 64) + " ms"
	case value < 100:
		return strconv.FormatFloat(value, 'f', 1, 64) + " ms"
	default:
		return strconv.FormatFloat(value, 'f', 0, 64) + " ms"
	}
}
