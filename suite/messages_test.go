package suite_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
	"github.com/klearstack/conformance/suite"
)

// What reaches the summary of a violated clause suffices to find what to change in the server.
func TestWhatIsSaidOfFaults(t *testing.T) {
	t.Parallel()
	known := map[string]fault.Fault{}
	for _, f := range fault.Catalogue() {
		known[f.Name] = f
	}
	for name, want := range map[string][]string{
		"multipart-unsupported": {
			"VIOLATED REQ-5 ", "expected the same result as for other valid logins (OK-1: status 200 for a valid login)",
			`received status 415 Unsupported Media Type, Content-Type "application/json", body {"error":"The body must be a urlencoded form"}, in response to the Node.js sample's login`,
			"the only difference from the logins that pass: a multipart form",
		},
		"plus-not-decoded": {
			"VIOLATED REQ-4 ", "expected the same result as for other valid logins (OK-1: status 200 for a valid login)",
			`received status 401 Unauthorized, Content-Type "application/json", body {"error":"Invalid credentials"}, in response to the Python sample's login`,
			"the only difference from the logins that pass: spaces as plus",
		},
		"urlencoded-decoded-twice": {
			"VIOLATED REQ-6 ", "expected the same result as for other valid logins (OK-1: status 200 for a valid login)",
			`received status 401 Unauthorized, Content-Type "application/json", body {"error":"Invalid credentials"}, in response to the ordinary login`,
			"the only difference from the logins that pass: a urlencoded form; an unknown user gets the same response: are the values decoded as they were sent?",
		},
		"login-crashes": {
			"VIOLATED OK-1 ", "expected status 200 for a valid login",
			`received status 500 Internal Server Error, Content-Type "application/json", body {"error":"Internal server error"}, in response to the ordinary login`,
			"the server failed: see its log at hh:mm:ssZ",
		},
		"members-in-camel-case": {
			"VIOLATED OK-2 ", "expected access_token, refresh_token, release_version to be a non-empty string",
			"received no access_token, no refresh_token, no release_version; the response has accessToken, refreshToken, releaseVersion, in response to the ordinary login",
		},
		"missing-error-in-html": {
			"VIOLATED OK-3 ", "expected Content-Type: application/json",
			`received Content-Type "text/html; charset=utf-8", in response to the urlencoded form without company_name`,
		},
		"typographic-quotes": {
			"VIOLATED OK-3 ", "expected a body of valid, complete JSON",
			"received a body that is not JSON: unexpected character at byte 517, near …`\"[redacted]\",\"release_version\":“7.8.9”}`, in response to the ordinary login",
		},
		"every-third-login-crashes": {
			"VIOLATED OK-5 ", "expected identical requests to get the same kind of response (OK-1: status 200 for a valid login)",
			`received status 500 Internal Server Error, Content-Type "application/json", body {"error":"Internal server error"}, in 3 of 10 logins, among them the ordinary login`,
			"the server failed: see its log at hh:mm:ssZ",
		},
		"token-opaque": {
			"VIOLATED TOK-1 ", "expected the access token to be a JWT signed with HS256, in JWS Compact Serialization",
			"received one that has 1 segment, not 3, in response to the ordinary login",
		},
		"access-lives-900000-seconds": {
			"VIOLATED TOK-4 ", "expected the access token to be valid for 60 s to 60 min",
			"received 10 days 10 h (900000 s) from iat to exp, in response to the ordinary login",
			"were milliseconds taken for seconds?",
		},
		"issued-in-local-time": {
			"VIOLATED TOK-7 ", "expected iat of the access token within 60 s of the response's Date, hh:mm:ssZ",
			"received iat hh:mm:ssZ, 5 h 30 min ahead, in response to the ordinary login",
			"is local time sent as UTC?",
		},
		"missing-company-status-400": {
			"VIOLATED ERR-1 ", "expected status 500 with an error naming company_name",
			`received status 400 Bad Request, Content-Type "application/json", body {"error":"Required parameters are missing: Company Name"}, in response to the urlencoded form without company_name`,
		},
		"missing-company-in-no-body": {
			"VIOLATED ERR-1 ", "expected status 500 with an error naming company_name",
			"received status 500 Internal Server Error with an empty body, in response to the urlencoded form without company_name",
		},
		"error-called-message": {
			"VIOLATED ERR-5 ", "expected error to be a non-empty string",
			`received no error; the response has message; message is "Required parameters are missing: Company Name", in response to the urlencoded form without company_name`,
		},
		"query-with-python-trace": {
			"VIOLATED ERR-7 ", "expected neither a stack trace nor a debug page",
			"received status 500 Internal Server Error with `File \"/srv/app/login.py\", line 17, in login account = accounts[key] LookupError: no such account`, in response to the credentials in the query string of a GET",
		},
		"password-in-any-case": {
			"VIOLATED REF-1 ", "expected a rejection (any status except 2xx)",
			"received status 200 OK, Content-Type \"application/json\", with tokens, for username `qa üser+%41 & \"tester\"; a=1` and company_name `Müller & Söhne \"AG\" = 50%41+; é`, " +
				"in response to the login with the password in the wrong case",
		},
		"nosniff-absent": {
			"ADVISORY ADV-5 ", "expected X-Content-Type-Options: nosniff",
			"received no X-Content-Type-Options header field, in response to the ordinary login",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Contains(t, known, name)
			var output bytes.Buffer
			_, err := suite.Run(t.Context(), suite.Options{Settings: serveFault(t, known[name], func(*reference.Config) {}), Output: &output})
			require.NoError(t, err)
			assert.Contains(t, said(output.String()), want)
		})
	}
}

// said returns what a summary says of each clause: its first line, cut after the id, and those below it, without times.
func said(summary string) [][]string {
	var all [][]string
	title := regexp.MustCompile(`^(?:VIOLATED|ADVISORY) [A-Z]+-[0-9]+ `)
	clock := regexp.MustCompile(`(?:\d{4}-\d{2}-\d{2}T)?\d{2}:\d{2}:\d{2}Z`)
	for line := range strings.Lines(summary) {
		line = clock.ReplaceAllString(strings.TrimSuffix(line, "\n"), "hh:mm:ssZ")
		below, indented := strings.CutPrefix(line, "          ")
		switch {
		case title.MatchString(line):
			all = append(all, []string{title.FindString(line)})
		case indented && len(all) > 0 && !strings.HasPrefix(below, "to see it: "):
			all[len(all)-1] = append(all[len(all)-1], below)
		}
	}
	return all
}
