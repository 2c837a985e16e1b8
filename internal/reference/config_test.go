package reference_test

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
)

func TestNewRejects(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*reference.Config){
		"at least one user":    func(c *reference.Config) { c.Users = nil },
		"user 2":               func(c *reference.Config) { c.Users[1].Company = " " },
		"32 bytes":             func(c *reference.Config) { c.Key = c.Key[:31] },
		"lifetimes above zero": func(c *reference.Config) { c.RefreshLifetime = -time.Second },
		"release version":      func(c *reference.Config) { c.ReleaseVersion = "" },
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			config := reference.Default()
			spoil(&config)
			server, err := reference.New(config)
			assert.Nil(t, server)
			require.ErrorContains(t, err, want)
			assert.NotContains(t, err.Error(), config.Key)
		})
	}
	_, err := reference.New(reference.Config{})
	require.ErrorContains(t, err, "user")
	require.ErrorContains(t, err, "key")
	require.ErrorContains(t, err, "release version")
}

// What is done to a configuration later does not reach the server.
func TestNewCopies(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	server, user := newServer(t, config)
	config.Users[0].Password = "changed"
	body, contentType := encode(t, "urlencoded", form(user))
	assert.Equal(t, 200, post(server, body, contentType).Code)
}

// REQ-6, REF-1, TOK-10: the default values are as hard as the clauses need them.
func TestDefault(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	require.GreaterOrEqual(t, len(config.Users), 2)
	user, other := config.Users[0], config.Users[1]
	values := []string{user.Username, user.Company, user.Password}
	for i, value := range values {
		for _, char := range []string{" ", "&", "=", "+", "%41", ";", `"`} {
			assert.Contains(t, value, char)
		}
		assert.True(t, strings.ContainsFunc(value, func(r rune) bool { return r > unicode.MaxASCII && unicode.IsLetter(r) }), value)
		assert.False(t, strings.ContainsFunc(value, func(r rune) bool { return !unicode.IsPrint(r) }), value)
		assert.Equal(t, strings.TrimSpace(value), value)
		for j, another := range values {
			assert.Equal(t, i == j, strings.Contains(value, another))
		}
	}
	assert.Greater(t, len([]rune(user.Password)), 12)
	assert.NotEqual(t, strings.ToLower(user.Password), strings.ToUpper(user.Password))
	assert.Regexp(t, "[A-Za-z]$", user.Password)
	assert.NotEqual(t, user.Company, other.Company)
	assert.NotEqual(t, user.Username, other.Username)
	assert.GreaterOrEqual(t, len(config.Key), 32)

	again := reference.Default()
	assert.NotEqual(t, user.Password, again.Users[0].Password)
	assert.NotEqual(t, other.Password, again.Users[1].Password)
	assert.NotEqual(t, config.Key, again.Key)
}
