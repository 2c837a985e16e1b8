package suite_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
	"github.com/klearstack/conformance/suite"
)

// Every fault makes the suite say that its clause is violated, and no other but those that the catalogue justifies. With
// -short, one fault of each clause is tried.
func TestEveryFaultBreaksItsClauseAlone(t *testing.T) {
	t.Parallel()
	clause := ""
	for i, f := range fault.Catalogue() {
		if testing.Short() && f.Clause == clause {
			continue
		}
		clause = f.Clause
		t.Run(f.Clause+"/"+f.Name, func(t *testing.T) {
			t.Parallel()
			var seen canaries
			result, _ := runWatched(t, serveFault(t, f, seen.watch), &seen, formats()[i%len(formats())])

			want := map[string]bool{f.Clause: true}
			for _, also := range f.AlsoBreaks {
				want[also.Clause] = true
			}
			violated := map[string]bool{}
			reasons := map[string]string{}
			gates := false
			for _, clause := range result.Clauses {
				if clause.Outcome == outcome.Violated {
					violated[clause.ID] = true
					gates = gates || result.Gates(clause.Level)
				}
				if clause.Outcome != outcome.Kept {
					reasons[clause.ID] = string(clause.Outcome) + ": " + clause.Reason
				}
			}
			assert.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(violated)), "%s\n%v", f.Sentence, reasons)
			if gates {
				assert.Equal(t, suite.Violates, result.Verdict)
			}
			assertExplained(t, result)
		})
	}
}

// assertExplained asserts that what a fault leaves unjudged names a clause that is not kept either, and that nothing is left open
// but what takes a second login, or a second wrong password after one.
func assertExplained(t *testing.T, result suite.Result) {
	t.Helper()
	for _, c := range result.Clauses {
		switch c.Outcome {
		case outcome.NotJudged:
			root := clause(t, result, c.BuildsOn).Outcome
			assert.Contains(t, []outcome.Kind{outcome.Violated, outcome.NotJudged, outcome.Inconclusive}, root, "%s builds on %s, which is %s", c.ID, c.BuildsOn, root)
		case outcome.Inconclusive:
			if c.ID != "REF-1" || clause(t, result, "OK-5").Outcome != outcome.Violated {
				assert.Equal(t, "TOK-8", c.ID, c.Reason)
			}
		default: // kept, violated or not applicable
		}
	}
}

// Whoever selects a clause alone learns what breaks it: what its scenarios compare with is sent too.
func TestEveryFaultIsSeenByItsClauseAlone(t *testing.T) {
	t.Parallel()
	elsewhere := map[string]bool{ // seen in requests that only scenarios of other clauses ask for
		"gzip-of-errors-not-offered": true, "refusal-with-tokens": true, "refusal-echoes-password": true,
		"refusal-echoes-password-in-sentence": true, "refusal-echoes-password-escaped": true, "refusal-echoes-wrapped-base64-of-form": true,
		"query-password-echoed": true, "query-password-echoed-beside-url": true, "query-with-python-trace": true, "query-with-tokens": true,
		"other-methods-echo-form": true, "refusal-redirected": true, "missing-error-redirected": true,
	}
	clause := ""
	for _, f := range fault.Catalogue() {
		if testing.Short() && f.Clause == clause {
			continue
		}
		clause = f.Clause
		t.Run(f.Clause+"/"+f.Name, func(t *testing.T) {
			t.Parallel()
			result, err := suite.Run(t.Context(), suite.Options{Settings: serveFault(t, f, func(*reference.Config) {}), Tags: "@" + f.Clause})
			require.NoError(t, err)
			if elsewhere[f.Name] {
				assert.Empty(t, clausesThatAre(result, outcome.Violated))
				return
			}
			assert.Equal(t, []string{f.Clause}, clausesThatAre(result, outcome.Violated), f.Sentence)
		})
	}
}

// Every clause has a fault, and no fault is of a clause that does not exist.
func TestEveryClauseHasAFault(t *testing.T) {
	t.Parallel()
	result, err := suite.Run(t.Context(), suite.Options{Settings: quiet(suite.Defaults())})
	require.NoError(t, err)
	clauses := map[string]bool{}
	for _, clause := range result.Clauses {
		clauses[clause.ID] = true
	}
	faulty := map[string]bool{}
	for _, f := range fault.Catalogue() {
		faulty[f.Clause] = true
		for _, also := range f.AlsoBreaks {
			assert.True(t, clauses[also.Clause], "%s also breaks %s", f.Name, also.Clause)
		}
	}
	assert.Equal(t, slices.Sorted(maps.Keys(clauses)), slices.Sorted(maps.Keys(faulty)))
}

// serveFault starts a reference server with a fault, and returns the settings that point the suite at it. Watch sees
// what the fault has made of the configuration.
func serveFault(t *testing.T, f fault.Fault, watch func(*reference.Config)) suite.Settings {
	t.Helper()
	return serve(t, func(config *reference.Config) {
		f.Apply(config)
		watch(config)
	}, f.Serving == fault.UnverifiedTLS)
}

// serve starts a reference server, changed if need be, and returns the settings that point the suite at it by URL.
func serve(t *testing.T, change func(*reference.Config), unverified bool) suite.Settings {
	t.Helper()
	config := reference.Default()
	settings := quiet(suite.Defaults())
	settings.Username, settings.Password, settings.CompanyName = config.Users[0].Username, config.Users[0].Password, config.Users[0].Company
	settings.OtherCompanyName = config.Users[1].Company
	settings.JWTKey = string(config.Key)
	if change != nil {
		change(&config)
	}
	handler, err := reference.New(config)
	require.NoError(t, err)
	running, err := reference.Start(handler, reference.Listen{TLS: unverified})
	require.NoError(t, err)
	t.Cleanup(running.Close)
	settings.BaseURL = running.URL
	settings.InsecureSkipVerify = unverified
	return settings
}

// quiet leaves no report behind.
func quiet(settings suite.Settings) suite.Settings {
	settings.ReportDir = "-"
	return settings
}
