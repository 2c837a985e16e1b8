package suite_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
	"github.com/klearstack/conformance/suite"
)

// The scenarios of the documented clients, by clause and name.
const (
	strayForm     = "REQ-3: A stray Basic authorization beside a urlencoded form"
	browserHeader = "REQ-3: The browser's XMLHttpRequest, with its stray Basic authorization"
	python        = "REQ-4: Python's requests"
	java          = "REQ-4: Java's OkHttp"
	shell         = "REQ-4: curl, with the values as they are"
	plusSpace     = "REQ-4: A space in a urlencoded form, sent as plus"
	percentSpace  = "REQ-4: A space in a urlencoded form, sent as %20"
	rawSpace      = "REQ-4: A space in a urlencoded form, sent as they are"
	node          = "REQ-5: Node.js's request"
	browserForm   = "REQ-5: The browser's XMLHttpRequest, with its multipart form"
)

// What only some of the documented clients meet fails the scenarios of these clients, and no others.
func TestFaultsThatSomeClientsMeet(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"basic-header-taken-as-login": {
			browserHeader, strayForm,
			"REQ-3: A stray Basic authorization beside a urlencoded form without username",
			"REQ-3: A stray Basic authorization beside a multipart form without username and password",
		},
		"percent-20-insisted-on":              {python, plusSpace, shell, rawSpace},
		"plus-insisted-on":                    {java, percentSpace, shell, rawSpace},
		"raw-space-refused":                   {shell, rawSpace},
		"raw-space-ends-value":                {shell, rawSpace},
		"user-agent-insisted-on":              {node},
		"python-barred":                       {python, plusSpace},
		"okhttp-barred":                       {java, percentSpace},
		"curl-barred":                         {shell, rawSpace},
		"browsers-barred":                     {browserForm},
		"accept-insisted-on":                  {java, percentSpace, node},
		"multipart-part-types-insisted-on":    {node, browserForm},
		"multipart-boundary-with-letters":     {browserForm},
		"brotli-unannounced":                  {browserForm},
		"any-media-type-refused":              {python, plusSpace, shell, rawSpace, browserForm},
		"deflate-offer-crashes":               {python, plusSpace, browserForm},
		"multipart-boundary-with-many-dashes": {node},
		"order-insisted-on": {
			"REQ-6: A urlencoded form with the parameters in reverse order",
			"REQ-6: The parameters of a multipart form in reverse order",
		},
		"gzip-always": {
			"OK-6: The Node.js sample, which offers none",
			"OK-6: The Shell sample, which offers none",
			"OK-6: Every answer of the run",
		},
		"brotli-not-offered": {
			"OK-6: The Node.js sample, which offers none",
			"OK-6: The Java sample, which offers gzip",
			"OK-6: The Python sample, which offers gzip and deflate",
			"OK-6: The Shell sample, which offers none",
			"OK-6: Every answer of the run",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := fault.Find(name)
			require.NoError(t, err)
			result := runPlain(t, found.Apply)
			var failed []string
			reasons := map[string]string{}
			for _, clause := range result.Clauses {
				for _, each := range clause.Scenarios {
					if each.Outcome == outcome.Violated {
						failed = append(failed, clause.ID+": "+each.Name)
					}
					if each.Outcome != outcome.Kept {
						reasons[clause.ID+": "+each.Name] = string(each.Outcome) + ": " + each.Reason
					}
				}
			}
			assert.ElementsMatch(t, want, failed, "%v", reasons)
			assert.Equal(t, suite.Violates, result.Verdict)
		})
	}
}

// Every documented client is there, and gets its tokens, where the values suit all of them.
func TestEveryDocumentedClient(t *testing.T) {
	t.Parallel()
	result := runPlain(t, func(*reference.Config) {})
	kept := map[string]bool{}
	for _, clause := range result.Clauses {
		for _, each := range clause.Scenarios {
			kept[clause.ID+": "+each.Name] = each.Outcome == outcome.Kept
		}
	}
	for _, scenario := range []string{strayForm, browserHeader, python, java, shell, plusSpace, percentSpace, rawSpace, node, browserForm} {
		assert.True(t, kept[scenario], scenario)
	}
	assert.Equal(t, suite.Conforms, result.Verdict)
}

// Values that curl would not send as they are leave the Shell sample out, and say so.
func TestShellSampleThatDoesNotSuit(t *testing.T) {
	t.Parallel()
	result, err := suite.Run(t.Context(), suite.Options{Settings: serve(t, nil, false)})
	require.NoError(t, err)
	for _, clause := range result.Clauses {
		for _, each := range clause.Scenarios {
			if clause.ID+": "+each.Name == shell {
				assert.Equal(t, outcome.NotApplicable, each.Outcome)
				assert.Contains(t, each.Reason, "a configured value holds &, +, %, ; or more than plain ASCII")
				return
			}
		}
	}
	assert.Fail(t, "there is no such scenario: "+shell)
}

// runPlain runs the suite against a reference server, changed, with values that suit every documented client.
func runPlain(t *testing.T, change func(*reference.Config)) suite.Result {
	t.Helper()
	return runAs(t, reference.User{Username: "qa-user", Company: "Acme Invoices", Password: "S3cret!pass word=1"}, change)
}
