package config

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestNamesAreTheTags holds the names in sentences to those that are read.
func TestNamesAreTheTags(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{
		baseURL, username, password, companyName, otherCompanyName, unknownUsername, jwtKey, timeout, clockTolerance, caFile,
		insecureSkipVerify, allowHTTP, strict, allowQueryCredentials, concurrency, rate, reportDir, deviations,
		passwordFile, jwtKeyFile,
	}, tags())
}

func tags() []string {
	var all []string
	for _, group := range []reflect.Type{reflect.TypeFor[Settings](), reflect.TypeFor[files]()} {
		for field := range group.Fields() {
			if name := field.Tag.Get("env"); name != "-" { // it is read otherwise
				all = append(all, name)
			}
		}
	}
	return all
}

func TestSimilar(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"KLEARSTACK_USER":                 username,
		"KLEARSTACK_USER_NAME":            username,
		"KLEARSTACK_username":             username,
		"KLEARSTACK_USRENAME":             username,
		"KLEARSTACK_URL":                  baseURL,
		"KLEARSTACK_BASEURL":              baseURL,
		"KLEARSTACK_BASE_URI":             baseURL,
		"KLEARSTACK_PASS":                 password,
		"KLEARSTACK_PASSWORT":             password,
		"KLEARSTACK_PASSWORD_FLE":         passwordFile,
		"KLEARSTACK_USERNAME_FILE":        username,
		"KLEARSTACK_COMPANY":              companyName,
		"KLEARSTACK_COMPANYNAME":          companyName,
		"KLEARSTACK_OTHER_COMPANY":        otherCompanyName,
		"KLEARSTACK_KEY":                  jwtKey,
		"KLEARSTACK_JWT_SECRET":           jwtKey,
		"KLEARSTACK_TIMEOUT_SECONDS":      timeout,
		"KLEARSTACK_TOLERANCE":            clockTolerance,
		"KLEARSTACK_CA":                   caFile,
		"KLEARSTACK_CAFILE":               caFile,
		"KLEARSTACK_INSECURE":             insecureSkipVerify,
		"KLEARSTACK_SKIP_VERIFY":          insecureSkipVerify,
		"KLEARSTACK_HTTP":                 allowHTTP,
		"KLEARSTACK_STRICT_MODE":          strict,
		"KLEARSTACK_CONCURENCY":           concurrency,
		"KLEARSTACK_REPORT":               reportDir,
		"KLEARSTACK_":                     "",
		"KLEARSTACK_X":                    "",
		"KLEARSTACK_U":                    "",
		"KLEARSTACK_CB":                   "",
		"KLEARSTACK_RATEXY":               rate,
		"KLEARSTACK_RXTE":                 rate,
		"KLEARSTACK_RXXE":                 rate,
		"KLEARSTACK_RXXX":                 "",
		"KLEARSTACK_INSECURE_SKIP_VERIFI": insecureSkipVerify,
		"KLEARSTACK_JWT":                  jwtKey,
		"KLEARSTACK_XY":                   "",
		"KLEARSTACK_PROXY":                "",
		"KLEARSTACK_VERBOSE":              "",
	} {
		assert.Equal(t, want, similar(name, tags()), name)
	}
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		from, to string
		want     int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0}, {"kitten", "sitting", 3}, {"flaw", "lawn", 2}, {"ab", "ba", 2},
	} {
		assert.Equal(t, test.want, distance(test.from, test.to), "%s to %s", test.from, test.to)
	}
}

// The name of a variable is shown as it is where it is an ordinary one, and not too long.
func TestShownName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"KLEARSTACK_AZ", "KLEARSTACK_az", "KLEARSTACK_09", strings.Repeat("A", longestValue)} {
		assert.Equal(t, name, shownName(name))
	}
	for _, char := range "/:@[`{ -é" {
		name := "KLEARSTACK_" + string(char)
		assert.Equal(t, `"`+name+`"`, shownName(name))
		assert.Equal(t, `"`+string(char)+`"`, shownName(string(char)))
	}
	assert.Equal(t, `"`+strings.Repeat("A", longestValue)+`…"`, shownName(strings.Repeat("A", longestValue+1)))
}
