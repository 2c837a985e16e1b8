package reference_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
)

// capturedUser is whom a capture logs in, told by its file name.
func capturedUser(name string) reference.User {
	user := reference.User{ID: 26, Username: "qa-user", Company: "Acme Invoices", Password: "S3cret!pass&word=1"}
	switch {
	case strings.HasSuffix(name, "-plain"):
		user.Password = "Passw0rd1"
	case strings.HasSuffix(name, "-alnum"):
		user.Password, user.Company = "Passw0rd1", "Acme"
	case strings.HasSuffix(name, "-unicode"):
		user.Username, user.Company, user.Password = "qa-üser", "Müller & Söhne €", `pä+ß 41%41;"q"'\`
	}
	return user
}

// Every documented client's request is answered, byte by byte as it was captured.
func TestReplay(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/wire/*.http")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".http")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config := reference.Default()
			config.Users = []reference.User{capturedUser(name)}
			status, header, body := replay(t, config, file)
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

// replay sends a file over a connection of its own and returns the final answer.
func replay(t *testing.T, config reference.Config, file string) (int, http.Header, []byte) {
	t.Helper()
	server, err := reference.New(config)
	require.NoError(t, err)
	running, err := reference.Start(server, reference.Listen{})
	require.NoError(t, err)
	t.Cleanup(running.Close)
	raw, err := os.ReadFile(file)
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
