package change

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
)

// The reason of a refusal decides which faults show in it.
func TestReasonOf(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	user, other := config.Users[0], config.Users[1]
	for name, test := range map[string]struct {
		username, company, password string
		want                        Reason
	}{
		"wrong password":             {user.Username, user.Company, "wrong", WrongPassword},
		"unknown user":               {"nobody", user.Company, user.Password, UnknownUser},
		"unknown user, all wrong":    {"nobody", "nowhere", "wrong", UnknownUser},
		"unknown company":            {user.Username, "nowhere", user.Password, UnknownCompany},
		"other company":              {user.Username, other.Company, user.Password, OtherCompany},
		"other company and password": {user.Username, other.Company, other.Password, OtherCompany},
		"empty password":             {user.Username, user.Company, "", BlankValue},
		"empty username":             {"", user.Company, user.Password, BlankValue},
		"blank username":             {"  ", user.Company, user.Password, BlankValue},
		"empty company":              {user.Username, "", user.Password, BlankValue},
		"blank company":              {user.Username, "\t", user.Password, BlankValue},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			call := callOf(t, config, test.username, test.company, test.password)
			assert.Equal(t, test.want, reasonOf(call))
			assert.True(t, Because(test.want)(call))
		})
	}
	granted := callOf(t, config, user.Username, user.Company, user.Password)
	assert.False(t, Because(WrongPassword)(granted), "a login is no refusal")
}

// callOf is what a server makes of a form.
func callOf(t *testing.T, config reference.Config, username, company, password string) *reference.Call {
	t.Helper()
	var seen *reference.Call
	config.Hooks.Encoded = func(c *reference.Call, _ *reference.Answer) { seen = c }
	server, err := reference.New(config)
	require.NoError(t, err)
	form := url.Values{reference.ParamUsername: {username}, reference.ParamCompany: {company}, reference.ParamPassword: {password}}
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, reference.Path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	server.ServeHTTP(httptest.NewRecorder(), r)
	require.NotNil(t, seen)
	return seen
}

func TestEscaped(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `\u0061\u00FC\uD83D\uDE00`, Escaped("aü😀"))
}

func TestLatin1(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "aÃ¼", Latin1("aü"))
}
