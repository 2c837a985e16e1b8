package target_test

import (
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/target"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, settings config.Settings) *target.Target {
	t.Helper()
	aim, err := target.Open(settings, "test")
	require.NoError(t, err)
	t.Cleanup(aim.Close)
	return aim
}

func catalogue(settings config.Settings) requests.Catalogue {
	return requests.Catalogue{
		Username: settings.Username, Password: settings.Password,
		Company: settings.CompanyName, OtherCompany: settings.OtherCompanyName,
	}
}

func TestEmbedded(t *testing.T) {
	t.Parallel()
	aim := open(t, config.Defaults())
	assert.Equal(t, "the embedded reference server", aim.Name)
	assert.False(t, aim.Encrypted())
	require.NoError(t, aim.Settings.Validate(), "the completed settings make sense")
	assert.NotEmpty(t, aim.Settings.JWTKey)

	login := aim.Client.Do(t.Context(), catalogue(aim.Settings).Login())
	require.Nil(t, login.Failure)
	assert.Equal(t, http.StatusOK, login.Status)
	other := aim.Client.Do(t.Context(), catalogue(aim.Settings).OtherCompanyLogin(exchange.Urlencoded))
	assert.False(t, other.Success(), "the user does not belong to the other company")
}

func TestEmbeddedServersAreTheirOwn(t *testing.T) {
	t.Parallel()
	one, other := open(t, config.Defaults()), open(t, config.Defaults())
	assert.NotEqual(t, one.Settings.BaseURL, other.Settings.BaseURL)
	assert.NotEqual(t, one.Settings.Password, other.Settings.Password)
	assert.NotEqual(t, one.Settings.JWTKey, other.Settings.JWTKey)
}

func TestClosedServersAreGone(t *testing.T) {
	t.Parallel()
	aim, err := target.Open(config.Defaults(), "test")
	require.NoError(t, err)
	aim.Close()
	aim.Close()
	login := aim.Client.Do(t.Context(), catalogue(aim.Settings).Login())
	require.NotNil(t, login.Failure)
	assert.Contains(t, login.Failure.Sentence, "refuses connections")
}

func TestDeployment(t *testing.T) {
	t.Parallel()
	settings := config.Defaults()
	settings.BaseURL, settings.Username, settings.Password, settings.CompanyName = "https://staging.example.com/prefix/", "u", "p", "c"
	aim := open(t, settings)
	assert.Equal(t, settings, aim.Settings, "nothing is made up")
	assert.Equal(t, "https://staging.example.com/prefix/", aim.Name)
	assert.True(t, aim.Encrypted())
	assert.Equal(t, settings.Timeout, aim.Client.Timeout)
}

func TestNameHoldsNoCredentials(t *testing.T) {
	t.Parallel()
	settings := config.Defaults()
	settings.BaseURL = "https://someone:hunter2@staging.example.com"
	assert.NotContains(t, open(t, settings).Name, "hunter2")
}

// Each exchange has a connection of its own, and none is tried twice.
func TestConnections(t *testing.T) {
	t.Parallel()
	var connections atomic.Int32
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ConnState = counting(&connections)
	server.Start()
	t.Cleanup(server.Close)
	settings := config.Defaults()
	settings.BaseURL = server.URL
	aim := open(t, settings)
	for range 3 {
		require.Nil(t, aim.Client.Do(t.Context(), requests.Catalogue{}.Login()).Failure)
	}
	assert.EqualValues(t, 3, connections.Load())
}

// Whatever loopback is called, it is reached, and over TLS by a certificate of the address.
func TestLoopback(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(secure.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw}), 0o600))
	for _, host := range []string{
		"localhost", "localhost.", "api.localhost", "api.localhost.", "127.1", "127.0.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]", "127.0.0.1.",
	} {
		settings := config.Defaults()
		settings.BaseURL = strings.Replace(server.URL, "127.0.0.1", host, 1)
		answer := open(t, settings).Client.Do(t.Context(), requests.Catalogue{}.Login())
		require.Nil(t, answer.Failure, "%s: %+v", host, answer.Failure)
		assert.Equal(t, http.StatusNotFound, answer.Status)

		if strings.Contains(host, "localhost") {
			continue // the certificate is for the address
		}
		settings.BaseURL, settings.CAFile = strings.Replace(secure.URL, "127.0.0.1", host, 1), ca
		answer = open(t, settings).Client.Do(t.Context(), requests.Catalogue{}.Login())
		require.Nil(t, answer.Failure, "%s: %+v", host, answer.Failure)
	}
}

// The password goes to the loopback interface alone where it is sent in clear text without permission; by a proxy where
// there is one for the target; and the record says whether it stayed on this machine.
func TestWhereCredentialsGo(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(server.Close)
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.EnableHTTP2 = true
	secure.StartTLS()
	t.Cleanup(secure.Close)
	const beyond = "192.0.2.1 is no loopback address, so the password would be sent in clear text: use https, or set KLEARSTACK_ALLOW_HTTP=true to send it all the same"
	for _, c := range []struct {
		name, baseURL string
		allow         bool
		loopback      bool
		proxied       int32
		failure       string
	}{
		{"loopback", server.URL, false, true, 0, ""},
		{"loopback, where more is allowed", server.URL, true, true, 0, ""},
		{"loopback over HTTP/2", secure.URL, false, true, 0, ""},
		{"an address beyond loopback", "http://192.0.2.1", false, false, 0, beyond},
		{"by a proxy on this machine", "http://192.0.2.1", true, false, 1, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var asked atomic.Int32
			proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				asked.Add(1)
				w.WriteHeader(http.StatusNotFound)
			}))
			t.Cleanup(proxy.Close)
			settings := config.Defaults()
			settings.BaseURL, settings.AllowHTTP, settings.InsecureSkipVerify = c.baseURL, c.allow, true
			settings.Proxies = config.Proxies{HTTP: proxy.URL, HTTPS: proxy.URL}
			e := open(t, settings).Client.Do(t.Context(), requests.Catalogue{}.Login())
			assert.Equal(t, c.loopback, e.Loopback)
			assert.Equal(t, c.proxied, asked.Load())
			if c.failure != "" {
				require.NotNil(t, e.Failure)
				assert.Equal(t, c.failure, e.Failure.Sentence)
				return
			}
			require.Nil(t, e.Failure)
			assert.Equal(t, http.StatusNotFound, e.Status)
		})
	}
}

func TestTrust(t *testing.T) {
	t.Parallel()
	handler, err := reference.New(reference.Default())
	require.NoError(t, err)
	running, err := reference.Start(handler, reference.Listen{TLS: true})
	require.NoError(t, err)
	t.Cleanup(running.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(ca, running.CertificatePEM, 0o600))
	for _, c := range []struct {
		name    string
		change  func(*config.Settings)
		trusted bool
	}{
		{"the system's authorities", func(*config.Settings) {}, false},
		{"its own authority", func(s *config.Settings) { s.CAFile = ca }, true},
		{"anybody", func(s *config.Settings) { s.InsecureSkipVerify = true }, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			settings := config.Defaults()
			settings.BaseURL = running.URL
			c.change(&settings)
			aim := open(t, settings)
			answer := aim.Client.Do(t.Context(), requests.Catalogue{}.EverythingMissing())
			assert.True(t, aim.Encrypted())
			if c.trusted {
				require.Nil(t, answer.Failure)
				assert.Equal(t, http.StatusInternalServerError, answer.Status)
				return
			}
			require.NotNil(t, answer.Failure)
			assert.Contains(t, answer.Failure.Sentence, "unknown authority")
		})
	}
}

func TestUnusableSettings(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "e.pem")
	require.NoError(t, os.WriteFile(empty, []byte("no certificate"), 0o600))
	none := fmt.Sprintf("KLEARSTACK_CA_FILE names %q, which holds no certificate: name a PEM file with at least one", empty)
	for _, c := range []struct{ name, baseURL, caFile, want string }{
		{"no such file", "https://example.com", empty + ".none", fmt.Sprintf("KLEARSTACK_CA_FILE names %q, which does not exist: name a readable PEM file of certificates", empty+".none")},
		{"no certificate", "https://example.com", empty, none},
		{"no certificate for the embedded server", "", empty, none},
		{"no URL", "http://a b\x7f/hunter2", "", "KLEARSTACK_BASE_URL is not a URL: check it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			settings := config.Defaults()
			settings.BaseURL, settings.CAFile = c.baseURL, c.caFile
			aim, err := target.Open(settings, "test")
			assert.Nil(t, aim)
			assert.EqualError(t, err, c.want)
		})
	}
}

// Without its proxy a target is not reached at all.
func TestUnreadableProxy(t *testing.T) {
	t.Parallel()
	settings := config.Defaults()
	settings.BaseURL, settings.Proxies.HTTPS = "https://example.com", "htttp://agent:hunter2@127.0.0.1:3128"
	aim, err := target.Open(settings, "test")
	assert.Nil(t, aim)
	assert.EqualError(t, err, "a proxy's address can't be read: check HTTP_PROXY and HTTPS_PROXY")
}

// counting counts the connections that are made.
func counting(count *atomic.Int32) func(_ net.Conn, state http.ConnState) {
	return func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			count.Add(1)
		}
	}
}
