package suite_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
	"github.com/klearstack/conformance/suite"
)

// otherValues are settings that show less of a server than the reference server's own.
func otherValues() map[string]reference.User {
	return map[string]reference.User{
		"with spaces":       {Username: "qa-user", Company: "Acme Invoices", Password: "S3cret!pass"},
		"without spaces":    {Username: "qa-user", Company: "Acme", Password: "S3cret!pass"},
		"with semicolons":   {Username: "q;a", Company: "A=c#me", Password: `p;a=s#s?w/ord"'`},
		"beyond ASCII":      {Username: "jürgen", Company: "Söhne GmbH", Password: "пароль-密碼😀"},
		"nothing encoded":   {Username: "q/a", Company: "A=c#me", Password: `p=a s#s?w/ord"'`},
		"nothing to encode": {Username: "qa-user", Company: "Acme", Password: "S3cret.pass"},
	}
}

// Whatever the configured values are, a fault breaks no other clause than its own. Only what is wrong with particular
// characters (REQ-4, REQ-6) can't be seen where no value has them.
func TestFaultsWithOtherValues(t *testing.T) {
	t.Parallel()
	for values, user := range otherValues() {
		for _, f := range fault.Catalogue() {
			if !strings.HasPrefix(f.Clause, "REQ-") && f.Clause != "ADV-10" {
				continue
			}
			t.Run(values+"/"+f.Clause+"/"+f.Name, func(t *testing.T) {
				t.Parallel()
				violated := clausesThatAre(runAs(t, user, f.Apply), outcome.Violated)
				may := []string{f.Clause}
				for _, also := range f.AlsoBreaks {
					may = append(may, also.Clause)
				}
				assert.Subset(t, may, violated, f.Sentence)
				if f.Clause != "REQ-4" && f.Clause != "REQ-6" {
					assert.Contains(t, violated, f.Clause, f.Sentence)
				}
			})
		}
	}
}

// runAs runs the suite against a reference server, changed, that knows a user.
func runAs(t *testing.T, user reference.User, change func(*reference.Config)) suite.Result {
	t.Helper()
	settings := serve(t, func(config *reference.Config) {
		user.ID = config.Users[0].ID
		config.Users[0] = user
		change(config)
	}, false)
	settings.Username, settings.CompanyName, settings.Password = user.Username, user.Company, user.Password
	result, err := suite.Run(t.Context(), suite.Options{Settings: settings})
	require.NoError(t, err)
	return result
}
