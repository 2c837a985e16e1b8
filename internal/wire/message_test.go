package wire_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/wire"
)

func TestParse(t *testing.T) {
	t.Parallel()
	m, err := wire.Parse([]byte("POST /a?b=c HTTP/1.1\r\nhost:h:1\r\nX-Two:  b \r\nX-two: c\r\nEmpty:\r\nContent-Length: 5\r\n\r\na\r\n\r\n"))
	require.NoError(t, err)
	assert.Equal(t, wire.Message{
		Method: "POST", Path: "/a?b=c", Protocol: "HTTP/1.1",
		Fields: []wire.Field{{Name: "host", Value: "h:1"}, {Name: "X-Two", Value: "b"}, {Name: "X-two", Value: "c"}, {Name: "Empty"}, {Name: "Content-Length", Value: "5"}},
		Body:   "a\r\n\r\n",
	}, m)
	assert.Equal(t, []string{"b", "c"}, m.Values("x-TWO"))
	assert.Empty(t, m.Values("X"))
}

func TestParseRejects(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ raw, want string }{
		"nothing":           {"", "no blank line"},
		"header cut short":  {"POST / HTTP/1.1\r\nHost: h\r\n", "no blank line"},
		"no protocol":       {"POST /\r\n\r\n", "first line"},
		"two spaces":        {"POST  / HTTP/1.1\r\n\r\n", "first line"},
		"no colon":          {"POST / HTTP/1.1\r\nHost: h\r\nsecret\r\n\r\n", "header line 2"},
		"blank before":      {"POST / HTTP/1.1\r\nHost : h\r\n\r\n", "header line 1"},
		"folded":            {"POST / HTTP/1.1\r\nHost: h\r\n more:secret\r\n\r\n", "header line 2"},
		"no name":           {"POST / HTTP/1.1\r\n: h\r\n\r\n", "header line 1"},
		"bare line feed":    {"POST / HTTP/1.1\r\nHost: h\nX-Secret: y\r\n\r\n", "header line 1"},
		"body cut short":    {"POST / HTTP/1.1\r\nContent-Length: 7\r\n\r\nsecret", "not the 6 bytes"},
		"body too long":     {"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nsecret", "not the 6 bytes"},
		"length of letters": {"POST / HTTP/1.1\r\nContent-Length: x\r\n\r\nsecret", "not the 6 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := wire.Parse([]byte(c.raw))
			require.ErrorContains(t, err, c.want)
			assert.NotContains(t, err.Error(), "secret")
		})
	}
}

func TestCaptures(t *testing.T) {
	t.Parallel()
	names := wire.Names()
	assert.Len(t, names, 29)
	for _, name := range names {
		m, err := wire.Capture(name)
		require.NoError(t, err, name)
		assert.Equal(t, "/access/klearstack/get_access_token", m.Path, name)
		assert.Contains(t, []string{"POST", "OPTIONS"}, m.Method, name)
		assert.NotEmpty(t, m.Values("Host"), name)
	}
	_, err := wire.Capture("wget")
	require.ErrorContains(t, err, `"wget" is no capture: use one of chromium-`)
}
