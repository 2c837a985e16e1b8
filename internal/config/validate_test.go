package config_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/config"
)

// certificate is one in PEM.
func certificate(t *testing.T) string {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	require.NoError(t, err)
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

func TestDefaultsAreValid(t *testing.T) {
	t.Parallel()
	require.NoError(t, config.Defaults().Validate())
}

func TestZeroSettingsAreNot(t *testing.T) {
	t.Parallel()
	requireProblems(t, []string{
		"KLEARSTACK_TIMEOUT is 0s: set it to a duration from 100ms to 5m",
		"KLEARSTACK_CONCURRENCY is 0: set it to a whole number from 1 to 64",
		"KLEARSTACK_REPORT_DIR is not set: set it to a folder, or to - for no report",
	}, config.Settings{}.Validate())
}

func TestCAFiles(t *testing.T) {
	t.Parallel()
	valid := certificate(t)
	for name, content := range map[string]string{
		"one":                 valid,
		"two":                 valid + certificate(t),
		"with text around it": "Issuer: x\n" + valid + "more",
		"and a broken one":    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n" + valid,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := targetSettings(func(s *config.Settings) { s.CAFile = file(t, content) })
			require.NoError(t, settings.Validate())
		})
	}
	for name, test := range map[string]struct{ path, want string }{
		"missing":      {"/nowhere/ca.pem", `"/nowhere/ca.pem", which does not exist: name a readable PEM file of certificates`},
		"long":         {"/" + strings.Repeat("é", 100), `"/` + strings.Repeat("é", 79) + `…", which does not exist: name a readable PEM file of certificates`},
		"a folder":     {"/", `"/", which is a folder: name a readable PEM file of certificates`},
		"empty":        {file(t, ""), `which holds no certificate: name a PEM file with at least one`},
		"no PEM":       {file(t, "certificate"), `which holds no certificate: name a PEM file with at least one`},
		"a key":        {file(t, strings.ReplaceAll(valid, "CERTIFICATE", "PRIVATE KEY")), `which holds no certificate: name a PEM file with at least one`},
		"a broken one": {file(t, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), `which holds no certificate: name a PEM file with at least one`},
		"too large":    {file(t, strings.Repeat("x", 4<<20+1)), `which is larger than 4096 KiB: name a readable PEM file of certificates`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := targetSettings(func(s *config.Settings) { s.CAFile = test.path }).Validate()
			var problems config.Problems
			require.ErrorAs(t, err, &problems)
			require.Len(t, problems, 1)
			assert.True(t, strings.HasPrefix(problems[0], "KLEARSTACK_CA_FILE names "), problems[0])
			assert.True(t, strings.HasSuffix(problems[0], test.want), problems[0])
		})
	}
}

func TestCertificatesOfHTTP(t *testing.T) {
	t.Parallel()
	settings := targetSettings(func(s *config.Settings) {
		s.BaseURL, s.CAFile, s.InsecureSkipVerify = "http://localhost", file(t, certificate(t)), true
	})
	requireProblems(t, []string{
		"KLEARSTACK_CA_FILE is set but KLEARSTACK_BASE_URL is an http address, which has no certificate: use https, or unset it",
		"KLEARSTACK_INSECURE_SKIP_VERIFY is set but KLEARSTACK_BASE_URL is an http address, which has no certificate: use https, or unset it",
		"KLEARSTACK_CA_FILE and KLEARSTACK_INSECURE_SKIP_VERIFY contradict each other: keep the first to verify certificates, the second to leave them unverified",
	}, settings.Validate())
}

func TestRedacted(t *testing.T) {
	t.Parallel()
	assert.Equal(t, map[string]string{
		"KLEARSTACK_TIMEOUT":         "10s",
		"KLEARSTACK_CLOCK_TOLERANCE": "1m0s",
		"KLEARSTACK_CONCURRENCY":     "8",
		"KLEARSTACK_REPORT_DIR":      "reports",
	}, config.Defaults().Redacted())

	all := targetSettings(func(s *config.Settings) {
		s.BaseURL = "https://qa:" + canary + "@staging.example.com/a%2Fb/?p=" + canary + "#" + canary
		s.OtherCompanyName, s.JWTKey, s.CAFile, s.ReportDir, s.Deviations = "Globex", canary, "ca.pem", "-", "known.yaml"
		s.UnknownUsername = "nobody"
		s.Rate = 0.5
		s.InsecureSkipVerify, s.AllowHTTP, s.Strict, s.AllowQueryCredentials = true, true, true, true
	}).Redacted()
	assert.Equal(t, map[string]string{
		"KLEARSTACK_BASE_URL":                "https://staging.example.com/a%2Fb/",
		"KLEARSTACK_USERNAME":                "qa-user",
		"KLEARSTACK_PASSWORD":                "(set)",
		"KLEARSTACK_COMPANY_NAME":            "Acme Invoices",
		"KLEARSTACK_OTHER_COMPANY_NAME":      "Globex",
		"KLEARSTACK_UNKNOWN_USERNAME":        "nobody",
		"KLEARSTACK_JWT_KEY":                 "(set)",
		"KLEARSTACK_TIMEOUT":                 "10s",
		"KLEARSTACK_CLOCK_TOLERANCE":         "1m0s",
		"KLEARSTACK_CA_FILE":                 "ca.pem",
		"KLEARSTACK_INSECURE_SKIP_VERIFY":    "true",
		"KLEARSTACK_ALLOW_HTTP":              "true",
		"KLEARSTACK_STRICT":                  "true",
		"KLEARSTACK_ALLOW_QUERY_CREDENTIALS": "true",
		"KLEARSTACK_CONCURRENCY":             "8",
		"KLEARSTACK_RATE":                    "0.5",
		"KLEARSTACK_REPORT_DIR":              "-",
		"KLEARSTACK_DEVIATIONS":              "known.yaml",
	}, all)
	_, err := json.Marshal(all)
	require.NoError(t, err)
}

func TestRedactedOfInvalidBaseURLs(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"http://qa:%zz" + canary + "@host", "qa:" + canary + "@host", "https:qa:" + canary + "@host"} {
		assert.Equal(t, "(set)", config.Settings{BaseURL: address}.Redacted()["KLEARSTACK_BASE_URL"])
	}
}
