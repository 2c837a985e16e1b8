package suite_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/schemas"
	"github.com/klearstack/conformance/suite"
)

// traffic records what a reference server decided, in order.
type traffic struct {
	mutex sync.Mutex
	calls []reference.Call
}

func (r *traffic) record(config *reference.Config) {
	config.Hooks = config.Hooks.Then(reference.Hooks{Decided: func(call *reference.Call) {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.calls = append(r.calls, *call)
	}})
}

// wrongPassword reports whether a call names the configured user and company with a wrong password that is not empty.
func wrongPassword(call reference.Call) bool {
	user := call.Users()[0]
	value := func(name string) string { value, _ := call.Form.Get(name); return value }
	return call.Decision == reference.Refused && value("username") == user.Username && value("company_name") == user.Company &&
		value("password") != "" && value("password") != user.Password
}

func TestRunKeepsToItsBudget(t *testing.T) {
	t.Parallel()
	var seen traffic
	result, err := suite.Run(t.Context(), suite.Options{Settings: serve(t, seen.record, false)})
	require.NoError(t, err)
	require.Equal(t, suite.Conforms, result.Verdict)

	var logins, wrong []int
	for i, call := range seen.calls {
		switch {
		case call.Decision == reference.Granted:
			logins = append(logins, i)
		case wrongPassword(call):
			wrong = append(wrong, i)
		}
	}
	assert.Equal(t, len(seen.calls), result.Requests, "requests that the result counts")
	assert.LessOrEqual(t, len(seen.calls), 48, "requests")
	assert.LessOrEqual(t, len(logins), 10, "valid logins")
	assert.GreaterOrEqual(t, len(logins), 6, "valid logins that OK-5 is judged over")
	require.Len(t, wrong, 2, "wrong passwords of the configured user")
	after := slices.DeleteFunc(slices.Clone(logins), func(i int) bool { return i < wrong[0] })
	require.Len(t, after, 1, "valid logins after the first wrong password")
	assert.Less(t, after[0], wrong[1], "the valid login between the wrong passwords")
	assert.Equal(t, 0, logins[0], "the ordinary login goes first")
}

func TestAnyOrderAndConcurrencyComesToTheSame(t *testing.T) {
	t.Parallel()
	for _, options := range []suite.Options{
		{Concurrency: 1}, {Concurrency: 2, Random: 7}, {Concurrency: 64, Random: 8},
	} {
		t.Run(fmt.Sprintf("%d scenarios at once, seed %d", options.Concurrency, options.Random), func(t *testing.T) {
			t.Parallel()
			options.Settings = quiet(suite.Defaults())
			options.Settings.Concurrency = options.Concurrency
			var output bytes.Buffer
			options.Output = &output
			result, err := suite.Run(t.Context(), options)
			require.NoError(t, err)
			assert.Equal(t, suite.Conforms, result.Verdict)
			assert.Equal(t, 48, result.Requests)
			assert.Less(t, strings.Index(output.String(), "REQ-1"), strings.Index(output.String(), "ADV-10"), "the order of the features")
		})
	}
}

func TestNoMoreExchangesAtOnceThanSet(t *testing.T) {
	t.Parallel()
	var mutex sync.Mutex
	under, most := 0, 0
	count := func(change int) {
		mutex.Lock()
		defer mutex.Unlock()
		under += change
		most = max(most, under)
	}
	settings := serve(t, func(config *reference.Config) {
		config.Hooks.Wrap = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				count(1)
				next.ServeHTTP(w, r)
				count(-1)
			})
		}
	}, false)
	settings.Concurrency = 3
	result, err := suite.Run(t.Context(), suite.Options{Settings: settings})
	require.NoError(t, err)
	assert.Equal(t, suite.Conforms, result.Verdict)
	assert.LessOrEqual(t, most, 3)
}

func TestSelection(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		options  suite.Options
		clauses  []string
		requests int
		inPart   int
		by       []string
	}{
		{"one clause", suite.Options{Tags: "@TOK-4"}, []string{"TOK-4"}, 1, 0, []string{"tags @TOK-4"}},
		{"two clauses", suite.Options{Tags: "@TOK-4,@ERR-1"}, []string{"TOK-4", "ERR-1"}, 2, 0, []string{"tags @TOK-4,@ERR-1"}},
		{"wrong passwords", suite.Options{Tags: "@REF-1"}, []string{"REF-1"}, 5, 0, []string{"tags @REF-1"}},
		{"one scenario", suite.Options{Select: func(clause, _ string) bool { return clause == "ERR-3" }}, []string{"ERR-3"}, 2, 0, []string{"Options.Select"}},
		{"some scenarios of a clause", suite.Options{Tags: "@TOK-2,@TOK-4", Select: func(_, scenario string) bool {
			return strings.Contains(scenario, "access")
		}}, []string{"TOK-2", "TOK-4"}, 1, 1, []string{"tags @TOK-2,@TOK-4", "Options.Select"}},
		{"a level", suite.Options{Tags: "@example"}, []string{"OK-2", "OK-4", "TOK-1", "TOK-2", "TOK-3", "ERR-5"}, 8, 0, []string{"tags @example"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.options.Settings = quiet(suite.Defaults())
			result, err := suite.Run(t.Context(), c.options)
			require.NoError(t, err)
			var ids []string
			for _, clause := range result.Clauses {
				ids = append(ids, clause.ID)
			}
			assert.Equal(t, c.clauses, ids)
			assert.Equal(t, suite.Conforms, result.Verdict)
			assert.Equal(t, c.requests, result.Requests)
			require.NotNil(t, result.Partial)
			assert.Equal(t, len(c.clauses), result.Partial.Clauses)
			assert.Equal(t, c.inPart, result.Partial.InPart)
			assert.Equal(t, c.by, result.Partial.By)
		})
	}
}

// A selection of all is no partial run.
func TestSelectionOfAll(t *testing.T) {
	t.Parallel()
	result, err := suite.Run(t.Context(), suite.Options{
		Settings: quiet(suite.Defaults()), Tags: "@documented,@example,@implied,@advisory", Select: func(string, string) bool { return true },
	})
	require.NoError(t, err)
	assert.Nil(t, result.Partial)
}

func TestNothingSelectedIsAnError(t *testing.T) {
	t.Parallel()
	for name, options := range map[string]suite.Options{
		"tags":   {Tags: "@NONE-1"},
		"select": {Select: func(string, string) bool { return false }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			options.Settings = quiet(suite.Defaults())
			_, err := suite.Run(t.Context(), options)
			assert.EqualError(t, err, "no scenario is selected: check -godog.tags and -run against the features")
		})
	}
}

// A tag expression that godog would panic on, or take for a tag that nobody has, is told in one sentence.
func TestMalformedTags(t *testing.T) {
	t.Parallel()
	for _, tags := range []string{"@TOK-4,", "@TOK-4 &&", " ", "~", "not @TOK-4", "@TOK-4 or @TOK-5", "@TOK-4@TOK-5"} {
		_, err := suite.Run(t.Context(), suite.Options{Settings: quiet(suite.Defaults()), Tags: tags})
		require.EqualError(t, err, fmt.Sprintf("the tag expression %q can't be read: write tags as @TOK-4, with a comma for or, && for and, and ~ for not", tags))
	}
	for _, tags := range []string{"@TOK-4 , TOK-5", "@implied && ~@TOK-4", " @TOK-4 "} {
		result, err := suite.Run(t.Context(), suite.Options{Settings: quiet(suite.Defaults()), Tags: tags})
		require.NoError(t, err)
		assert.Equal(t, suite.Conforms, result.Verdict, tags)
	}
}

func TestSettingsAreCheckedBeforeAnyRequest(t *testing.T) {
	t.Parallel()
	settings := quiet(suite.Defaults())
	settings.BaseURL, settings.Concurrency = "not a url", 0
	_, err := suite.Run(t.Context(), suite.Options{Settings: settings})
	require.Error(t, err)
	assert.Contains(t, err.Error(), "KLEARSTACK_BASE_URL")
	assert.Contains(t, err.Error(), "KLEARSTACK_USERNAME")
	assert.Contains(t, err.Error(), "KLEARSTACK_CONCURRENCY")
}

// Settings that are absent leave clauses not tested, and values without the characters that a clause needs, or a target
// that gives no occasion, make clauses not applicable; no request is spent on either.
func TestNotTestedAndNotApplicable(t *testing.T) {
	t.Parallel()
	var seen traffic
	settings := serve(t, func(config *reference.Config) {
		config.Users[0].Username, config.Users[0].Password, config.Users[0].Company = "alice", "Passw0rd", "Acme"
		seen.record(config)
	}, false)
	settings.Username, settings.Password, settings.CompanyName = "alice", "Passw0rd", "Acme"
	settings.OtherCompanyName, settings.JWTKey = "", ""
	result, err := suite.Run(t.Context(), suite.Options{Settings: settings})
	require.NoError(t, err)
	assert.Equal(t, suite.Conforms, result.Verdict)
	assert.Equal(t, []string{"ADV-2"}, clausesThatAre(result, outcome.NotApplicable))
	assert.Equal(t, []string{"REF-4", "TOK-9"}, clausesThatAre(result, outcome.NotTested))
	require.Len(t, result.NotTested, 2)
	for i, setting := range []string{"KLEARSTACK_JWT_KEY", "KLEARSTACK_OTHER_COMPANY_NAME"} {
		assert.Equal(t, setting, result.NotTested[i].Setting)
		assert.Contains(t, result.NotTested[i].Reason, "set "+setting+" to ")
		assert.Len(t, result.NotTested[i].Cases, 2)
		assert.True(t, result.NotTested[i].Whole)
	}
	assert.Equal(t, 46, result.Requests)
	assert.Equal(t, len(seen.calls), result.Requests)
}

// What the verdict does not cover stands next to it in every output.
func TestEveryOutputSaysWhatTheVerdictDoesNotCover(t *testing.T) {
	t.Parallel()
	settings := suite.Defaults()
	settings.ReportDir = t.TempDir()
	var output bytes.Buffer
	result, err := suite.Run(t.Context(), suite.Options{Settings: settings, Tags: "@TOK-4", Output: &output})
	require.NoError(t, err)
	for where, text := range outputs(t, filepath.Join(settings.ReportDir, "partial"), output.String()) {
		if where != "conformance.json" {
			assert.Contains(t, text, fmt.Sprintf("conforms (self-test: no deployment was tested; partial: 1 of %d clauses)", result.Partial.Of), where)
		}
		assert.Contains(t, text, "tags @TOK-4", where)
	}
}

// outputs returns what a run said by the names of the files in which it said so, without their escapes, and what it printed.
func outputs(t *testing.T, dir, printed string) map[string]string {
	t.Helper()
	said := map[string]string{"the terminal": printed}
	for _, file := range []string{"conformance.json", "cucumber.json", "junit.xml", "report.html", "summary.md"} {
		text, err := os.ReadFile(filepath.Join(dir, file))
		require.NoError(t, err)
		said[file] = strings.NewReplacer(`\u0026`, "&", `\u0027`, "'", "\u200b", "").Replace(html.UnescapeString(string(text)))
	}
	return said
}

// A selection in which nothing could be evaluated is inconclusive, and every output says why.
func TestNothingEvaluatedIsInconclusive(t *testing.T) {
	t.Parallel()
	for tags, says := range map[string]string{
		"@TOK-9":        "TOK-9 is not tested (set KLEARSTACK_JWT_KEY to ",
		"@ADV-2":        "ADV-2 is not applicable (plain HTTP on this machine's loopback",
		"@REF-4,@TOK-9": "REF-4 is not tested (set KLEARSTACK_OTHER_COMPANY_NAME to ",
	} {
		t.Run(tags, func(t *testing.T) {
			t.Parallel()
			settings := serve(t, nil, false)
			settings.OtherCompanyName, settings.JWTKey, settings.ReportDir = "", "", t.TempDir()
			var output bytes.Buffer
			result, err := suite.Run(t.Context(), suite.Options{Settings: settings, Tags: tags, Output: &output})
			require.NoError(t, err)
			assert.Equal(t, suite.Inconclusive, result.Verdict)
			assert.Equal(t, 1, result.Requests, "nothing is repeated")
			for where, text := range outputs(t, filepath.Join(settings.ReportDir, "partial"), output.String()) {
				assert.Contains(t, text, says, where)
			}
		})
	}
}

// What goes by a proxy leaves this machine, whatever address the proxy has: no password is put into a query string, which
// proxies log, and it is in clear text (REF-5, ADV-2).
func TestQueryCredentialsStayOnThisMachine(t *testing.T) {
	t.Parallel()
	for _, allowed := range []bool{false, true} {
		var seen traffic
		settings := serve(t, seen.record, false)
		settings.Proxies.HTTP = strings.Replace(settings.BaseURL, "//", "//agent:pr0xyS3cret@", 1)
		settings.BaseURL, settings.AllowHTTP, settings.AllowQueryCredentials = "http://staging.example.com", true, allowed
		var output bytes.Buffer
		result, err := suite.Run(t.Context(), suite.Options{Settings: settings, Output: &output})
		require.NoError(t, err)
		assert.Equal(t, suite.Conforms, result.Verdict)
		assert.Equal(t, outcome.Violated, clause(t, result, "ADV-2").Outcome)
		assert.NotContains(t, output.String(), "pr0xyS3cret")
		queries := 0
		for _, call := range seen.calls {
			if call.Request.URL.Query().Has("password") {
				queries++
			}
		}
		ref5 := clause(t, result, "REF-5")
		assert.Equal(t, outcome.Kept, ref5.Outcome)
		if allowed {
			assert.Equal(t, 3, queries)
			continue
		}
		assert.Zero(t, queries)
		untested := 0
		for _, s := range ref5.Scenarios {
			if s.Outcome == outcome.NotTested {
				untested++
				assert.Equal(t, "KLEARSTACK_ALLOW_QUERY_CREDENTIALS", s.Setting)
			}
		}
		assert.Equal(t, 3, untested)
	}
}

// A target that is not there at all is told in one sentence, after two requests at most.
func TestAbsentTargets(t *testing.T) {
	t.Parallel()
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	says := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, text, http.StatusBadRequest) }
	}
	for _, c := range []struct {
		name     string
		handler  http.HandlerFunc
		problem  string
		requests int // without repeats
	}{
		{"nothing at the path", status(404), "check KLEARSTACK_BASE_URL", 2},
		{"a gateway without a service", status(503), "503 Service Unavailable", 2},
		{"too many requests", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "17")
			w.WriteHeader(http.StatusTooManyRequests)
		}, "asks to wait 17 s", 1},
		{"the same under https", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://"+r.Host+r.URL.Path, http.StatusMovedPermanently)
		}, "https://", 1},
		{"plain HTTP at Go's TLS", says("Client sent an HTTP request to an HTTPS server."), "begin with https://", 1},
		{"plain HTTP at nginx's TLS", says("<title>400 The plain HTTP request was sent to HTTPS port</title>"), "begin with https://", 1},
		{"plain HTTP at Apache's TLS", says("You're speaking plain HTTP to an SSL-enabled server port.<br />"), "begin with https://", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(c.handler)
			t.Cleanup(server.Close)
			var output bytes.Buffer
			result, err := suite.Run(t.Context(), suite.Options{Settings: aimed(server.URL), Output: &output}.By(&hasty{}))
			require.NoError(t, err)
			assert.Equal(t, suite.Inconclusive, result.Verdict)
			assert.Contains(t, result.Problem, c.problem)
			assert.Equal(t, c.requests, result.Requests-result.Repeated)
			assert.Equal(t, 1, strings.Count(output.String(), result.Problem), output.String())
		})
	}
}

func TestRefusedConnection(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	result, err := suite.Run(t.Context(), suite.Options{Settings: aimed(server.URL)})
	require.NoError(t, err)
	assert.Equal(t, suite.Inconclusive, result.Verdict)
	assert.Contains(t, result.Problem, "refuses connections")
	assert.Equal(t, 3, result.Verdict.ExitCode())
}

// Wrong credentials are told from an endpoint that asks for an authorization, also where it refuses forms without
// parameters as it refuses wrong ones (REQ-2, OK-1).
func TestWrongCredentialsAreNoWantOfAuthorization(t *testing.T) {
	t.Parallel()
	settings := serve(t, func(config *reference.Config) {
		config.Hooks = config.Hooks.Then(reference.Hooks{Composed: func(_ *reference.Call, answer *reference.Answer) {
			answer.Fail(http.StatusUnauthorized, "Invalid credentials")
		}}.Only(func(call *reference.Call) bool { return call.Decision == reference.Missing }))
	}, false)
	settings.Password = "not the password"
	result, err := suite.Run(t.Context(), suite.Options{Settings: settings})
	require.NoError(t, err)
	assert.Equal(t, []string{"ERR-1", "ERR-2", "ERR-3", "ERR-4", "OK-1"}, clausesThatAre(result, outcome.Violated))
	assert.Equal(t, "OK-1", clause(t, result, "REQ-2").BuildsOn)
	assert.Contains(t, clause(t, result, "OK-1").Reason, "(no form without a parameter got another response: is the form parsed? are the configured username, password and company name right?")
}

// Credentials that are refused are tried three times and no more; what needs no credentials is judged all the same.
func TestRefusedCredentialsAreNotHammered(t *testing.T) {
	t.Parallel()
	var seen traffic
	settings := serve(t, seen.record, false)
	settings.Password = "not the password"
	var output bytes.Buffer
	result, err := suite.Run(t.Context(), suite.Options{Settings: settings, Output: &output})
	require.NoError(t, err)
	assert.Equal(t, suite.Inconclusive, result.Verdict)
	assert.Equal(t, []string{"OK-1"}, clausesThatAre(result, outcome.Inconclusive))
	assert.Empty(t, clausesThatAre(result, outcome.Violated))
	for _, says := range []string{
		"rejects every valid login with status 401 Unauthorized", "Invalid credentials", "an unknown user gets the same response",
		"check whether the configured username, password and company name are right", "locked", "expired", "(REQ-6)",
	} {
		assert.Contains(t, clause(t, result, "OK-1").Reason, says)
	}
	require.NotNil(t, result.Rejection)
	assert.Equal(t, http.StatusUnauthorized, result.Rejection.Status)
	assert.Subset(t, result.Rejection.Tested, []string{"ERR-1", "ERR-2", "ERR-3", "ERR-4", "ERR-7"})
	assert.ElementsMatch(t, clausesThatAre(result, outcome.NotJudged), result.Rejection.NotJudged)
	assert.NotContains(t, output.String(), "NOT JUDGED", "many lines")
	assert.Equal(t, 1, strings.Count(output.String(), "tested without a login: "+strings.Join(result.Rejection.Tested, ", ")), output.String())
	for _, id := range []string{"REQ-3", "TOK-4", "REF-1", "REF-3", "REF-5"} {
		assert.Equal(t, outcome.NotJudged, clause(t, result, id).Outcome, id)
		assert.Contains(t, clause(t, result, id).Reason, "OK-1", id)
	}
	tries := 0
	for _, call := range seen.calls {
		if wrongPassword(call) {
			tries++
		}
	}
	assert.Equal(t, 3, tries)
}

// Whoever selects other clauses learns of a rejected login as well, by one login and one or two forms.
func TestRejectedLoginOfAPartialRun(t *testing.T) {
	t.Parallel()
	for _, tags := range []string{"@OK-1", "@TOK-4"} {
		settings := serve(t, nil, false)
		settings.Username = "alice"
		result, err := suite.Run(t.Context(), suite.Options{Settings: settings, Tags: tags})
		require.NoError(t, err)
		assert.Equal(t, suite.Inconclusive, result.Verdict, tags)
		require.NotNil(t, result.Rejection, tags)
		assert.Equal(t, "no unknown user was tried", result.Rejection.UnknownUser)
		assert.LessOrEqual(t, result.Requests, 5, tags)
	}
}

// What an unknown user gets is compared with the rejection.
func TestRejectedLoginBesideAnUnknownUser(t *testing.T) {
	t.Parallel()
	settings := serve(t, func(config *reference.Config) {
		config.Hooks = config.Hooks.Then(reference.Hooks{Composed: func(_ *reference.Call, answer *reference.Answer) {
			answer.Fail(http.StatusForbidden, "The password has expired")
		}}.Only(func(call *reference.Call) bool { return call.Decision == reference.Granted }))
	}, false)
	result, err := suite.Run(t.Context(), suite.Options{Settings: settings})
	require.NoError(t, err)
	require.NotNil(t, result.Rejection)
	assert.Contains(t, result.Rejection.Response, "The password has expired")
	assert.Contains(t, result.Rejection.UnknownUser, "an unknown user gets a different response (status 401 Unauthorized")
}

// A lockout after the first wrong password is no violation, and no second wrong password follows. What it says to the wrong
// password is not compared with what an unknown user got before (ADV-3).
func TestLockoutIsInconclusive(t *testing.T) {
	t.Parallel()
	var seen traffic
	var mutex sync.Mutex
	locked := false
	result, err := suite.Run(t.Context(), suite.Options{Settings: serve(t, func(config *reference.Config) {
		config.Hooks.Decided = func(call *reference.Call) {
			mutex.Lock()
			defer mutex.Unlock()
			locked = locked || wrongPassword(*call)
			if locked && call.Decision == reference.Granted {
				call.Decision = reference.Refused
			}
		}
		config.Hooks.Composed = func(call *reference.Call, answer *reference.Answer) {
			mutex.Lock()
			defer mutex.Unlock()
			if locked && call.Decision == reference.Refused {
				answer.Fail(http.StatusForbidden, "Account locked")
			}
		}
		seen.record(config)
	}, false)})
	require.NoError(t, err)
	assert.Equal(t, suite.Inconclusive, result.Verdict)
	assert.Empty(t, clausesThatAre(result, outcome.Violated))
	assert.Contains(t, clause(t, result, "REF-1").Reason, "no second wrong password was tried")
	assert.Equal(t, []string{"ADV-3"}, clausesThatAre(result, outcome.NotJudged))
	assert.Equal(t, "REF-1", clause(t, result, "ADV-3").BuildsOn)
	wrong := 0
	for _, call := range seen.calls {
		if wrongPassword(call) {
			wrong++
		}
	}
	assert.Equal(t, 1, wrong)
}

// A target that rejects everything from an address after the first rejected login breaks nothing: all that shows something
// of forms with missing parameters, and of valid logins, is sent before.
func TestLockoutOfTheAddressIsInconclusive(t *testing.T) {
	t.Parallel()
	var mutex sync.Mutex
	locked := false
	result, err := suite.Run(t.Context(), suite.Options{Settings: serve(t, func(config *reference.Config) {
		config.Hooks.Composed = func(call *reference.Call, answer *reference.Answer) {
			mutex.Lock()
			defer mutex.Unlock()
			if locked {
				answer.Fail(http.StatusForbidden, "Your address is blocked")
			}
			locked = locked || call.Decision == reference.Refused
		}
	}, false)})
	require.NoError(t, err)
	assert.Equal(t, suite.Inconclusive, result.Verdict)
	assert.Empty(t, clausesThatAre(result, outcome.Violated))
}

func TestAdvisoriesGateOnlyWhereStrict(t *testing.T) {
	t.Parallel()
	for _, strict := range []bool{false, true} {
		t.Run(fmt.Sprintf("strict %v", strict), func(t *testing.T) {
			t.Parallel()
			settings := serve(t, func(config *reference.Config) {
				config.Hooks.Encoded = func(_ *reference.Call, answer *reference.Answer) { answer.Header.Del("Cache-Control") }
			}, false)
			settings.Strict = strict
			var output bytes.Buffer
			result, err := suite.Run(t.Context(), suite.Options{Settings: settings, Output: &output})
			require.NoError(t, err)
			if strict {
				assert.Equal(t, suite.Violates, result.Verdict)
				assert.Contains(t, output.String(), "\nVIOLATED ADV-1 ")
			} else {
				assert.Equal(t, suite.Conforms, result.Verdict)
				assert.Contains(t, output.String(), "\nADVISORY ADV-1 ")
			}
		})
	}
}

// The message of a violated clause says what was expected, what came and how to see it.
func TestViolationIsToldWhole(t *testing.T) {
	t.Parallel()
	settings := serve(t, func(config *reference.Config) { config.AccessLifetime *= 1000 }, false)
	var output bytes.Buffer
	_, err := suite.Run(t.Context(), suite.Options{Settings: settings, Output: &output})
	require.NoError(t, err)
	assert.Contains(t, output.String(), `
VIOLATED TOK-4 The access token lives some minutes
          expected the access token to be valid for 60 s to 60 min
          received 10 days 10 h (900000 s) from iat to exp, in response to the ordinary login
          were milliseconds taken for seconds?
          to see it: curl `)
	assert.Contains(t, output.String(), `"$KLEARSTACK_PASSWORD"`)
	assert.NotContains(t, output.String(), settings.Password)
}

func TestReportIsWritten(t *testing.T) {
	t.Parallel()
	settings := suite.Defaults()
	settings.ReportDir = filepath.Join(t.TempDir(), "a", "b")
	result, err := suite.Run(t.Context(), suite.Options{Settings: settings})
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(settings.ReportDir, "conformance.json"))
	require.NoError(t, err)
	var read suite.Result
	require.NoError(t, json.Unmarshal(text, &read))
	assert.Equal(t, result.Verdict, read.Verdict)
	assert.Equal(t, result.Clauses, read.Clauses)
}

// The model that a run leaves behind is as its schema says. That of every fault, variant and hostile server is looked at, too.
func TestModelIsAsItsSchemaSays(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		settings suite.Settings
		tags     string
	}{
		"conforming": {serve(t, nil, false), ""},
		"partial":    {serve(t, nil, false), "@TOK-4,@TOK-5"},
		"rejecting": {serve(t, func(config *reference.Config) {
			config.Hooks.Decided = func(call *reference.Call) {
				if call.Decision == reference.Granted {
					call.Decision = reference.Refused
				}
			}
		}, false), ""},
		"violating": {serve(t, func(config *reference.Config) { config.AccessLifetime *= 1000 }, false), ""},
		"absent":    {aimed("http://127.0.0.1:1"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.settings.ReportDir = t.TempDir()
			_, err := suite.Run(t.Context(), suite.Options{Settings: c.settings, Tags: c.tags})
			require.NoError(t, err)
			dir := c.settings.ReportDir
			if c.tags != "" {
				dir = filepath.Join(dir, "partial")
			}
			assertModel(t, dir)
		})
	}
}

// assertModel asserts that the model in a folder is as its schema says.
func assertModel(t *testing.T, dir string) {
	t.Helper()
	schema, err := modelSchema()
	require.NoError(t, err)
	text, err := os.ReadFile(filepath.Join(dir, "conformance.json"))
	require.NoError(t, err)
	model, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	require.NoError(t, schema.Validate(model))
}

// modelSchema is the compiled schema of conformance.json.
//
//nolint:gochecknoglobals // it never changes
var modelSchema = sync.OnceValues(func() (*jsonschema.Schema, error) {
	text, err := schemas.Read(schemas.ConformanceReport)
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemas.ConformanceReport, document); err != nil {
		return nil, err
	}
	return compiler.Compile(schemas.ConformanceReport)
})

func TestBasePathAndTrailingSlash(t *testing.T) {
	t.Parallel()
	for _, suffix := range []string{"/prefix", "/prefix/", "/pre%20fix/deeper"} {
		t.Run(suffix, func(t *testing.T) {
			t.Parallel()
			settings := serve(t, func(config *reference.Config) {
				config.Hooks.Wrap = func(next http.Handler) http.Handler {
					return http.StripPrefix(strings.TrimSuffix(strings.ReplaceAll(suffix, "%20", " "), "/"), next)
				}
			}, false)
			settings.BaseURL += suffix
			result, err := suite.Run(t.Context(), suite.Options{Settings: settings})
			require.NoError(t, err)
			assert.Equal(t, suite.Conforms, result.Verdict)
		})
	}
}

// A curl line trusts whom the run trusts, and no one else.
func TestCurlLinesTrustWhomTheRunTrusts(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	config.AccessLifetime *= 1000
	handler, err := reference.New(config)
	require.NoError(t, err)
	running, err := reference.Start(handler, reference.Listen{TLS: true})
	require.NoError(t, err)
	t.Cleanup(running.Close)
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, running.CertificatePEM, 0o600))
	for _, c := range []struct {
		name, caFile string
		insecure     bool
		says, not    string
	}{
		{"an authority of its own", file, false, `--cacert "$KLEARSTACK_CA_FILE"`, "--insecure"},
		{"nobody's word", "", true, "--insecure", "--cacert"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			settings := quiet(suite.Defaults())
			user := config.Users[0]
			settings.Username, settings.Password, settings.CompanyName = user.Username, user.Password, user.Company
			settings.BaseURL, settings.CAFile, settings.InsecureSkipVerify = running.URL, c.caFile, c.insecure
			result, err := suite.Run(t.Context(), suite.Options{Settings: settings})
			require.NoError(t, err)
			line := clause(t, result, "TOK-4").Scenarios[0].Curl
			assert.Contains(t, line, c.says)
			assert.NotContains(t, line, c.not)
		})
	}
}

// aimed returns settings that point at a server that knows no user.
func aimed(url string) suite.Settings {
	settings := quiet(suite.Defaults())
	settings.BaseURL, settings.Username, settings.Password, settings.CompanyName = url, "alice", "Passw0rd", "Acme"
	return settings
}

func clausesThatAre(result suite.Result, kind outcome.Kind) []string {
	ids := map[string]bool{}
	for _, clause := range result.Clauses {
		if clause.Outcome == kind {
			ids[clause.ID] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

func clause(t *testing.T, result suite.Result, id string) suite.Clause {
	t.Helper()
	for _, clause := range result.Clauses {
		if clause.ID == id {
			return clause
		}
	}
	require.Fail(t, "no clause "+id)
	return suite.Clause{}
}
