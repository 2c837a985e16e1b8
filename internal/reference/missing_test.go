package reference_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/reference"
)

// ERR-1 to ERR-7, ADV-6: the error names what is missing and nothing else.
func TestMissingParameters(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		absent []string
		want   string
	}{
		{[]string{"company_name"}, "Required parameters are missing: Company Name"},
		{[]string{"username"}, "Required parameters are missing: Username"},
		{[]string{"password"}, "Required parameters are missing: Password"},
		{[]string{"username", "company_name"}, "Required parameters are missing: Username, Company Name"},
		{[]string{"username", "password"}, "Required parameters are missing: Username, Password"},
		{[]string{"company_name", "password"}, "Required parameters are missing: Company Name, Password"},
		{[]string{"username", "company_name", "password"}, "Required parameters are missing: Username, Company Name, Password"},
	} {
		for _, encoding := range encodings() {
			t.Run(strings.Join(test.absent, " ")+" "+encoding, func(t *testing.T) {
				t.Parallel()
				server, user := newServer(t, reference.Default())
				body, contentType := encode(t, encoding, form(user, test.absent...))
				got := post(server, body, contentType)
				assert.Equal(t, http.StatusInternalServerError, got.Code)
				assert.Equal(t, "application/json", got.Header().Get("Content-Type"))
				assert.Equal(t, map[string]string{"error": test.want}, members(t, got))
			})
		}
	}
}

func TestLabelOfAnotherName(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "extra", reference.Label("extra"))
}
