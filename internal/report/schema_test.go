package report_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/spec"
	"github.com/klearstack/conformance/schemas"
)

// modelSchema compiles the schema of conformance.json.
func modelSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := schemas.Read(schemas.ConformanceReport)
	require.NoError(t, err)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	compiler := jsonschema.NewCompiler()
	require.NoError(t, compiler.AddResource(schemas.Base+schemas.ConformanceReport, document))
	compiled, err := compiler.Compile(schemas.Base + schemas.ConformanceReport)
	require.NoError(t, err)
	require.Equal(t, 7, compiled.DraftVersion)
	return compiled
}

func model(t *testing.T, r *result.Result) map[string]any {
	t.Helper()
	text, err := report.JSON(r)
	require.NoError(t, err)
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	return document.(map[string]any)
}

// everything is a result that has all there is, but for what excludes other things.
func everything() *result.Result {
	r := deviating("TOK-4", result.StateUnjudged,
		judged("OK-1", spec.Documented, outcome.Kept, ""),
		judged("TOK-4", spec.Example, outcome.Violated, nasty),
		judged("TOK-6", spec.Implied, outcome.NotJudged, "it builds on TOK-4: too long"),
		judged("REF-1", spec.Implied, outcome.Inconclusive, "locked"),
		judged("ADV-2", spec.Advisory, outcome.NotApplicable, "loopback"),
		judged("REF-4", spec.Advisory, outcome.NotTested, "set KLEARSTACK_OTHER_COMPANY_NAME"),
	)
	r.Clauses[5].Setting, r.Clauses[5].Scenarios[0].Setting = "KLEARSTACK_OTHER_COMPANY_NAME", "KLEARSTACK_OTHER_COMPANY_NAME"
	r.Judge()
	r.Strict, r.Insecure, r.Embedded = true, true, true
	r.Notes = []string{"A note."}
	r.Partial = &result.Selection{Clauses: 6, Of: 46, By: []string{"tags @x"}}
	r.Changes = &result.Changes{Since: r.Start, Broken: []string{"TOK-4"}, Kept: []string{"OK-1"}, OldRelease: "7.8.8", NewRelease: "7.8.9"}
	r.Lifetimes = &result.Lifetimes{Issued: r.Start, AccessExpires: r.Start.Add(time.Minute), RefreshExpires: r.Start.Add(time.Hour), Limits: limits()}
	r.Exchanges[1].Duration = 0
	field := []result.Field{{Name: "username", Value: ""}}
	r.Exchanges[0].Sent, r.Exchanges[0].Form, r.Exchanges[0].Header, r.Exchanges[0].Body = field, field, field, nasty
	return r
}

func TestModelIsAsItsSchemaSays(t *testing.T) {
	t.Parallel()
	absent := absentTarget(judged("OK-1", spec.Implied, outcome.Inconclusive, "it refuses connections"))
	absent.Exchanges = absent.Exchanges[1:]
	absent.Exchanges[0].Duration = 12.5
	absent.Latency = result.Latencies(absent.Exchanges)
	unchanged := everything()
	unchanged.Changes = &result.Changes{Since: time.Now()}
	for name, give := range map[string]*result.Result{
		"everything":   everything(),
		"unchanged":    unchanged,
		"conforming":   ran(judged("OK-1", spec.Documented, outcome.Kept, "")),
		"violating":    ran(judged("OK-1", spec.Documented, outcome.Violated, "why")),
		"inconclusive": ran(judged("OK-1", spec.Documented, outcome.Inconclusive, "why")),
		"stale":        deviating("OK-1", result.StateUnjudged, judged("OK-1", spec.Documented, outcome.Kept, "")),
		"expired":      deviating("OK-1", result.StateExpired, judged("OK-1", spec.Documented, outcome.Violated, "why")),
		"unjudged":     deviating("TOK-1", result.StateUnjudged, judged("OK-1", spec.Documented, outcome.Kept, "")),
		"problem":      absent,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for i := range give.Exchanges {
				give.Exchanges[i].Duration = max(0, give.Exchanges[i].Duration)
			}
			assert.NoError(t, modelSchema(t).Validate(model(t, give)))
		})
	}
}

// A member that is added to the model is added to its schema too, and one that is always written is required.
func TestSchemaKnowsTheWholeModel(t *testing.T) {
	t.Parallel()
	text, err := schemas.Read(schemas.ConformanceReport)
	require.NoError(t, err)
	var schema struct {
		part
		Definitions map[string]part
	}
	require.NoError(t, json.Unmarshal(text, &schema))
	for _, each := range []struct {
		of    any
		given part
	}{
		{result.Result{}, schema.part},
		{result.Selection{}, schema.Properties["partial"]},
		{result.Untested{}, schema.Definitions["untested"]},
		{result.Changes{}, schema.Properties["changes"]},
		{result.Lifetimes{}, schema.Properties["lifetimes"]},
		{result.Limit{}, schema.Definitions["limit"]},
		{result.Clause{}, schema.Definitions["clause"]},
		{result.Scenario{}, schema.Definitions["scenario"]},
		{spec.Step{}, schema.Definitions["step"]},
		{result.Violation{}, schema.Definitions["violation"]},
		{result.Deviation{}, schema.Definitions["deviation"]},
		{result.Latency{}, schema.Definitions["latency"]},
		{result.Exchange{}, schema.Definitions["exchange"]},
		{result.Field{}, schema.Definitions["field"]},
	} {
		kind := reflect.TypeOf(each.of)
		var members, always []string
		for i := range kind.NumField() {
			name, options, _ := strings.Cut(kind.Field(i).Tag.Get("json"), ",")
			members = append(members, name)
			if options != "omitempty" {
				always = append(always, name)
			}
		}
		assert.ElementsMatch(t, members, slices.Collect(maps.Keys(each.given.Properties)), kind.Name())
		assert.ElementsMatch(t, always, each.given.Required, kind.Name())
		assert.JSONEq(t, "false", string(each.given.Additional), kind.Name())
	}
}

// part is what the test reads of a schema.
type part struct {
	Properties map[string]part
	Required   []string
	Additional json.RawMessage `json:"additionalProperties"`
}

func TestSchemaRefusesBrokenModels(t *testing.T) {
	t.Parallel()
	schema := modelSchema(t)
	whole := everything()
	// The document is a tree of its own for every case.
	require.NoError(t, schema.Validate(model(t, whole)))
	for _, c := range []struct {
		name  string
		path  []any // of the object or array, from the top
		key   any
		value any // nil takes the member out
	}{
		{"no version of the schema", nil, "schema_version", nil},
		{"another version of the schema", nil, "schema_version", result.SchemaVersion + 1},
		{"no edition of the contract", nil, "contract_edition", nil},
		{"an edition that is no month", nil, "contract_edition", "2026"},
		{"no verdict", nil, "verdict", nil},
		{"another verdict", nil, "verdict", "fine"},
		{"an unknown member", nil, "extra", 1},
		{"a null start", nil, "start", json.RawMessage("null")},
		{"a start that is no time", nil, "start", "2026-02-28"},
		{"a negative duration", nil, "duration_ns", -1},
		{"a fraction of a nanosecond", nil, "duration_ns", 0.5},
		{"strict in words", nil, "strict", "true"},
		{"no clauses", nil, "clauses", []any{}},
		{"clauses that are null", nil, "clauses", json.RawMessage("null")},
		{"a setting of another program", []any{"settings"}, "PATH", "x"},
		{"a setting that is a number", []any{"settings"}, "KLEARSTACK_STRICT", 1},
		{"an empty problem", nil, "problem", ""},
		{"a clause's id", []any{"clauses", 0}, "id", "tok4"},
		{"a clause's level", []any{"clauses", 0}, "level", "optional"},
		{"a clause's outcome", []any{"clauses", 0}, "outcome", "passed"},
		{"a clause without words", []any{"clauses", 0}, "title", nil},
		{"a clause on no line", []any{"clauses", 0}, "line", 0},
		{"a clause's file elsewhere", []any{"clauses", 0}, "file", "../x.feature"},
		{"a clause without scenarios", []any{"clauses", 0}, "scenarios", []any{}},
		{"a reason for what is kept", []any{"clauses", 0}, "reason", "why"},
		{"no reason for what is not", []any{"clauses", 1}, "reason", nil},
		{"a clause's extra member", []any{"clauses", 0}, "extra", 1},
		{"a scenario without a reason", []any{"clauses", 1, "scenarios", 0}, "reason", nil},
		{"a scenario that builds on nothing", []any{"clauses", 2, "scenarios", 0}, "builds_on", ""},
		{"a scenario without steps", []any{"clauses", 0, "scenarios", 0}, "steps", []any{}},
		{"a step with another keyword", []any{"clauses", 0, "scenarios", 0, "steps", 0}, "keyword", "When "},
		{"a scenario that lacks another program's setting", []any{"clauses", 5, "scenarios", 0}, "setting", "PATH"},
		{"a partial run of nothing", []any{"partial"}, "clauses", 0},
		{"a partial run selected by nothing", []any{"partial"}, "by", []any{}},
		{"a count of no outcome", []any{"counts", "implied"}, "passed", 1},
		{"a count of no level", []any{"counts"}, "optional", map[string]any{}},
		{"what was not tested for want of nothing", []any{"not_tested", 0}, "setting", nil},
		{"what was not tested of no case", []any{"not_tested", 0}, "cases", []any{}},
		{"a deviation without a date", []any{"deviations", 0}, "expires", nil},
		{"a deviation of no date", []any{"deviations", 0}, "expires", "tomorrow"},
		{"a deviation nobody accepted", []any{"deviations", 0}, "accepted_by", ""},
		{"a deviation's state", []any{"deviations", 0}, "state", "open"},
		{"changes since never", []any{"changes"}, "since", nil},
		{"a new release without an old one", []any{"changes"}, "old_release_version", nil},
		{"a change of no clause", []any{"changes", "newly_broken"}, 0, "everything"},
		{"lifetimes without limits", []any{"lifetimes"}, "limits", nil},
		{"a limit of no token", []any{"lifetimes", "limits", 0}, "token", "id"},
		{"a limit of nothing", []any{"lifetimes", "limits", 0}, "least_s", 0},
		{"half of the lifetimes", []any{"lifetimes"}, "access_expires", nil},
		{"a latency of nothing", []any{"latency", 0}, "count", 0},
		{"a negative latency", []any{"latency", 0}, "min_ms", -1},
		{"an exchange without a name", []any{"exchanges", 0}, "name", nil},
		{"an exchange's status", []any{"exchanges", 0}, "status", 1000},
		{"an exchange with an answer and a problem", []any{"exchanges", 0}, "problem", "cut"},
		{"a field without a value", []any{"exchanges", 0, "header", 0}, "value", nil},
		{"a note that says nothing", []any{"notes"}, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			document := model(t, whole)
			var at any = document
			for _, step := range c.path {
				switch step := step.(type) {
				case string:
					at = at.(map[string]any)[step]
				case int:
					at = at.([]any)[step]
				}
				require.NotNil(t, at)
			}
			switch key := c.key.(type) {
			case int:
				at.([]any)[key] = c.value
			case string:
				object := at.(map[string]any)
				if c.value == nil {
					require.Contains(t, object, key)
					delete(object, key)
				} else {
					object[key] = c.value
				}
			}
			text, err := json.Marshal(document)
			require.NoError(t, err)
			broken, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
			require.NoError(t, err)
			assert.Error(t, schema.Validate(broken))
		})
	}
}
