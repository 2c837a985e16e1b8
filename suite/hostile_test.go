package suite_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/klearstack/conformance/internal/hostile"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/suite"
)

// Whatever a server does, the suite gives the right verdict with the right words, within its budget, and leaves nothing
// behind. Other tests wait meanwhile, so that the goroutines can be counted.
func TestHostileServers(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a minute")
	}
	others := goleak.IgnoreCurrent()
	t.Run("all", func(t *testing.T) {
		for _, m := range hostile.Catalogue() {
			t.Run(m.Name, func(t *testing.T) {
				t.Parallel()
				meet(t, m)
			})
		}
	})
	goleak.VerifyNone(t, others)
}

func meet(t *testing.T, m hostile.Misbehaviour) {
	t.Helper()
	config := reference.Default()
	var seen canaries
	seen.watch(&config)
	settings, server := serveHostile(t, m, config)
	defer server.Close()
	result, output := runWatched(t, settings, &seen, "")

	assert.Equal(t, m.Verdict, result.Verdict, output)
	violated := []string{}
	for _, c := range result.Clauses {
		if c.Outcome == outcome.Violated && result.Gates(c.Level) {
			violated = append(violated, c.ID)
		}
	}
	assert.ElementsMatch(t, m.Violated, violated, output)
	if m.Problem == "" {
		assert.Empty(t, result.Problem)
	} else {
		assert.Contains(t, result.Problem, m.Problem)
	}
	if m.Stopped == "" {
		assert.Empty(t, result.Stopped)
	} else {
		assert.Contains(t, result.Stopped, m.Stopped)
		assert.Equal(t, 1, strings.Count(output, m.Stopped), "a rate limit is reported once\n%s", output)
	}
	most := m.Requests
	if most == 0 {
		most = 60
	}
	assert.LessOrEqual(t, result.Requests-result.Repeated, most, "requests without repeats after a rate limit")
	assert.Zero(t, server.Strays(), "connections to where a redirect led")
	assertHarmless(t, output)
	report, err := json.Marshal(result)
	require.NoError(t, err)
	for _, secret := range []string{settings.Password, settings.JWTKey} {
		for _, spelling := range spellings(secret) {
			assert.NotContains(t, output, spelling)
			assert.NotContains(t, string(report), spelling)
		}
	}
	const run, telling = 24, 10 // the password's last letters are random, so a few of them in a row are no coincidence
	random := settings.Password[len(settings.Password)-run:]
	for at := range run - telling {
		assert.NotContains(t, output, random[at:at+telling], "a part of the password")
		assert.NotContains(t, string(report), random[at:at+telling], "a part of the password")
	}
}

// serveHostile starts a server that misbehaves, and returns it with the settings that point the suite at it.
func serveHostile(t *testing.T, m hostile.Misbehaviour, config reference.Config) (suite.Settings, *hostile.Running) {
	t.Helper()
	settings := quiet(suite.Defaults())
	user := config.Users[0]
	settings.Username, settings.Password, settings.CompanyName = user.Username, user.Password, user.Company
	settings.OtherCompanyName, settings.JWTKey = config.Users[1].Company, string(config.Key)
	if m.Timeout > 0 {
		settings.Timeout = m.Timeout
	}
	server, err := hostile.Start(m, config)
	require.NoError(t, err)
	settings.BaseURL = server.URL
	if strings.HasPrefix(server.URL, "https://") && server.AuthorityPEM != nil {
		settings.CAFile = filepath.Join(t.TempDir(), "ca.pem")
		require.NoError(t, os.WriteFile(settings.CAFile, server.AuthorityPEM, 0o600))
	}
	return settings, server
}

// assertHarmless asserts that nothing in the output drives a terminal or a CI system that reads it.
func assertHarmless(t *testing.T, output string) {
	t.Helper()
	for line := range strings.Lines(output) {
		assert.NotRegexp(t, `^\s*::`, line, "a workflow command of GitHub's")
		assert.NotContains(t, line, "##", "where a workflow command of GitHub's or Azure's begins")
		assert.NotRegexp(t, `[\x00-\x08\x0b-\x1f\x7f-\x{9f}\x{2028}-\x{202e}]`, line)
	}
}

func TestHostileCatalogue(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, m := range hostile.Catalogue() {
		assert.False(t, names[m.Name], "%s twice", m.Name)
		names[m.Name] = true
		assert.Equal(t, m.Verdict == suite.Violates, len(m.Violated) > 0, m.Name)
	}
	assert.GreaterOrEqual(t, len(names), 45)
}
