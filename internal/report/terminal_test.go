package report_test

import (
	"io"
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

// clause is one whose only scenario came to the outcome.
func clause(id string, level spec.Level, words string, kind outcome.Kind, reason, curl string) result.Clause {
	return result.Clause{
		ID: id, Level: level, Title: words, Feature: "Feature of " + id[:3], Outcome: kind, Reason: reason,
		Scenarios: []result.Scenario{{Name: "scenario of " + id, Outcome: kind, Reason: reason, Curl: curl}},
	}
}

func conforming() result.Result {
	r := result.Result{
		Target: "the embedded reference server", Embedded: true, Verdict: result.Conforms, Requests: 48, Duration: 1234567 * time.Microsecond,
		Clauses: []result.Clause{
			clause("REQ-1", spec.Documented, "The address", outcome.Kept, "", ""),
			clause("REQ-2", spec.Documented, "No authorization", outcome.Kept, "", ""),
			clause("TOK-1", spec.Example, "JWTs", outcome.Kept, "", ""),
			clause("TOK-9", spec.Implied, "Signatures verify", outcome.NotTested, "set KLEARSTACK_JWT_KEY", ""),
			clause("ADV-1", spec.Advisory, "Not stored", outcome.Kept, "", ""),
		},
	}
	r.Judge()
	return r
}

func violating() result.Result {
	r := result.Result{
		Target: "https://staging.example.com/prefix", Verdict: result.Violates, Requests: 40, Duration: 2 * time.Second, Insecure: true,
		Clauses: []result.Clause{
			clause("REQ-1", spec.Documented, "The address", outcome.Kept, "", ""),
			clause("TOK-4", spec.Documented, "Minutes", outcome.Violated, "expected 60 s; received 900000 s", `curl -X POST 'https://staging.example.com'`),
			clause("TOK-6", spec.Documented, "Access first", outcome.NotJudged, "it builds on TOK-3: no exp", ""),
			clause("REF-1", spec.Implied, "Wrong password", outcome.Inconclusive, "the account is locked", ""),
			clause("REF-4", spec.Implied, "Other company", outcome.NotTested, "set KLEARSTACK_OTHER_COMPANY_NAME", ""),
			clause("ADV-1", spec.Advisory, "Not stored", outcome.Violated, "expected no-store; received none", "curl -X POST 'https://x'"),
			clause("ADV-2", spec.Advisory, "HTTPS", outcome.NotApplicable, "loopback", ""),
			clause("ADV-3", spec.Advisory, "Refused alike", outcome.NotJudged, "it builds on REF-1: locked", ""),
		},
	}
	r.Judge()
	return r
}

func TestSummary(t *testing.T) {
	t.Parallel()
	strict := violating()
	strict.Strict, strict.Insecure = true, false
	inconclusive := result.Result{
		Target: "https://staging.example.com", Verdict: result.Inconclusive, Requests: 3, Duration: 999 * time.Microsecond,
		Clauses: []result.Clause{clause("OK-1", spec.Documented, "200", outcome.Inconclusive, "no answer within 10s", "")},
	}
	inconclusive.Judge()
	partial := inconclusive
	partial.Partial = &result.Selection{Clauses: 1, Of: 46, By: []string{"tags @OK-1", "-run TestConformance/OK-1"}}
	absent := result.Result{
		Target: "http://127.0.0.1:1", Verdict: result.Inconclusive, Requests: 1, Duration: 4 * time.Millisecond,
		Problem: "127.0.0.1:1 refuses connections: check KLEARSTACK_BASE_URL and that the service is up",
		Clauses: []result.Clause{clause("OK-1", spec.Documented, "200", outcome.Inconclusive, "127.0.0.1:1 refuses connections", "")},
	}
	accepted := result.Result{
		Target: "https://staging.example.com", Verdict: result.Conforms, Requests: 48, Duration: time.Second,
		Notes: []string{"A sentence."},
		Clauses: []result.Clause{
			clause("TOK-4", spec.Documented, "Minutes", outcome.Violated, "expected 60 s; received 900000 s", "curl"),
			clause("TOK-5", spec.Documented, "Days", outcome.Kept, "", ""),
		},
		Deviations: []result.Deviation{
			{Clause: "TOK-4", Reason: "until release 8", AcceptedBy: "QA", Expires: "2026-03-04", State: result.StateInForce},
			{Clause: "TOK-5", Place: "deviations.yaml:7", Reason: "x", AcceptedBy: "QA", Expires: "2026-03-04", State: result.StateStale},
			{Clause: "TOK-6", Reason: "x", AcceptedBy: "QA", Expires: "2024-03-04", State: result.StateExpired},
			{Clause: "TOK-7", Reason: "x", AcceptedBy: "QA", Expires: "2026-03-04", State: result.StateUnjudged},
		},
		Changes: &result.Changes{
			Since: time.Date(2026, time.March, 3, 4, 5, 6, 0, time.UTC), Broken: []string{"TOK-4"}, Kept: []string{"TOK-5", "OK-1"},
			OldRelease: "7.8.9", NewRelease: "7.9.0",
		},
	}
	for _, c := range []struct {
		name string
		give result.Result
		path string
		want string
	}{
		{"known deviations and changes", accepted, "", `
Target    https://staging.example.com
Verdict   conforms with 1 known deviation
Kept      1 of 2 documented
KNOWN DEVIATION TOK-4: until release 8 (accepted by QA until 2026-03-04)
STALE TOK-5 is kept: remove it from deviations.yaml:7
EXPIRED TOK-6: the deviation that QA accepted expired on 2024-03-04 and counts for nothing
Requests  48 sent
Duration  1s
Changes   since 2026-03-03T04:05:06Z: newly broken TOK-4; newly kept TOK-5, OK-1; release_version "7.9.0" instead of "7.8.9"
Note      A sentence.
`},
		{"conforming", conforming(), "reports/conformance.json", `
Target    the embedded reference server
Verdict   conforms (self-test: no deployment was tested)
NOT TESTED TOK-9 Signatures verify: set KLEARSTACK_JWT_KEY
Kept      2 of 2 documented, 1 of 1 example, 0 of 1 implied (1 not tested), 1 of 1 advisory
Requests  48 sent
Duration  1.235s
Report    reports/conformance.json
`},
		{"violating", violating(), "", `
Target    https://staging.example.com/prefix
WARNING   certificates are NOT VERIFIED (KLEARSTACK_INSECURE_SKIP_VERIFY): anybody could have answered
Verdict   violates
NOT TESTED REF-4 Other company: set KLEARSTACK_OTHER_COMPANY_NAME
Kept      1 of 3 documented, 0 of 2 implied (1 not tested), 0 of 3 advisory
VIOLATED TOK-4 Minutes: expected 60 s; received 900000 s
          to see it: curl -X POST 'https://staging.example.com'
INCONCLUSIVE REF-1 Wrong password: the account is locked
NOT JUDGED TOK-6 Access first: it builds on TOK-3: no exp
NOT APPLICABLE ADV-2 HTTPS: loopback
ADVISORY ADV-1 Not stored (violated): expected no-store; received none
          to see it: curl -X POST 'https://x'
ADVISORY ADV-3 Refused alike (not judged): it builds on REF-1: locked
Requests  40 sent
Duration  2s
`},
		{"strict", strict, "", `
Target    https://staging.example.com/prefix
Verdict   violates
NOT TESTED REF-4 Other company: set KLEARSTACK_OTHER_COMPANY_NAME
Kept      1 of 3 documented, 0 of 2 implied (1 not tested), 0 of 3 advisory
VIOLATED TOK-4 Minutes: expected 60 s; received 900000 s
          to see it: curl -X POST 'https://staging.example.com'
VIOLATED ADV-1 Not stored: expected no-store; received none
          to see it: curl -X POST 'https://x'
INCONCLUSIVE REF-1 Wrong password: the account is locked
NOT JUDGED TOK-6 Access first: it builds on TOK-3: no exp
NOT JUDGED ADV-3 Refused alike: it builds on REF-1: locked
NOT APPLICABLE ADV-2 HTTPS: loopback
Requests  40 sent
Duration  2s
`},
		{"inconclusive", inconclusive, "", `
Target    https://staging.example.com
Verdict   inconclusive
Reason    not all could be judged: OK-1
Kept      0 of 1 documented
INCONCLUSIVE OK-1 200: no answer within 10s
Requests  3 sent
Duration  1ms
`},
		{"several problems", result.Result{Target: "none", Verdict: result.Inconclusive, Problem: "one\ntwo"}, "", `
Target    none
Verdict   inconclusive
Problem   one
Problem   two
Requests  0 sent
Duration  0s
`},
		{"partial", partial, "", `
Target    https://staging.example.com
Verdict   inconclusive (partial: 1 of 46 clauses)
Selected  tags @OK-1; -run TestConformance/OK-1
Reason    not all could be judged: OK-1
Kept      0 of 1 documented
INCONCLUSIVE OK-1 200: no answer within 10s
Requests  3 sent
Duration  1ms
`},
		{"absent", absent, "r/conformance.json", `
Target    http://127.0.0.1:1
Verdict   inconclusive
Problem   127.0.0.1:1 refuses connections: check KLEARSTACK_BASE_URL and that the service is up
Requests  1 sent
Duration  4ms
Report    r/conformance.json
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var out strings.Builder
			require.NoError(t, report.Summary(&out, &c.give, c.path))
			assert.Equal(t, c.want, out.String())
		})
	}
}

// A clause that was tested in part lists what was not; one scenario's name is not enough to find the setting.
func TestSummaryOfCasesThatWereNotTested(t *testing.T) {
	t.Parallel()
	made := conforming()
	made.Clauses = made.Clauses[:1]
	made.Clauses[0].Scenarios = append(made.Clauses[0].Scenarios,
		result.Scenario{Name: "GET", Outcome: outcome.NotTested, Setting: "KLEARSTACK_X", Reason: "set KLEARSTACK_X to true"},
		result.Scenario{Name: "POST", Outcome: outcome.NotTested, Setting: "KLEARSTACK_X", Reason: "set KLEARSTACK_X to true"})
	made.Judge()
	var out strings.Builder
	require.NoError(t, report.Summary(&out, &made, ""))
	assert.Contains(t, out.String(), "\nNOT TESTED REQ-1 The address: set KLEARSTACK_X to true (2 of 3 cases: GET; POST)\nKept      1 of 1 documented\n")
}

// The curl line is that of the scenario which the clause's reason comes from.
func TestCurlLineFitsTheReason(t *testing.T) {
	t.Parallel()
	made := clause("TOK-4", spec.Documented, "Minutes", outcome.Violated, "second", "curl second")
	made.Scenarios = append([]result.Scenario{
		{Name: "kept", Outcome: outcome.Kept, Curl: "curl kept"},
		{Name: "worse put", Outcome: outcome.Violated, Reason: "first", Curl: "curl first"},
	}, made.Scenarios...)
	var out strings.Builder
	require.NoError(t, report.Summary(&out, &result.Result{Clauses: []result.Clause{made}}, ""))
	assert.Contains(t, out.String(), "VIOLATED TOK-4 Minutes: second\n          to see it: curl second\n")
	assert.NotContains(t, out.String(), "curl first")
	assert.NotContains(t, out.String(), "curl kept")
}

func TestClauses(t *testing.T) {
	t.Parallel()
	given := violating()
	given.Clauses[1].Scenarios = append(given.Clauses[1].Scenarios, result.Scenario{Name: "another", Outcome: outcome.Kept})
	given.Clauses = given.Clauses[:4]
	var out strings.Builder
	require.NoError(t, report.Clauses(&out, &given))
	assert.Equal(t, `
Feature of REQ
  kept           REQ-1  documented The address
  kept                             - scenario of REQ-1

Feature of TOK
  violated       TOK-4  documented Minutes
  violated                         - scenario of TOK-4
  kept                             - another
  not judged     TOK-6  documented Access first
  not judged                       - scenario of TOK-6

Feature of REF
  inconclusive   REF-1  implied    Wrong password
  inconclusive                     - scenario of REF-1
`, out.String())
}

// A result that nobody gets to see is told.
func TestOutputThatIsClosed(t *testing.T) {
	t.Parallel()
	reader, writer := io.Pipe()
	require.NoError(t, reader.Close())
	given := conforming()
	const want = "the result can't be printed: check whether standard output is closed"
	require.EqualError(t, report.Clauses(writer, &given), want)
	assert.EqualError(t, report.Summary(writer, &given, ""), want)
}
