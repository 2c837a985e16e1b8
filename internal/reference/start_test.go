package reference_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/wire"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, listen reference.Listen) (*reference.Running, reference.User) {
	t.Helper()
	server, user := newServer(t, reference.Default())
	running, err := reference.Start(server, listen)
	require.NoError(t, err)
	t.Cleanup(running.Close)
	return running, user
}

func TestStart(t *testing.T) {
	t.Parallel()
	running, user := start(t, reference.Listen{})
	assert.Regexp(t, `^http://127\.0\.0\.1:\d+$`, running.URL)
	assert.Nil(t, running.CertificatePEM)
	body, contentType := encode(t, "urlencoded", form(user))
	status, _, err := send(t, &http.Transport{}, running.URL, body, contentType)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, status)
}

// HTTPS with HTTP/2, for a client that trusts the certificate and for none else.
func TestStartTLS(t *testing.T) {
	t.Parallel()
	running, user := start(t, reference.Listen{TLS: true})
	assert.Regexp(t, `^https://127\.0\.0\.1:\d+$`, running.URL)
	body, contentType := encode(t, "multipart", form(user))

	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(running.CertificatePEM))
	status, major, err := send(t, &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true},
		running.URL, body, contentType)
	require.NoError(t, err)
	assert.Equal(t, http.StatusOK, status)
	assert.Equal(t, 2, major)

	_, _, err = send(t, &http.Transport{TLSClientConfig: &tls.Config{RootCAs: x509.NewCertPool()}}, running.URL, body, contentType)
	var unknown x509.UnknownAuthorityError
	require.ErrorAs(t, err, &unknown)
}

// send posts a form and returns status and HTTP version of the answer.
func send(t *testing.T, transport *http.Transport, base, body, contentType string) (status, major int, err error) {
	t.Helper()
	defer transport.CloseIdleConnections()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+reference.Path, strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Content-Type", contentType)
	response, err := transport.RoundTrip(r)
	if err != nil {
		return 0, 0, err
	}
	_, err = io.Copy(io.Discard, response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response.StatusCode, response.ProtoMajor, nil
}

// An unspecified address is reached over loopback.
func TestStartEverywhere(t *testing.T) {
	t.Parallel()
	running, _ := start(t, reference.Listen{Address: "0.0.0.0:0"})
	assert.Regexp(t, `^http://127\.0\.0\.1:\d+$`, running.URL)
}

func TestStartRejects(t *testing.T) {
	t.Parallel()
	taken, _ := start(t, reference.Listen{})
	for _, address := range []string{strings.TrimPrefix(taken.URL, "http://"), "nonsense", "127.0.0.1:99999"} {
		running, err := reference.Start(http.NotFoundHandler(), reference.Listen{Address: address})
		assert.Nil(t, running)
		require.ErrorContains(t, err, address)
		require.ErrorContains(t, err, "choose another address")
		assert.Equal(t, 1, strings.Count(err.Error(), address))
	}
}

// Close ends connections that were opened and never used, and may be repeated.
func TestClose(t *testing.T) {
	t.Parallel()
	running, _ := start(t, reference.Listen{})
	address := strings.TrimPrefix(running.URL, "http://")
	idle, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	require.NoError(t, err)
	defer func() { _ = idle.Close() }()
	running.Close()
	running.Close()
	_, err = new(net.Dialer).DialContext(t.Context(), "tcp", address)
	assert.Error(t, err)
}

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
