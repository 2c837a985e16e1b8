package suite_test

import (
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/variant"
	"github.com/klearstack/conformance/suite"
)

// No variant of what the contract leaves open raises an alarm. With -short, one in eight is tried.
func TestEveryVariantConforms(t *testing.T) {
	t.Parallel()
	for i, v := range variant.Catalogue() {
		if testing.Short() && i%8 != 0 {
			continue
		}
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			var seen canaries
			result, output := runWatched(t, serveVariant(t, v, seen.watch), &seen, formats()[i%len(formats())])
			assert.Equal(t, suite.Conforms, result.Verdict, "%s (%s)\n%s", v.Sentence, v.Because, output)
			assert.Empty(t, result.Problem)
			unlike := map[outcome.Kind][]string{}
			for _, clause := range result.Clauses {
				if result.Gates(clause.Level) || clause.Outcome == outcome.Violated {
					unlike[clause.Outcome] = append(unlike[clause.Outcome], clause.ID)
				}
			}
			delete(unlike, outcome.Kept)
			assert.ElementsMatch(t, v.Advisories, unlike[outcome.Violated], "violated\n%s", output)
			assert.Empty(t, unlike[outcome.NotTested], "not tested")
			assert.Empty(t, unlike[outcome.NotApplicable], "not applicable\n%s", output)
			assert.Empty(t, unlike[outcome.Inconclusive], "inconclusive")
			assert.Empty(t, unlike[outcome.NotJudged], "not judged")
		})
	}
}

func TestVariantCatalogue(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, v := range variant.Catalogue() {
		assert.False(t, names[v.Name], "%s twice", v.Name)
		names[v.Name] = true
		assert.NotEmpty(t, v.Sentence, v.Name)
		assert.NotEmpty(t, v.Because, v.Name)
	}
	assert.GreaterOrEqual(t, len(names), 200)
}

// serveVariant starts a variant of the reference server, and returns the settings that point the suite at it. Watch sees
// what the variant has made of the configuration.
func serveVariant(t *testing.T, v variant.Variant, watch func(*reference.Config)) suite.Settings {
	t.Helper()
	config := reference.Default()
	v.Apply(&config)
	watch(&config)
	var byHTTP2 atomic.Int64
	config.Hooks = config.Hooks.Then(reference.Hooks{Wrap: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ProtoMajor == 2 {
				byHTTP2.Add(1)
			}
			next.ServeHTTP(w, r)
		})
	}})
	handler, err := reference.New(config)
	require.NoError(t, err)
	listen := reference.Listen{TLS: v.Serving == variant.TrustedTLS}
	if v.Serving == variant.IPv6 {
		listen.Address = "[::1]:0"
	}
	running, err := reference.Start(handler, listen)
	if err != nil && v.Serving == variant.IPv6 {
		t.Skip("this machine has no IPv6: " + err.Error())
	}
	require.NoError(t, err)
	t.Cleanup(running.Close)

	settings := quiet(suite.Defaults())
	user := config.Users[0]
	settings.BaseURL = running.URL + v.BasePath
	settings.Username, settings.Password, settings.CompanyName = user.Username, user.Password, user.Company
	settings.OtherCompanyName, settings.JWTKey = config.Users[1].Company, string(config.Key)
	if listen.TLS {
		settings.CAFile = filepath.Join(t.TempDir(), "ca.pem")
		require.NoError(t, os.WriteFile(settings.CAFile, running.CertificatePEM, 0o600))
		t.Cleanup(func() { assert.Positive(t, byHTTP2.Load(), "requests by HTTP/2") })
	}
	return settings
}
