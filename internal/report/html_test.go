package report_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
)

// element is a start tag of a page, with the text up to its end and the text of the elements within.
type element struct {
	name  string
	attr  map[string]string
	text  string
	above []*element
}

// pageOf returns the page of a result, and its elements in the order of their start tags. The page is written so that
// it is XML as well but for its style and script, and so every tag is known to be closed where it should be.
func pageOf(t *testing.T, r *result.Result) (page string, elements []*element) {
	t.Helper()
	text, err := report.HTML(r)
	require.NoError(t, err)
	page = string(text)
	decoder := xml.NewDecoder(strings.NewReader(regexp.MustCompile(`(?s)<(style|script)>.*?</(style|script)>`).ReplaceAllString(page, "<$1></$2>")))
	var open []*element
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name.Local, attr: map[string]string{}, above: slices.Clone(open)}
			for _, a := range token.Attr {
				e.attr[a.Name.Local] = a.Value
			}
			open, elements = append(open, e), append(elements, e)
		case xml.EndElement:
			open = open[:len(open)-1]
			if !slices.Contains([]string{"a", "b", "code", "i", "span", "time"}, token.Name.Local) {
				for _, e := range open {
					e.text += " " // what comes next stands apart
				}
			}
		case xml.CharData:
			for _, e := range open {
				e.text += string(token)
			}
		}
	}
	require.Empty(t, open)
	return page, elements
}

// named returns the elements of a name and, where it is not empty, a class.
func named(elements []*element, name, class string) []*element {
	var all []*element
	for _, e := range elements {
		if e.name == name && (class == "" || slices.Contains(strings.Fields(e.attr["class"]), class)) {
			all = append(all, e)
		}
	}
	return all
}

// flat returns a text with single spaces.
func flat(text string) string { return strings.Join(strings.Fields(text), " ") }

// told is a result that has something of everything.
func told() *result.Result {
	start := time.Date(2026, 2, 28, 23, 59, 58, 0, time.UTC)
	clause := func(id string, level spec.Level, feature string, kind outcome.Kind) result.Clause {
		c := result.Clause{
			ID: id, Level: level, Title: "words of " + id, Description: "from `iat` to `exp`", Source: "source of " + id,
			Feature: feature, File: "3-tokens.feature", Line: 7, Outcome: kind,
			Scenarios: []result.Scenario{{
				Name: "scenario of " + id, Line: 9, Outcome: kind, Exchanges: []string{"the ordinary login"},
				Steps: []spec.Step{{Keyword: "When", Text: "the user logs in", Line: 10}, {Keyword: "Then", Text: "step of " + id, Line: 11}},
			}},
		}
		if kind != outcome.Kept {
			c.Reason = "reason of " + id
			c.Scenarios[0].Reason = c.Reason
		}
		return c
	}
	broken := clause("TOK-4", spec.Documented, "Tokens", outcome.Violated)
	broken.Scenarios[0].Curl = "curl -X POST 'https://staging.example.com'"
	r := &result.Result{
		Suite: "v1.2.3", Target: "https://staging.example.com", Start: start, Duration: 1540 * time.Millisecond, Release: "7.8.9",
		Requests: 3, Insecure: true, Partial: &result.Selection{Clauses: 7, Of: 46, InPart: 1, By: []string{"tags @TOK-4"}}, Notes: []string{"a note"}, Settings: map[string]string{"KLEARSTACK_PASSWORD": "(set)"},
		Clauses: []result.Clause{
			clause("REQ-1", spec.Documented, "Requests", outcome.Kept),
			broken,
			clause("TOK-5", spec.Documented, "Tokens", outcome.Kept),
			clause("TOK-9", spec.Implied, "Tokens", outcome.NotApplicable),
			clause("REF-1", spec.Implied, "Refusals", outcome.Inconclusive),
			clause("REF-4", spec.Implied, "Refusals", outcome.NotTested),
			clause("ADV-3", spec.Advisory, "Good practice", outcome.NotJudged),
		},
		Changes: &result.Changes{Since: start.Add(-time.Hour), Broken: []string{"TOK-4"}, Kept: []string{"REQ-1"}, OldRelease: "7.8.8", NewRelease: "7.8.9"},
		Lifetimes: &result.Lifetimes{
			Issued: start, AccessExpires: start.Add(15 * time.Hour), RefreshExpires: start.Add(7 * 24 * time.Hour),
			Limits: limits(),
		},
		Latency: []result.Latency{{Shape: "POST urlencoded", Count: 2, Min: 1, Median: 15.5, P95: 30, Max: 30}},
		Exchanges: []result.Exchange{
			{
				Name: "the ordinary login", Shape: "POST urlencoded", Method: "POST", URL: "https://staging.example.com/x", Duration: 30,
				Form: []result.Field{{Name: "username", Value: "qa"}}, Status: 200, Header: []result.Field{{Name: "Date", Value: "now"}}, Body: "{}",
			},
			{Name: "the last", Shape: "POST urlencoded", Method: "POST", URL: "https://staging.example.com/x", Duration: 1, Status: 200},
			{Name: "unanswered", Shape: "GET query", Method: "GET", URL: "https://staging.example.com/y", Problem: "no answer within 10 s"},
		},
	}
	r.Judge()
	return r
}

func TestPage(t *testing.T) {
	t.Parallel()
	page, elements := pageOf(t, told())
	require.True(t, strings.HasPrefix(page, "<!DOCTYPE html>\n<html lang=\"en\">"))
	assert.Equal(t, "Verdict: violates (partial: 7 of 46 clauses, 1 in part)", named(elements, "h1", "")[0].text)
	assert.Equal(t, "violates (partial: 7 of 46 clauses, 1 in part): https://staging.example.com – conformance report", named(elements, "title", "")[0].text)
	text := flat(elements[0].text)
	for _, want := range []string{
		"✕ Verdict: violates (partial: 7 of 46 clauses, 1 in part) 1 gating clause is violated.", "Target https://staging.example.com", "Date 28 February 2026, 23:59:58 UTC",
		"Duration 1.5 s", "Requests sent 3", "Suite version v1.2.3", "release_version 7.8.9", "Advisories do not gate",
		"Certificates were not verified", "Notes a note", "Since the run of 2026-02-28 22:59:58 UTC", "Newly violated: TOK-4",
		"Signed off by", "Newly kept: REQ-1", "release_version is 7.8.9; it was 7.8.8", "KLEARSTACK_PASSWORD (set)",
		"1 gating clause is violated. Partial run 7 of 46 clauses were selected, 1 of them in part, by tags @TOK-4. Not tested REF-4 words of REF-4: reason of REF-4 Target",
	} {
		assert.Contains(t, text, want)
	}
	var findings []string
	for _, e := range named(elements, "li", "") {
		if e.above[len(e.above)-1].attr["class"] == "findings" {
			findings = append(findings, flat(e.text))
		}
	}
	assert.Equal(t, []string{
		"✕ violated TOK-4 words of TOK-4 documented reason of TOK-4",
		"? inconclusive REF-1 words of REF-1 implied reason of REF-1",
		"– not judged ADV-3 words of ADV-3 advisory, does not gate reason of ADV-3",
	}, findings, "the worst first, those that gate before the others")
}

func TestClausesOfThePage(t *testing.T) {
	t.Parallel()
	_, elements := pageOf(t, told())
	var order []string
	for _, e := range elements {
		switch {
		case e.name == "h3" && e.above[len(e.above)-1].attr["class"] == "group":
			order = append(order, e.text)
		case e.attr["class"] == "clause":
			order = append(order, e.attr["id"]+" "+e.attr["data-outcome"]+" "+e.attr["data-level"])
		}
	}
	assert.Equal(t, []string{
		"Requests", "REQ-1 kept documented",
		"Tokens", "TOK-4 violated documented", "TOK-5 kept documented", "TOK-9 not applicable implied",
		"Refusals", "REF-1 inconclusive implied", "REF-4 not tested implied", "Good practice", "ADV-3 not judged advisory",
	}, order)
	clauses := named(elements, "details", "clause")
	assert.Equal(t, "✕ violated TOK-4 words of TOK-4 reason of TOK-4 documented from iat to exp "+
		"Source: source of TOK-4 · 3-tokens.feature:7 ✕ violated scenario of TOK-4 reason of TOK-4 "+
		"When the user logs in Then step of TOK-4 See it yourself curl -X POST 'https://staging.example.com' "+
		"Exchanges: the ordinary login", flat(clauses[1].text))
	for i, c := range clauses {
		_, open := c.attr["open"]
		assert.Equal(t, i == 1, open, "what is violated is open")
	}
	assert.NotContains(t, clauses[0].text, "See it yourself")
}

// A feature whose clauses are not in one piece has one heading.
func TestAFeatureIsOneGroup(t *testing.T) {
	t.Parallel()
	r := told()
	r.Clauses[6].Feature = "Requests"
	_, elements := pageOf(t, r)
	assert.Len(t, named(elements, "section", "group"), 3)
}

func TestExchangesOfThePage(t *testing.T) {
	t.Parallel()
	page, elements := pageOf(t, told())
	var exchanges, evidence []string
	for _, e := range named(elements, "details", "exchange") {
		exchanges = append(exchanges, flat(e.text))
		if e.attr["data-evidence"] != "" {
			evidence = append(evidence, flat(e.text))
		}
	}
	assert.Equal(t, []string{
		"the ordinary login POST urlencoded 200 30.0 ms POST https://staging.example.com/x username = qa 200 Date: now {}",
		"the last POST urlencoded 200 1.00 ms POST https://staging.example.com/x 200",
		"unanswered GET query no answer 0.00 ms GET https://staging.example.com/y no answer within 10 s",
	}, exchanges)
	assert.Equal(t, exchanges[:1], evidence, "what a violation rests on is printed")
	assert.Equal(t, 1, strings.Count(page, "https://staging.example.com/y"), "an exchange stands in the page once")
	// A line break in a value makes no line of its own.
	r := told()
	r.Exchanges[0].Header[0].Value = "now\nForged: yes"
	page, _ = pageOf(t, r)
	assert.Contains(t, page, `now\nForged: yes`)
}

// Every link points to an element of the page, and no two elements have the same id.
func TestLinks(t *testing.T) {
	t.Parallel()
	r := told()
	twice := r.Clauses[1]
	r.Clauses = append(r.Clauses, twice)
	_, elements := pageOf(t, r)
	ids := map[string]bool{}
	for _, e := range elements {
		if id, has := e.attr["id"]; has {
			assert.False(t, ids[id], id)
			ids[id] = true
		}
	}
	for _, e := range elements {
		for _, name := range []string{"for", "aria-labelledby"} {
			for _, id := range strings.Fields(e.attr[name]) {
				assert.True(t, ids[id], id)
			}
		}
		if e.name == "a" {
			assert.True(t, ids[strings.TrimPrefix(e.attr["href"], "#")], e.attr["href"])
		}
	}
}

func TestVerdictOfThePage(t *testing.T) {
	t.Parallel()
	with := func(change func(*result.Result)) *result.Result {
		r := told()
		r.Clauses, r.Partial = r.Clauses[:3], nil
		change(r)
		r.Judge()
		return r
	}
	keep := func(r *result.Result) { r.Clauses[1].Outcome = outcome.Kept }
	entry := result.Deviation{Clause: "TOK-4", Reason: "the mobile client", AcceptedBy: "the head of QA", Expires: "2030-06-30"}
	for _, c := range []struct {
		name     string
		give     *result.Result
		verdict  string
		sign     string
		saying   string
		meaning  string
		label    string // of TOK-4
		contains []string
		lacks    []string
	}{
		{
			"conforming", with(keep), "conforms", "✓", "conforms", "Every gating clause that applies is kept.", "kept",
			[]string{"Nothing is violated, and nothing was left open."}, []string{"Known deviations", "Nothing could be judged"},
		},
		{
			"conforming but for what was not tested", with(func(r *result.Result) {
				keep(r)
				r.Clauses[2].Scenarios = append(r.Clauses[2].Scenarios, result.Scenario{
					Name: "with a key", Outcome: outcome.NotTested, Setting: "KLEARSTACK_JWT_KEY", Reason: "set KLEARSTACK_JWT_KEY",
				})
			}), "conforms", "✓", "conforms", "Every gating clause that was tested is kept.", "kept",
			[]string{"Not tested TOK-5 words of TOK-5: set KLEARSTACK_JWT_KEY (1 of 2 cases: with a key)", "Nothing that was tested is violated.", "○ not tested with a key"},
			[]string{"nothing was left open"},
		},
		{
			"a partial run", with(func(r *result.Result) {
				keep(r)
				r.Partial = &result.Selection{Clauses: 3, Of: 46, By: []string{"-run TestConformance/TOK"}}
			}), "conforms", "✓", "conforms (partial: 3 of 46 clauses)", "Every gating clause that was tested is kept.", "kept",
			[]string{"Partial run 3 of 46 clauses were selected, by -run TestConformance/TOK.", "Nothing that was tested is violated."}, []string{"nothing was left open"},
		},
		{
			"a self-test", with(func(r *result.Result) {
				keep(r)
				r.Embedded = true
			}), "conforms", "✓", "conforms (self-test: no deployment was tested)", "Every gating clause that applies is kept.", "kept",
			[]string{"Self-test of the conformance suite: conforms", "Self-test of the conformance suite · get_access_token"}, []string{"Conformance report", "Signed off by"},
		},
		{
			"nothing that was tested", with(func(r *result.Result) {
				r.Clauses = r.Clauses[1:2]
				r.Clauses[0].Outcome, r.Clauses[0].Reason = outcome.NotTested, "set KLEARSTACK_JWT_KEY"
			}), "inconclusive", "?", "inconclusive", "Nothing is proven, as no clause could be evaluated.", "not tested",
			[]string{"Nothing could be judged no selected clause was evaluated, so nothing is proven: TOK-4 is not tested (set KLEARSTACK_JWT_KEY)"},
			[]string{"nothing was left open", "Nothing that was tested"},
		},
		{
			"violating", with(func(*result.Result) {}), "violates", "✕", "violates", "1 gating clause is violated.", "violated", nil,
			[]string{"Known deviations", "nothing was left open"},
		},
		{
			"two violations", with(func(r *result.Result) { r.Clauses[0].Outcome = outcome.Violated }), "violates", "✕", "violates",
			"2 gating clauses are violated.", "violated", nil, nil,
		},
		{
			"inconclusive", with(func(r *result.Result) { r.Clauses[1].Outcome = outcome.Inconclusive }), "inconclusive", "?", "inconclusive",
			"No gating clause is violated, but not all could be judged: TOK-4.", "inconclusive", nil, nil,
		},
		{
			"a problem", with(func(r *result.Result) {
				r.Problem = "refuses connections\ncheck the address\n"
				r.Clauses[1].Outcome, r.Changes, r.Lifetimes, r.Latency, r.Exchanges = outcome.Inconclusive, nil, nil, nil, nil
			}), "inconclusive", "?", "inconclusive", "No gating clause is violated, but not all of them could be judged.", "inconclusive",
			[]string{
				"Nothing could be judged refuses connections check the address", "No login of this run told", "No request of this run was answered.",
				"This run sent no request.",
			},
			[]string{"Since the run"},
		},
		{
			"an empty run", &result.Result{Verdict: result.Inconclusive}, "inconclusive", "?", "inconclusive",
			"Nothing is proven, as no clause could be evaluated.", "",
			[]string{"No clause was judged.", "This run had no clauses.", "release_version not told", "No settings are noted of this run."}, []string{"nothing was left open"},
		},
		{
			"a known deviation", with(func(r *result.Result) {
				r.Deviations = []result.Deviation{entry, {Clause: "ERR-1", State: result.StateExpired}, {Clause: "ERR-2"}}
			}), "conforms", "✓", "conforms with 1 known deviation", "Only gating clauses with a known and accepted deviation are violated.",
			"known deviation", []string{
				"! known deviation TOK-4 words of TOK-4 reason of TOK-4 documented Known and accepted until 2030-06-30 by the head of QA: the mobile client",
				"TOK-4 in force the mobile client the head of QA 2030-06-30", "ERR-1 expired", "ERR-2 not judged",
			}, []string{"✕"},
		},
		{
			"a stale deviation", with(func(r *result.Result) {
				keep(r)
				r.Deviations = []result.Deviation{entry}
			}), "conforms, but the deviations file is stale", "!", "conforms, but the deviations file is stale",
			"No gating clause is violated, but the deviations file lists one that is kept: take its entry out.", "kept",
			[]string{"TOK-4 stale remove it from the deviations file the mobile client"}, nil,
		},
		{
			"strict, and nothing changed", with(func(r *result.Result) {
				keep(r)
				r.Strict, r.Changes = true, &result.Changes{}
			}), "conforms", "✓", "conforms", "Every gating clause that applies is kept.", "kept",
			[]string{"Nothing has changed", "Advisories gate, as strict asks for"}, []string{"Newly"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, elements := pageOf(t, c.give)
			banner := named(elements, "div", "verdict")[0]
			assert.Equal(t, c.verdict, banner.attr["data-verdict"])
			assert.Equal(t, c.sign+" Verdict: "+c.saying+" "+c.meaning, flat(banner.text))
			for _, e := range named(elements, "details", "clause") {
				if e.attr["id"] == "TOK-4" {
					assert.Equal(t, c.label, e.attr["data-outcome"])
				}
			}
			text := flat(elements[0].text)
			for _, want := range c.contains {
				assert.Contains(t, text, want)
			}
			for _, unwanted := range c.lacks {
				assert.NotContains(t, text, unwanted)
			}
		})
	}
}

// fill puts a text into every string that a value holds.
func fill(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer:
		if !v.IsNil() && v.Elem().Type() != reflect.TypeFor[time.Location]() {
			fill(v.Elem(), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(v.Field(i), text)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			fill(v.Index(i), text)
		}
	case reflect.Map:
		if v.Type().Elem().Kind() != reflect.String {
			return // numbers
		}
		v.Clear()
		v.SetMapIndex(reflect.ValueOf(text), reflect.ValueOf(text))
	default:
	}
}

func TestHostileTextStaysText(t *testing.T) {
	t.Parallel()
	harmless, plain := pageOf(t, hostileWith("text"))
	for _, text := range []string{
		`<script>alert(1)</script>`, `</script><script>alert(1)</script>`, `</style><style>*{display:none}</style>`, `</title></pre></svg>`,
		`" onmouseover="alert(1)`, `' onmouseover='alert(1)`, "` onmouseover=`alert(1)", `javascript:alert(1)`, `<!-- `, `]]>`, `{{.Problem}}`,
		"\u2028\u2029", "\x00\x01\b\x1b[31m\x7f\u0085", "\u202eevil\u2066", "\ufeff\ufffe", "\xff\xfe broken", "a\r\nb\rc", `&lt;b&gt; &amp;`,
		`<img src=x onerror=alert(1)>`, `https://192.0.2.1/" src="https://192.0.2.1/x`, ``,
	} {
		t.Run(fmt.Sprintf("%+q", text), func(t *testing.T) {
			t.Parallel()
			page, elements := pageOf(t, hostileWith(text))
			if text != "" {
				assert.Equal(t, shapes(plain), shapes(elements), "no element and no attribute more or less")
			}
			assert.Equal(t, between(harmless, "<style>", "</style>"), between(page, "<style>", "</style>"))
			assert.Equal(t, between(harmless, "<script>", "</script>"), between(page, "<script>", "</script>"))
			assert.NotRegexp(t, `[\x00-\x08\x0b-\x1f\x7f-\x{9f}\x{2028}\x{2029}\x{202a}-\x{202e}\x{2066}-\x{2069}\x{feff}]`, page)
			selfContained(t, elements)
		})
	}
}

// shapes are the elements and how many attributes they have, but for those that stand for a line of text or for code.
func shapes(elements []*element) []string {
	var all []string
	for _, e := range elements {
		if e.name != "p" && e.name != "code" {
			all = append(all, fmt.Sprintf("%s %d", e.name, len(e.attr)))
		}
	}
	return all
}

func hostileWith(text string) *result.Result {
	r := told()
	r.Deviations = []result.Deviation{{}}
	fill(reflect.ValueOf(r).Elem(), text)
	return r
}

func between(text, from, to string) string {
	_, after, _ := strings.Cut(text, from)
	before, _, _ := strings.Cut(after, to)
	return before
}

// selfContained fails on an attribute that loads, leaves or runs something.
func selfContained(t *testing.T, elements []*element) {
	t.Helper()
	for _, e := range elements {
		assert.NotContains(t, []string{"img", "iframe", "object", "embed", "base", "video", "audio", "image", "use"}, e.name)
		for name, value := range e.attr {
			assert.NotContains(t, []string{"src", "srcset", "action", "formaction", "style", "ping", "xmlns"}, name)
			assert.False(t, strings.HasPrefix(name, "on"), name)
			if name == "href" && value != "data:," {
				assert.Regexp(t, `^#[A-Za-z0-9-]*$`, value)
			}
		}
	}
}

// Nothing that is shown gets lost on its way.
func TestTextIsWhole(t *testing.T) {
	t.Parallel()
	r := told()
	const text = `<b>&amp; "quoted" 'it' é 世界 👩‍👩‍👧 +`
	r.Exchanges[0].Body = text
	page, elements := pageOf(t, r)
	assert.Contains(t, elements[0].text, text)
	assert.Contains(t, html.UnescapeString(page), text)
	r.Exchanges[0].Body = "a\x1bb\u202ec\r\nd\re"
	page, _ = pageOf(t, r)
	assert.Contains(t, page, "a\\u001bb\\u202ec\nd\\u000de")
}

func TestPolicyAllowsThePageItselfAlone(t *testing.T) {
	t.Parallel()
	page, elements := pageOf(t, told())
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	var policy string
	for _, e := range named(elements, "meta", "") {
		if e.attr["http-equiv"] == "Content-Security-Policy" {
			policy = e.attr["content"]
		}
	}
	style, script := between(page, "<style>", "</style>"), between(page, "<script>", "</script>")
	assert.Equal(t, "default-src 'none'; style-src "+hash(style)+"; script-src "+hash(script)+
		"; img-src data:; base-uri 'none'; form-action 'none'", policy)
	assert.Equal(t, 1, strings.Count(page, "<style>"))
	assert.Equal(t, 1, strings.Count(page, "<script>"))
	for _, text := range []string{style, script} {
		assert.NotRegexp(t, `https?:|url\(|@import|fetch|XMLHttpRequest|innerHTML|eval`, text)
		assert.NotContains(t, text, "</")
	}
	assert.NotRegexp(t, `transition|animation|smooth`, style+script, "nothing moves, whoever asks for less motion")
	selfContained(t, elements)
}

func TestHeadingsAndLandmarks(t *testing.T) {
	t.Parallel()
	_, elements := pageOf(t, told())
	for _, name := range []string{"header", "nav", "main", "footer", "h1"} {
		assert.Len(t, named(elements, name, ""), 1, name)
	}
	level := 0
	for _, e := range elements {
		if regexp.MustCompile(`^h[1-6]$`).MatchString(e.name) {
			next := int(e.name[1] - '0')
			assert.LessOrEqual(t, next, level+1, e.text)
			assert.NotEmpty(t, flat(e.text))
			level = next
		}
	}
	for _, e := range named(elements, "th", "") {
		assert.NotEmpty(t, e.attr["scope"], e.text)
	}
	for _, e := range named(elements, "input", "") {
		labelled := slices.ContainsFunc(e.above, func(above *element) bool { return above.name == "label" }) ||
			slices.ContainsFunc(elements, func(label *element) bool { return label.name == "label" && label.attr["for"] == e.attr["id"] })
		assert.True(t, labelled, e.attr)
	}
}

// The filter's boxes are hidden until the script that they need runs, and start from what there is.
func TestFilterOffersWhatThereIs(t *testing.T) {
	t.Parallel()
	_, elements := pageOf(t, told())
	form := named(elements, "form", "")[0]
	assert.Contains(t, form.attr, "hidden")
	var boxes []string
	for _, e := range named(elements, "label", "") {
		boxes = append(boxes, flat(e.text))
	}
	assert.Equal(t, []string{
		"violated 1", "inconclusive 1", "not judged 1", "not tested 1", "not applicable 1", "kept 2", "documented 3", "implied 3", "advisory 1", "Search",
	}, boxes)
	tally := flat(named(elements, "table", "tally")[0].text)
	assert.Contains(t, tally, "documented 1 0 0 0 0 2 3 implied 0 1 0 1 1 0 3 advisory does not gate 0 0 1 0 0 0 1 all 1 1 1 1 1 2 7")
}

// Twice as many scenarios make a page about twice as long.
func TestPageGrowsByItsScenarios(t *testing.T) {
	t.Parallel()
	size := func(scenarios int) int {
		r := told()
		clauses, exchanges := r.Clauses, r.Exchanges
		r.Clauses, r.Exchanges = nil, nil
		for i := range scenarios {
			c, e := clauses[1], exchanges[0]
			c.ID = fmt.Sprintf("TOK-%04d", i+1000)
			e.Name = fmt.Sprintf("login %04d", i)
			c.Scenarios = slices.Clone(c.Scenarios)
			c.Scenarios[0].Exchanges = []string{e.Name}
			r.Clauses, r.Exchanges = append(r.Clauses, c), append(r.Exchanges, e)
		}
		text, err := report.HTML(r)
		require.NoError(t, err)
		return len(text)
	}
	none, some, many := size(0), size(500), size(1000)
	assert.InEpsilon(t, 2*(some-none), many-none, 0.01)
	assert.Less(t, many, 3_000_000)
}

// Making a page changes nothing of the result, and the same result makes the same page.
func TestPageLeavesTheResult(t *testing.T) {
	t.Parallel()
	r := told()
	first, err := report.HTML(r)
	require.NoError(t, err)
	second, err := report.HTML(r)
	require.NoError(t, err)
	assert.Equal(t, string(first), string(second))
	assert.Equal(t, told(), r)
}
