package reference_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/wire"
)

// capturedUser is whom a capture logs in.
func capturedUser(name string) reference.User {
	login := wire.Captured(name)
	return reference.User{ID: 26, Username: login.Username, Company: login.Company, Password: login.Password}
}

// Every documented client's request is answered, byte by byte as it was captured.
func TestReplay(t *testing.T) {
	t.Parallel()
	names := wire.Names()
	require.NotEmpty(t, names)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := reference.Default()
			config.Users = []reference.User{capturedUser(name)}
			status, header, body := replay(t, config, name)
			if strings.HasSuffix(name, "-preflight") {
				assert.Equal(t, http.StatusNoContent, status)
				assert.Equal(t, "*", header.Get("Access-Control-Allow-Origin"))
				assert.Contains(t, header.Get("Access-Control-Allow-Headers"), "authorization")
				return
			}
			require.Equal(t, http.StatusOK, status, "body %q", body)
			tokens := map[string]string{}
			require.NoError(t, json.Unmarshal(body, &tokens))
			assert.Equal(t, "access", claimsOf(t, config, tokens["access_token"])["token_type"])
			assert.Equal(t, "refresh", claimsOf(t, config, tokens["refresh_token"])["token_type"])
			assert.Equal(t, config.ReleaseVersion, tokens["release_version"])
		})
	}
}

// replay sends a capture over a connection of its own and returns the final answer.
func replay(t *testing.T, config reference.Config, name string) (int, http.Header, []byte) {
	t.Helper()
	server, err := reference.New(config)
	require.NoError(t, err)
	running, err := reference.Start(server, reference.Listen{})
	require.NoError(t, err)
	t.Cleanup(running.Close)
	raw, err := wire.Raw(name)
	require.NoError(t, err)

	connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(running.URL, "http://"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = connection.Close() })
	require.NoError(t, connection.SetDeadline(time.Now().Add(20*time.Second)))
	_, err = connection.Write(raw)
	require.NoError(t, err)

	reader := bufio.NewReader(connection)
	response, err := http.ReadResponse(reader, nil)
	require.NoError(t, err)
	if response.StatusCode == http.StatusContinue {
		response, err = http.ReadResponse(reader, nil)
		require.NoError(t, err)
	}
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response.StatusCode, response.Header, body
}
