package config_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/config"
)

func TestSuspicions(t *testing.T) {
	t.Parallel()
	const (
		composed   = "contains accented characters in Unicode's composed form (NFC), while the account's may be decomposed (NFD)"
		decomposed = "contains characters that are not in Unicode's composed form (NFC), which the account's may be in"
		unexpanded = "looks like a placeholder that nothing was put in for"
	)
	for value, want := range map[string][]string{
		"":                          nil,
		"qa-user":                   nil,
		"Acme Invoices & Sons":      nil,
		`5" or 6"`:                  nil,
		`"`:                         nil,
		`"half`:                     nil,
		"100% of $5 {x}":            nil,
		`"qa-user"`:                 {"is in double quotes, which are part of it"},
		`'qa-user'`:                 {"is in single quotes, which are part of it"},
		"`qa-user`":                 {"is in backtick quotes, which are part of it"},
		"“qa-user”":                 {"is in typographic quotes, which are part of it"},
		"qa-user\r":                 {"ends with a carriage return"},
		"qa-user\n":                 {"ends with a line break"},
		"qa-user\r\n":               {"ends with a line break"},
		" qa-user\t":                {"begins with a blank", "ends with a tab"},
		"\u00a0qa-user":             {"begins with an unusual blank (U+00A0)"},
		"qa\u200b-user":             {"contains an invisible character (U+200B)"},
		"qa-user\ufeff":             {"ends with an invisible character (U+FEFF)"},
		"qa\x1b-user":               {"contains a control character (U+001B)"},
		"J\u00f6rg":                 {composed},
		"Jo\u0308rg":                {decomposed},
		"\u65e5\u672c":              nil,
		"${PASSWORD}":               {unexpanded},
		"$PASSWORD":                 {unexpanded},
		"{{ password }}":            {unexpanded},
		"***":                       {unexpanded},
		"<password>":                {unexpanded},
		"Acme%20Invoices":           {"looks percent-encoded, which it must not be yet"},
		"\"J\u00f6rg\" ":            {"ends with a blank", composed},
		strings.Repeat("\u200b", 9): {"begins with an invisible character (U+200B)", "ends with an invisible character (U+200B)"},
	} {
		var all, key []string
		for _, clause := range want {
			all = append(all, "KLEARSTACK_USERNAME "+clause)
			key = append(key, "KLEARSTACK_JWT_KEY "+clause)
		}
		assert.Equal(t, all, config.Settings{Username: value}.Suspicions(), "%q", value)
		assert.Equal(t, key, config.Settings{JWTKey: value}.KeySuspicions(), "%q", value)
	}
}

func TestSuspicionsOfAll(t *testing.T) {
	t.Parallel()
	all := config.Settings{Username: "qa ", Password: "\t" + canary, CompanyName: "'Acme'", OtherCompanyName: "'Globex'", JWTKey: "' '"}.Suspicions()
	assert.Equal(t, []string{
		"KLEARSTACK_USERNAME ends with a blank",
		"KLEARSTACK_PASSWORD begins with a tab",
		"KLEARSTACK_COMPANY_NAME is in single quotes, which are part of it",
	}, all)
	for password, want := range map[string][]string{
		"UzNjcmV0LVBhc3MtNzE=":     {"KLEARSTACK_PASSWORD is text in base64, which is not decoded"},
		"UzNjcmV0LVBhc3MtNzEK":     nil, // without padding any word could be
		"UzNjcmV0LVBhc3MtNzE1Cg==": {"KLEARSTACK_PASSWORD is text in base64, which is not decoded"},
		"abcdefg=":                 nil, // of bytes that are no text
		"//79/fz7+g==":             nil, // nor these
		"AQIDBAUGBw==":             nil, // of control characters
	} {
		assert.Equal(t, want, config.Settings{Password: password}.Suspicions(), password)
	}
}

func TestSuspicionsOfKeys(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]string{
		"-----BEGIN RSA PRIVATE KEY-----\n" + canary: "KLEARSTACK_JWT_KEY is a PEM block (RSA PRIVATE KEY), but HS256 signs with a secret that both sides share",
		`{"k": "` + canary + `", "kty": "oct"}`:      "KLEARSTACK_JWT_KEY is a JSON Web Key, of which only the decoded member k is the key",
	} {
		assert.Equal(t, []string{want}, config.Settings{JWTKey: key}.KeySuspicions())
	}
	assert.Empty(t, config.Settings{JWTKey: `it's "kty"`}.KeySuspicions())
	assert.Empty(t, config.Settings{JWTKey: `{"k":"v"}`}.KeySuspicions())
}
