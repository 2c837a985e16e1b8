package config_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/config"
)

// canary is a password that no sentence may show.
const canary = "S3cret!pass&word=1"

// target is the environment of a run on a deployment, with more variables.
func target(more ...string) []string {
	return append([]string{
		"PATH=/bin",
		"KLEARSTACK_BASE_URL=https://staging.example.com",
		"KLEARSTACK_USERNAME=qa-user",
		"KLEARSTACK_PASSWORD=" + canary,
		"KLEARSTACK_COMPANY_NAME=Acme Invoices",
	}, more...)
}

// but is an environment without some of its variables.
func but(environ []string, names ...string) []string {
	return slices.DeleteFunc(environ, func(variable string) bool {
		name, _, _ := strings.Cut(variable, "=")
		return slices.Contains(names, name)
	})
}

// targetSettings is what target says, with changes.
func targetSettings(change func(*config.Settings)) config.Settings {
	settings := config.Defaults()
	settings.BaseURL = "https://staging.example.com"
	settings.Username = "qa-user"
	settings.Password = canary
	settings.CompanyName = "Acme Invoices"
	change(&settings)
	return settings
}

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func TestFromEnvironment(t *testing.T) {
	t.Parallel()
	authority := file(t, certificate(t))
	for name, test := range map[string]struct {
		environ []string
		want    config.Settings
	}{
		"nothing":                {nil, config.Defaults()},
		"nothing of ours":        {[]string{"PATH=/bin", "=x", "no sign", "klearstack_user=x", "KLEARSTACK=x", "KLEARSTACKUSER=x", "XKLEARSTACK_USER=x"}, config.Defaults()},
		"a deployment":           {target(), targetSettings(func(*config.Settings) {})},
		"the last of two counts": {target("KLEARSTACK_USERNAME=second"), targetSettings(func(s *config.Settings) { s.Username = "second" })},
		"all without a target": {
			[]string{"KLEARSTACK_REPORT_DIR=-", "KLEARSTACK_STRICT=true", "KLEARSTACK_TIMEOUT=1m30s", "KLEARSTACK_CLOCK_TOLERANCE=0s", "KLEARSTACK_CONCURRENCY=1", "KLEARSTACK_RATE=2.5", "KLEARSTACK_INSECURE_SKIP_VERIFY=false", "KLEARSTACK_ALLOW_HTTP=0"},
			config.Settings{ReportDir: "-", Strict: true, Timeout: 90 * time.Second, Concurrency: 1, Rate: 2.5},
		},
		"all with a target": {
			target("KLEARSTACK_OTHER_COMPANY_NAME=Globex", "KLEARSTACK_JWT_KEY= key\n", "KLEARSTACK_CA_FILE="+authority, "KLEARSTACK_ALLOW_HTTP=T", "KLEARSTACK_ALLOW_QUERY_CREDENTIALS=1", "KLEARSTACK_STRICT=False", "KLEARSTACK_UNKNOWN_USERNAME=nobody"),
			targetSettings(func(s *config.Settings) {
				s.OtherCompanyName, s.JWTKey, s.CAFile, s.AllowHTTP, s.AllowQueryCredentials = "Globex", " key\n", authority, true, true
				s.UnknownUsername = "nobody"
			}),
		},
		"the bounds, low": {
			target("KLEARSTACK_TIMEOUT=100ms", "KLEARSTACK_CLOCK_TOLERANCE=0", "KLEARSTACK_CONCURRENCY=1", "KLEARSTACK_RATE=0.1", "KLEARSTACK_INSECURE_SKIP_VERIFY=true"),
			targetSettings(func(s *config.Settings) {
				s.Timeout, s.ClockTolerance, s.Concurrency, s.Rate, s.InsecureSkipVerify = 100*time.Millisecond, 0, 1, 0.1, true
			}),
		},
		"the bounds, high": {
			target("KLEARSTACK_TIMEOUT=5m", "KLEARSTACK_CLOCK_TOLERANCE=1h", "KLEARSTACK_CONCURRENCY=64", "KLEARSTACK_RATE=1e3"),
			targetSettings(func(s *config.Settings) {
				s.Timeout, s.ClockTolerance, s.Concurrency, s.Rate = 5*time.Minute, time.Hour, 64, 1000
			}),
		},
		"values as they are": {
			[]string{"KLEARSTACK_BASE_URL=HTTP://[::1]:8080/a%20b/é//", "KLEARSTACK_USERNAME= $HOME ${PATH} ", "KLEARSTACK_PASSWORD=\t=é=\n", "KLEARSTACK_COMPANY_NAME=\"x\""},
			targetSettings(func(s *config.Settings) {
				s.BaseURL, s.Username, s.Password, s.CompanyName = "HTTP://[::1]:8080/a%20b/é//", " $HOME ${PATH} ", "\t=é=\n", `"x"`
			}),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := config.FromEnvironment(test.environ)
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
			assert.NoError(t, got.Validate())
		})
	}
}

func TestFromEnvironmentReadsSecretFiles(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		canary:                               canary,
		canary + "\n":                        canary,
		canary + "\r\n":                      canary,
		canary + "\n\n":                      canary + "\n",
		canary + "\r\n\r\n":                  canary + "\r\n",
		canary + "\r":                        canary + "\r",
		canary + "\n\r":                      canary + "\n\r",
		" " + canary + " \t\n":               " " + canary + " \t",
		"\n" + canary:                        "\n" + canary,
		" ":                                  " ",
		"\uFEFF" + canary + "\r\n":           canary,
		"é\uFEFF":                            "é\uFEFF",
		strings.Repeat("x", 64<<10):          strings.Repeat("x", 64<<10),
		strings.Repeat("x", 64<<10-1) + "\n": strings.Repeat("x", 64<<10-1),
	} {
		secret := file(t, content)
		got, err := config.FromEnvironment([]string{
			"KLEARSTACK_BASE_URL=https://staging.example.com",
			"KLEARSTACK_USERNAME=qa-user",
			"KLEARSTACK_PASSWORD_FILE=" + secret,
			"KLEARSTACK_COMPANY_NAME=Acme Invoices",
			"KLEARSTACK_JWT_KEY_FILE=" + secret,
		})
		require.NoError(t, err)
		assert.Equal(t, want, got.Password)
		assert.Equal(t, want, got.JWTKey)
	}
}

func TestFromEnvironmentFindsAllProblems(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	secret := file(t, canary)
	for name, test := range map[string]struct {
		environ []string
		want    []string
	}{
		"a user alone": {
			[]string{"KLEARSTACK_USERNAME=qa-user"},
			[]string{"KLEARSTACK_BASE_URL, KLEARSTACK_PASSWORD (or KLEARSTACK_PASSWORD_FILE) and KLEARSTACK_COMPANY_NAME are not set but KLEARSTACK_USERNAME is: set what is missing, or unset all four to run against the embedded reference server"},
		},
		"no base URL": {
			but(target(), "KLEARSTACK_BASE_URL"),
			[]string{"KLEARSTACK_BASE_URL is not set but KLEARSTACK_USERNAME, KLEARSTACK_PASSWORD and KLEARSTACK_COMPANY_NAME are: set what is missing, or unset all four to run against the embedded reference server"},
		},
		"no user or password": {
			but(target(), "KLEARSTACK_USERNAME", "KLEARSTACK_PASSWORD"),
			[]string{"KLEARSTACK_USERNAME and KLEARSTACK_PASSWORD (or KLEARSTACK_PASSWORD_FILE) are not set but KLEARSTACK_BASE_URL and KLEARSTACK_COMPANY_NAME are: set what is missing, or unset all four to run against the embedded reference server"},
		},
		"a password file alone": {
			[]string{"KLEARSTACK_PASSWORD_FILE=" + secret},
			[]string{"KLEARSTACK_BASE_URL, KLEARSTACK_USERNAME and KLEARSTACK_COMPANY_NAME are not set but KLEARSTACK_PASSWORD_FILE is: set what is missing, or unset all four to run against the embedded reference server"},
		},
		"nothing but empty values": {
			[]string{"KLEARSTACK_BASE_URL=", "KLEARSTACK_USERNAME=", "KLEARSTACK_PASSWORD=", "KLEARSTACK_COMPANY_NAME="},
			[]string{
				"KLEARSTACK_BASE_URL is set but empty: give it a value, or unset it",
				"KLEARSTACK_USERNAME is set but empty: give it a value, or unset it",
				"KLEARSTACK_PASSWORD is set but empty: give it a value, or unset it",
				"KLEARSTACK_COMPANY_NAME is set but empty: give it a value, or unset it",
			},
		},
		"a deployment of which values are empty": {
			but(target("KLEARSTACK_PASSWORD_FILE=", "KLEARSTACK_JWT_KEY=", "KLEARSTACK_TIMEOUT=", "KLEARSTACK_STRICT=", "KLEARSTACK_CONCURRENCY=", "KLEARSTACK_REPORT_DIR=", "KLEARSTACK_USER="), "KLEARSTACK_PASSWORD"),
			[]string{
				"KLEARSTACK_USER is not a setting (did you mean KLEARSTACK_USERNAME?): rename or unset it",
				"KLEARSTACK_JWT_KEY is set but empty: give it a value, or unset it",
				"KLEARSTACK_TIMEOUT is set but empty: give it a value, or unset it",
				"KLEARSTACK_STRICT is set but empty: give it a value, or unset it",
				"KLEARSTACK_CONCURRENCY is set but empty: give it a value, or unset it",
				"KLEARSTACK_REPORT_DIR is set but empty: give it a value, or unset it",
				"KLEARSTACK_PASSWORD_FILE is set but empty: give it a value, or unset it",
			},
		},
		"settings of a deployment without one": {
			[]string{"KLEARSTACK_OTHER_COMPANY_NAME=Globex", "KLEARSTACK_UNKNOWN_USERNAME=nobody", "KLEARSTACK_JWT_KEY_FILE=" + secret, "KLEARSTACK_CA_FILE=" + file(t, certificate(t)), "KLEARSTACK_INSECURE_SKIP_VERIFY=true", "KLEARSTACK_ALLOW_HTTP=1", "KLEARSTACK_ALLOW_QUERY_CREDENTIALS=TRUE"},
			[]string{
				"KLEARSTACK_OTHER_COMPANY_NAME is set but KLEARSTACK_BASE_URL is not: it only concerns a deployment, so set the base URL of one or unset it",
				"KLEARSTACK_UNKNOWN_USERNAME is set but KLEARSTACK_BASE_URL is not: it only concerns a deployment, so set the base URL of one or unset it",
				"KLEARSTACK_JWT_KEY_FILE is set but KLEARSTACK_BASE_URL is not: it only concerns a deployment, so set the base URL of one or unset it",
				"KLEARSTACK_CA_FILE is set but KLEARSTACK_BASE_URL is not: it only concerns a deployment, so set the base URL of one or unset it",
				"KLEARSTACK_INSECURE_SKIP_VERIFY is set but KLEARSTACK_BASE_URL is not: it only concerns a deployment, so set the base URL of one or unset it",
				"KLEARSTACK_ALLOW_HTTP is set but KLEARSTACK_BASE_URL is not: it only concerns a deployment, so set the base URL of one or unset it",
				"KLEARSTACK_ALLOW_QUERY_CREDENTIALS is set but KLEARSTACK_BASE_URL is not: it only concerns a deployment, so set the base URL of one or unset it",
				"KLEARSTACK_CA_FILE and KLEARSTACK_INSECURE_SKIP_VERIFY contradict each other: keep the first to verify certificates, the second to leave them unverified",
			},
		},
		"a key without a deployment": {
			[]string{"KLEARSTACK_JWT_KEY=" + canary},
			[]string{"KLEARSTACK_JWT_KEY is set but KLEARSTACK_BASE_URL is not: it only concerns a deployment, so set the base URL of one or unset it"},
		},
		"misspelt": {
			but(target("KLEARSTACK_USER=qa-user", "KLEARSTACK_FOO="+canary, "KLEARSTACK_\x1b[31m=x", "KLEARSTACK_"+strings.Repeat("X", 100)+"=x"), "KLEARSTACK_USERNAME"),
			[]string{
				`"KLEARSTACK_\x1b[31m" is not a setting: unset it`,
				"KLEARSTACK_FOO is not a setting: unset it",
				"KLEARSTACK_USER is not a setting (did you mean KLEARSTACK_USERNAME?): rename or unset it",
				`"KLEARSTACK_` + strings.Repeat("X", 69) + `…" is not a setting: unset it`,
				"KLEARSTACK_USERNAME is not set but KLEARSTACK_BASE_URL, KLEARSTACK_PASSWORD and KLEARSTACK_COMPANY_NAME are: set what is missing, or unset all four to run against the embedded reference server",
			},
		},
		"a secret and its file": {
			target("KLEARSTACK_PASSWORD_FILE="+secret, "KLEARSTACK_JWT_KEY=key", "KLEARSTACK_JWT_KEY_FILE=/nowhere"),
			[]string{
				"KLEARSTACK_PASSWORD and KLEARSTACK_PASSWORD_FILE are both set: unset one of them",
				"KLEARSTACK_JWT_KEY and KLEARSTACK_JWT_KEY_FILE are both set: unset one of them",
			},
		},
		"files that do not exist or are none": {
			but(target("KLEARSTACK_PASSWORD_FILE="+canary, "KLEARSTACK_JWT_KEY_FILE="+folder), "KLEARSTACK_PASSWORD"),
			[]string{
				"KLEARSTACK_PASSWORD_FILE names a file that does not exist: name a readable file that holds nothing but the value of KLEARSTACK_PASSWORD",
				"KLEARSTACK_JWT_KEY_FILE names a file that is a folder: name a readable file that holds nothing but the value of KLEARSTACK_JWT_KEY",
			},
		},
		"files whose names are not what was meant": {
			but(target("KLEARSTACK_PASSWORD_FILE='/run/password'", "KLEARSTACK_JWT_KEY_FILE=/nowhere\r"), "KLEARSTACK_PASSWORD"),
			[]string{
				"KLEARSTACK_PASSWORD_FILE names a file that does not exist (KLEARSTACK_PASSWORD_FILE is in single quotes, which are part of it): name a readable file that holds nothing but the value of KLEARSTACK_PASSWORD",
				"KLEARSTACK_JWT_KEY_FILE names a file that does not exist (KLEARSTACK_JWT_KEY_FILE ends with a carriage return): name a readable file that holds nothing but the value of KLEARSTACK_JWT_KEY",
			},
		},
		"files that are empty or out of reach": {
			but(target("KLEARSTACK_PASSWORD_FILE="+file(t, ""), "KLEARSTACK_JWT_KEY_FILE="+secret+"/x"), "KLEARSTACK_PASSWORD"),
			[]string{
				"KLEARSTACK_PASSWORD_FILE names a file that is empty: name one that holds the value of KLEARSTACK_PASSWORD",
				"KLEARSTACK_JWT_KEY_FILE names a file that cannot be reached: name a readable file that holds nothing but the value of KLEARSTACK_JWT_KEY",
			},
		},
		"files of a line break or a device": {
			but(target("KLEARSTACK_PASSWORD_FILE="+file(t, "\r\n"), "KLEARSTACK_JWT_KEY_FILE="+os.DevNull), "KLEARSTACK_PASSWORD"),
			[]string{
				"KLEARSTACK_PASSWORD_FILE names a file that is empty: name one that holds the value of KLEARSTACK_PASSWORD",
				"KLEARSTACK_JWT_KEY_FILE names a file that is not a regular file: name a readable file that holds nothing but the value of KLEARSTACK_JWT_KEY",
			},
		},
		"files too large or not text": {
			but(target("KLEARSTACK_PASSWORD_FILE="+file(t, strings.Repeat("x", 64<<10+1)), "KLEARSTACK_JWT_KEY_FILE="+file(t, canary+"\xff")), "KLEARSTACK_PASSWORD"),
			[]string{
				"KLEARSTACK_PASSWORD_FILE names a file that is larger than 64 KiB: name a readable file that holds nothing but the value of KLEARSTACK_PASSWORD",
				"KLEARSTACK_JWT_KEY_FILE names a file that is not valid UTF-8: write the value of KLEARSTACK_JWT_KEY as UTF-8 text",
			},
		},
		"a file with a NUL byte": {
			but(target("KLEARSTACK_PASSWORD_FILE="+file(t, canary+"\x00")), "KLEARSTACK_PASSWORD"),
			[]string{"KLEARSTACK_PASSWORD_FILE names a file that holds a NUL byte: write the value of KLEARSTACK_PASSWORD as UTF-8 text"},
		},
		"files of a mark, and in UTF-16": {
			but(target("KLEARSTACK_PASSWORD_FILE="+file(t, "\uFEFF\r\n"), "KLEARSTACK_JWT_KEY_FILE="+file(t, "\xff\xfek\x00")), "KLEARSTACK_PASSWORD"),
			[]string{
				"KLEARSTACK_PASSWORD_FILE names a file that is empty: name one that holds the value of KLEARSTACK_PASSWORD",
				"KLEARSTACK_JWT_KEY_FILE names a file that is in UTF-16: write the value of KLEARSTACK_JWT_KEY as UTF-8 text",
			},
		},
		"byte order marks": {
			target("KLEARSTACK_BASE_URL=\uFEFFhttps://staging.example.com", "KLEARSTACK_PASSWORD=\uFEFF"+canary, "KLEARSTACK_JWT_KEY_FILE="+file(t, "\uFEFF\uFEFFkey")),
			[]string{
				"KLEARSTACK_JWT_KEY_FILE names a file that begins with a byte order mark (U+FEFF): write the value of KLEARSTACK_JWT_KEY as UTF-8 text",
				"KLEARSTACK_BASE_URL begins with a byte order mark (U+FEFF), which does not show: take it out",
				"KLEARSTACK_PASSWORD begins with a byte order mark (U+FEFF), which does not show: take it out",
			},
		},
		"malformed values": {
			target("KLEARSTACK_TIMEOUT=10", "KLEARSTACK_CLOCK_TOLERANCE= 60s", "KLEARSTACK_STRICT=yes", "KLEARSTACK_ALLOW_HTTP=on", "KLEARSTACK_CONCURRENCY=eight", "KLEARSTACK_RATE=0,5", "KLEARSTACK_INSECURE_SKIP_VERIFY=\x1b"+strings.Repeat("é", 100), "KLEARSTACK_ALLOW_QUERY_CREDENTIALS=2"),
			[]string{
				`KLEARSTACK_TIMEOUT is "10", which is no duration: set it to a number with a unit, such as 10s or 1m30s`,
				`KLEARSTACK_CLOCK_TOLERANCE is " 60s", which is no duration: set it to a number with a unit, such as 10s or 1m30s`,
				`KLEARSTACK_INSECURE_SKIP_VERIFY is "\x1b` + strings.Repeat("é", 79) + `…": set it to true or false`,
				`KLEARSTACK_ALLOW_HTTP is "on": set it to true or false`,
				`KLEARSTACK_STRICT is "yes": set it to true or false`,
				`KLEARSTACK_ALLOW_QUERY_CREDENTIALS is "2": set it to true or false`,
				`KLEARSTACK_CONCURRENCY is "eight": set it to a whole number from 1 to 64`,
				`KLEARSTACK_RATE is "0,5": set it to requests per second, a number from 0.1 to 1000 such as 0.5, or unset it for no limit`,
			},
		},
		"a malformed permission is not a missing one": {
			target("KLEARSTACK_BASE_URL=http://staging.example.com", "KLEARSTACK_ALLOW_HTTP=ja"),
			[]string{`KLEARSTACK_ALLOW_HTTP is "ja": set it to true or false`},
		},
		"out of range, low": {
			[]string{"KLEARSTACK_TIMEOUT=99ms", "KLEARSTACK_CLOCK_TOLERANCE=-1ns", "KLEARSTACK_CONCURRENCY=0"},
			[]string{
				"KLEARSTACK_TIMEOUT is 99ms: set it to a duration from 100ms to 5m",
				"KLEARSTACK_CLOCK_TOLERANCE is -1ns: set it to a duration from 0s to 1h",
				"KLEARSTACK_CONCURRENCY is 0: set it to a whole number from 1 to 64",
			},
		},
		"out of range, high": {
			[]string{"KLEARSTACK_TIMEOUT=5m1ns", "KLEARSTACK_CLOCK_TOLERANCE=61m", "KLEARSTACK_CONCURRENCY=65"},
			[]string{
				"KLEARSTACK_TIMEOUT is 5m0.000000001s: set it to a duration from 100ms to 5m",
				"KLEARSTACK_CLOCK_TOLERANCE is 1h1m0s: set it to a duration from 0s to 1h",
				"KLEARSTACK_CONCURRENCY is 65: set it to a whole number from 1 to 64",
			},
		},
		"out of all ranges": {
			[]string{"KLEARSTACK_TIMEOUT=9999999h", "KLEARSTACK_CONCURRENCY=99999999999"},
			[]string{
				`KLEARSTACK_TIMEOUT is "9999999h", which is no duration: set it to a number with a unit, such as 10s or 1m30s`,
				`KLEARSTACK_CONCURRENCY is "99999999999": set it to a whole number from 1 to 64`,
			},
		},
		"no rate": {
			[]string{"KLEARSTACK_RATE=0"},
			[]string{`KLEARSTACK_RATE is "0": set it to requests per second, a number from 0.1 to 1000 such as 0.5, or unset it for no limit`},
		},
		"a rate that is no number": {
			[]string{"KLEARSTACK_RATE=NaN"},
			[]string{"KLEARSTACK_RATE is NaN: set it to requests per second, a number from 0.1 to 1000 such as 0.5, or unset it for no limit"},
		},
		"a rate without end": {
			[]string{"KLEARSTACK_RATE=inf"},
			[]string{"KLEARSTACK_RATE is +Inf: set it to requests per second, a number from 0.1 to 1000 such as 0.5, or unset it for no limit"},
		},
		"a negative rate": {
			[]string{"KLEARSTACK_RATE=-1"},
			[]string{"KLEARSTACK_RATE is -1: set it to requests per second, a number from 0.1 to 1000 such as 0.5, or unset it for no limit"},
		},
		"one company twice": {
			target("KLEARSTACK_OTHER_COMPANY_NAME=Acme Invoices"),
			[]string{"KLEARSTACK_OTHER_COMPANY_NAME is the same as KLEARSTACK_COMPANY_NAME: set it to a company that the user does not belong to, or unset it"},
		},
		"a known user as unknown": {
			target("KLEARSTACK_UNKNOWN_USERNAME=QA-User"),
			[]string{"KLEARSTACK_UNKNOWN_USERNAME is the same as KLEARSTACK_USERNAME: set it to a user name that does not exist, or unset it to have one made up"},
		},
		"not text": {
			target("KLEARSTACK_BASE_URL=https://\xff", "KLEARSTACK_USERNAME=\xff", "KLEARSTACK_PASSWORD="+canary+"\xff", "KLEARSTACK_COMPANY_NAME=\x00", "KLEARSTACK_OTHER_COMPANY_NAME=a\x00", "KLEARSTACK_UNKNOWN_USERNAME=a\xff", "KLEARSTACK_JWT_KEY="+canary+"\x00", "KLEARSTACK_CA_FILE=\x00", "KLEARSTACK_REPORT_DIR=\xc3", "KLEARSTACK_DEVIATIONS=\x00"),
			[]string{
				"KLEARSTACK_BASE_URL is not valid UTF-8: write it as UTF-8 text",
				"KLEARSTACK_USERNAME is not valid UTF-8: write it as UTF-8 text",
				"KLEARSTACK_PASSWORD is not valid UTF-8: write it as UTF-8 text",
				"KLEARSTACK_COMPANY_NAME holds a NUL byte: write it as UTF-8 text",
				"KLEARSTACK_OTHER_COMPANY_NAME holds a NUL byte: write it as UTF-8 text",
				"KLEARSTACK_UNKNOWN_USERNAME is not valid UTF-8: write it as UTF-8 text",
				"KLEARSTACK_JWT_KEY holds a NUL byte: write it as UTF-8 text",
				"KLEARSTACK_CA_FILE holds a NUL byte: write it as UTF-8 text",
				"KLEARSTACK_REPORT_DIR is not valid UTF-8: write it as UTF-8 text",
				"KLEARSTACK_DEVIATIONS holds a NUL byte: write it as UTF-8 text",
			},
		},
		"everything at once": {
			[]string{"KLEARSTACK_BASEURL=x", "KLEARSTACK_TIMEOUT=x", "KLEARSTACK_PASSWORD_FILE=/nowhere", "KLEARSTACK_CONCURRENCY=0", "KLEARSTACK_JWT_KEY=key"},
			[]string{
				"KLEARSTACK_BASEURL is not a setting (did you mean KLEARSTACK_BASE_URL?): rename or unset it",
				`KLEARSTACK_TIMEOUT is "x", which is no duration: set it to a number with a unit, such as 10s or 1m30s`,
				"KLEARSTACK_PASSWORD_FILE names a file that does not exist: name a readable file that holds nothing but the value of KLEARSTACK_PASSWORD",
				"KLEARSTACK_BASE_URL, KLEARSTACK_USERNAME and KLEARSTACK_COMPANY_NAME are not set but KLEARSTACK_PASSWORD_FILE is: set what is missing, or unset all four to run against the embedded reference server",
				"KLEARSTACK_JWT_KEY is set but KLEARSTACK_BASE_URL is not: it only concerns a deployment, so set the base URL of one or unset it",
				"KLEARSTACK_CONCURRENCY is 0: set it to a whole number from 1 to 64",
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings, err := config.FromEnvironment(test.environ)
			assert.Zero(t, settings)
			requireProblems(t, test.want, err)
		})
	}
}

// requireProblems wants exactly these sentences, and no secret in them.
func requireProblems(t *testing.T, want []string, err error) {
	t.Helper()
	var problems config.Problems
	require.ErrorAs(t, err, &problems)
	require.Equal(t, want, []string(problems))
	require.Equal(t, strings.Join(want, "\n"), err.Error())
	require.NotContains(t, err.Error(), canary)
}
