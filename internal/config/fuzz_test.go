package config_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/config"
)

func FuzzFromEnvironment(f *testing.F) {
	for _, seed := range []string{
		"",
		"KLEARSTACK_BASE_URL=https://staging.example.com\nKLEARSTACK_USERNAME=qa\nKLEARSTACK_COMPANY_NAME=Acme",
		"KLEARSTACK_BASE_URL=http://localhost:8080/prefix/\nKLEARSTACK_USERNAME=qa\nKLEARSTACK_COMPANY_NAME=Acme\nKLEARSTACK_OTHER_COMPANY_NAME=Acme",
		"KLEARSTACK_BASE_URL=http://qa:pass@host:99999/?a#b\nKLEARSTACK_ALLOW_HTTP=true",
		"KLEARSTACK_USER=qa\nKLEARSTACK_\x00=1\n=x\nnothing",
		"KLEARSTACK_TIMEOUT=10\nKLEARSTACK_CLOCK_TOLERANCE=-1s\nKLEARSTACK_CONCURRENCY=x\nKLEARSTACK_STRICT=maybe",
		"KLEARSTACK_PASSWORD_FILE=/nowhere\nKLEARSTACK_JWT_KEY_FILE=.\nKLEARSTACK_CA_FILE=fuzz_test.go\nKLEARSTACK_INSECURE_SKIP_VERIFY=1",
		"KLEARSTACK_BASE_URL=https://a\nhttps_proxy=agent:pass@b:1\nHTTP_PROXY=::\nNO_PROXY=*.a, *a,10.0.0.0/8,[::1]:1\nREQUEST_METHOD=GET",
		"KLEARSTACK_USERNAME=\xff\nKLEARSTACK_COMPANY_NAME=\x00\nKLEARSTACK_REPORT_DIR=-",
	} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, withPassword bool) {
		if strings.Contains(text, canary) {
			t.Skip("a canary outside the password may be shown")
		}
		environ := strings.Split(text, "\n")
		if withPassword {
			environ = append(environ, "KLEARSTACK_PASSWORD="+canary, "KLEARSTACK_JWT_KEY="+canary)
		}
		settings, err := config.FromEnvironment(environ)
		if err == nil {
			require.NoError(t, settings.Validate())
			require.NotContains(t, fmt.Sprint(settings.Redacted()), canary)
			return
		}
		require.Zero(t, settings)
		var problems config.Problems
		require.ErrorAs(t, err, &problems)
		require.NotEmpty(t, problems)
		for _, problem := range problems {
			require.NotEmpty(t, problem)
			require.True(t, utf8.ValidString(problem), "%q", problem)
			require.NotContains(t, problem, "\n")
			require.NotContains(t, problem, canary)
			require.Regexp(t, "KLEARSTACK_|(?i)PROXY", problem)
		}
	})
}
