package config_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
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
	key := strings.ReplaceAll(valid, "CERTIFICATE", "PRIVATE KEY")
	for name, test := range map[string]struct {
		content string
		want    int
	}{
		"one":                          {valid, 1},
		"two":                          {valid + certificate(t), 2},
		"text around it":               {"Issuer: x\n" + valid + "more", 1},
		"a key beside it":              {key + valid, 1},
		"a request beside it":          {strings.ReplaceAll(valid, "CERTIFICATE", "CERTIFICATE REQUEST") + valid, 1},
		"a damaged key beside it":      {"-----BEGIN EC PRIVATE KEY-----\nA\n-----END EC PRIVATE KEY-----\n" + valid, 1},
		"carriage returns":             {strings.ReplaceAll(valid, "\n", "\r\n"), 1},
		"a byte order mark before one": {"\uFEFF" + valid, 1},
		"a mark before the first":      {"\uFEFF" + valid + valid, 2},
		"no line break at the end":     {strings.TrimSpace(valid), 1},
		"of its old name":              {strings.ReplaceAll(valid, "CERTIFICATE", "X509 CERTIFICATE"), 1},
		"BEGIN within text":            {"# what follows -----BEGIN CERTIFICATE----- is ours, \xe9\n" + valid, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := targetSettings(func(s *config.Settings) { s.CAFile = file(t, test.content) })
			require.NoError(t, settings.Validate())
			authorities, err := settings.Authorities()
			require.NoError(t, err)
			assert.Len(t, authorities, test.want)
		})
	}
	authorities, err := config.Defaults().Authorities()
	require.NoError(t, err)
	assert.Nil(t, authorities)
}

func TestCAFilesThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	valid := certificate(t)
	parsed, _ := pem.Decode([]byte(valid))
	lines := strings.Split(valid, "\n")
	const none, broken = `which holds no certificate: name a PEM file with at least one`, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
	for name, test := range map[string]struct{ path, want string }{
		"missing":           {"/nowhere/ca.pem", `"/nowhere/ca.pem", which does not exist: name a readable PEM file of certificates`},
		"long":              {"/" + strings.Repeat("é", 100), `"/` + strings.Repeat("é", 79) + `…", which does not exist: name a readable PEM file of certificates`},
		"a folder":          {"/", `"/", which is a folder: name a readable PEM file of certificates`},
		"empty":             {file(t, ""), none},
		"no PEM":            {file(t, "certificate"), none},
		"a key":             {file(t, strings.ReplaceAll(valid, "CERTIFICATE", "PRIVATE KEY")), `which holds no certificate, but a block of "PRIVATE KEY": name a PEM file with at least one`},
		"too large":         {file(t, strings.Repeat("x", 4<<20+1)), `which is larger than 4096 KiB: name a readable PEM file of certificates`},
		"a broken one":      {file(t, broken), `whose certificate 1 (line 1) can't be parsed ("malformed certificate"): replace it, or take it out`},
		"and a broken one":  {file(t, valid+"text\n"+broken), `whose certificate 2 (line 8) can't be parsed ("malformed certificate"): replace it, or take it out`},
		"damaged base64":    {file(t, valid+strings.Replace(valid, "\nMI", "\nM!", 1)), `whose certificate 2 (line 7) can't be read, as its base64 or its END line is damaged: replace it`},
		"no END":            {file(t, strings.Join(lines[:len(lines)-2], "\n")), `whose certificate 1 (line 1) can't be read, as it has no END line: add it, or the rest of the file`},
		"END of another":    {file(t, strings.Replace(valid, "END CERTIFICATE", "END CERT", 1)), `whose certificate 1 (line 1) can't be read, as its base64 or its END line is damaged: replace it`},
		"on one line":       {file(t, strings.ReplaceAll(valid, "\n", " ")), `whose certificate 1 (line 1) can't be read, as it is on one line: put line breaks after its BEGIN and before its END`},
		"escaped":           {file(t, strings.ReplaceAll(valid, "\n", `\n`)), `whose certificate 1 (line 1) can't be read, as it has \n in place of line breaks: put in line breaks`},
		"glued":             {file(t, strings.TrimSpace(valid)+valid), `whose certificate 2 (line 6) begins within a line: put a line break before its BEGIN`},
		"indented":          {file(t, "ca: |\n  "+strings.ReplaceAll(valid, "\n", "\n  ")), `whose certificate 1 (line 2) is indented: take the blanks out before its lines`},
		"trusted":           {file(t, strings.ReplaceAll(valid, "CERTIFICATE", "TRUSTED CERTIFICATE")), `whose certificate 1 (line 1) is OpenSSL's own kind, BEGIN TRUSTED CERTIFICATE: convert it with openssl x509`},
		"PKCS #7":           {file(t, strings.ReplaceAll(valid, "CERTIFICATE", "PKCS7")), `whose certificate 1 (line 1) can't be read, as it is a block of "PKCS7": take the certificates out of it with openssl`},
		"DER":               {file(t, string(parsed.Bytes)), `which is a certificate in DER: convert it to PEM, with openssl x509 -inform DER`},
		"binary":            {file(t, "\x30\x82\x01\x01\x02"), `which can't be read, as it is binary: export its certificates as PEM`},
		"binary, endless":   {file(t, "\x30\x80\x01\x01\x02"), `which can't be read, as it is binary: export its certificates as PEM`},
		"hardly binary":     {file(t, "\x30\x31\x01\x01\x02"), none},
		"base64 of text":    {file(t, "YWJjZGVmZ2g="), none},
		"only blanks":       {file(t, " \n "), none},
		"CMS":               {file(t, strings.ReplaceAll(valid, "CERTIFICATE", "CMS")), `whose certificate 1 (line 1) can't be read, as it is a block of "CMS": take the certificates out of it with openssl`},
		"twice glued":       {file(t, valid+"x"+broken), `whose certificate 2 (line 7) begins within a line: put a line break before its BEGIN`},
		"UTF-16":            {file(t, "\xff\xfe-\x00-\x00"), `which is in UTF-16: save it as plain text`},
		"in base64":         {file(t, base64.StdEncoding.EncodeToString([]byte(valid))), `which is a PEM file in base64: decode it`},
		"without its frame": {file(t, strings.Join(lines[1:len(lines)-2], "\n")), `which is a certificate without its BEGIN and END lines: add them`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := targetSettings(func(s *config.Settings) { s.CAFile = test.path })
			err := settings.Validate()
			var problems config.Problems
			require.ErrorAs(t, err, &problems)
			require.Len(t, problems, 1)
			assert.True(t, strings.HasPrefix(problems[0], "KLEARSTACK_CA_FILE names "), problems[0])
			assert.True(t, strings.HasSuffix(problems[0], test.want), problems[0])
			_, reading := settings.Authorities()
			assert.Equal(t, err, reading)
		})
	}
	var problems config.Problems
	require.ErrorAs(t, targetSettings(func(s *config.Settings) { s.CAFile = file(t, strings.Repeat(broken, 9)) }).Validate(), &problems)
	assert.Len(t, problems, 5, "of many as many as fit a screen")
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
