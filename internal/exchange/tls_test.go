package exchange_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/exchange"
)

func unchanged(*x509.Certificate) {}

func TestTLSThatFails(t *testing.T) {
	t.Parallel()
	const noAgreement = "%s and this client agree on no version of TLS or its parameters: TLS 1.2 or newer, without a client certificate, is needed"
	const wantsCertificate = "%s asks for a client certificate, which this suite can't present: have it let in without one"
	for _, c := range []struct {
		name   string
		change func(*tls.Config)
		want   string
	}{
		{"TLS 1.0 only", func(c *tls.Config) { c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS10 }, noAgreement},
		{"client certificate, TLS 1.3", func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert }, wantsCertificate},
		{"client certificate, TLS 1.2", func(c *tls.Config) {
			c.ClientAuth, c.MaxVersion = tls.RequireAnyClientCert, tls.VersionTLS12
		}, noAgreement},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			served, trust := certificate(t, unchanged)
			c.change(served)
			address := serveTLS(t, served, func(connection *tls.Conn) { hold(connection) })
			assertFailed(t, login(t, aim(t, "https://"+address, trust)), address, c.want)
		})
	}
	t.Run("an old server that chooses TLS 1.0", func(t *testing.T) {
		t.Parallel()
		hello := append([]byte{0x03, 0x01}, make([]byte, 33)...)            // version, random, no session
		hello = append(hello, 0x00, 0x2f, 0x00)                             // cipher suite, no compression
		hello = append([]byte{0x02, 0, 0, byte(len(hello))}, hello...)      // handshake message
		record := append([]byte{0x16, 3, 1, 0, byte(len(hello))}, hello...) // record
		address := serve(t, func(connection net.Conn) {
			_, _ = connection.Write(record)
			hold(connection)
		})
		assertFailed(t, login(t, aim(t, "https://"+address)), address, noAgreement)
	})
	for name, answer := range map[string]string{
		"plain HTTP on https":      "HTTP/1.1 400 Bad Request\r\n\r\n",
		"something else on https":  "220 mail." + marker + ".example ESMTP\r\n",
		"nothing at all, in clear": "\x00\x00\x00\x00\x00\x00\x00\x00",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := serve(t, func(connection net.Conn) {
				_, _ = io.WriteString(connection, answer)
				hold(connection)
			})
			assertFailed(t, login(t, aim(t, "https://"+address)), address, "%s does not speak TLS on this port: check the scheme and the port of KLEARSTACK_BASE_URL")
		})
	}
	t.Run("TLS on http", func(t *testing.T) {
		t.Parallel()
		address := answering(t, "\x15\x03\x01\x00\x02\x02\x46", end) // an alert, as some libraries answer
		assertFailed(t, login(t, aim(t, "http://"+address)), address, isNoHTTP)
	})
	t.Run("closed in the handshake", func(t *testing.T) {
		t.Parallel()
		address := serve(t, func(connection net.Conn) { _, _ = connection.Read(make([]byte, 1<<14)) })
		assertFailed(t, login(t, aim(t, "https://"+address)), address, closes)
	})
	t.Run("never ends the handshake", func(t *testing.T) {
		t.Parallel()
		address := serve(t, hold)
		assertFailed(t, login(t, aim(t, "https://"+address, briefly)), address, isSlow)
	})
}

// Servers that close a TLS connection without notice have ended the body where nothing else tells its length.
func TestBodiesOverTLS(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, header string
		silent       bool
		short        bool
	}{
		{"without a length, with notice", "", false, false},
		{"without a length, without notice", "", true, false},
		{"of its length, without notice", "Content-Length: 2\r\n", true, false},
		{"shorter than its length, with notice", "Content-Length: 3\r\n", false, true},
		{"shorter than its length, without notice", "Content-Length: 3\r\n", true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			served, trust := certificate(t, unchanged)
			address := serveTLS(t, served, func(connection *tls.Conn) {
				receive(connection)
				_, _ = io.WriteString(connection, "HTTP/1.1 200 OK\r\n"+c.header+"\r\n{}")
				if c.silent {
					_ = connection.NetConn().Close()
				}
			})
			e := login(t, aim(t, "https://"+address, trust))
			require.Nil(t, e.Failure, "%+v", e.Failure)
			assert.Equal(t, "{}", string(e.Raw))
			assert.Equal(t, c.short, e.Short)
		})
	}
}

// A target that hangs up as soon as it may, after the handshake, is told like any other that does not answer.
func TestHungUpAfterTheHandshake(t *testing.T) {
	t.Parallel()
	served, trust := certificate(t, unchanged)
	address := serveTLS(t, served, func(connection *tls.Conn) {
		_ = connection.HandshakeContext(t.Context())
		_ = connection.CloseWrite()
		_, _ = io.Copy(io.Discard, connection.NetConn())
	})
	client := aim(t, "https://"+address, trust)
	for range 50 {
		assertFailed(t, login(t, client), address, closes)
	}
}

// serveHTTP2 serves over TLS with HTTP/2 and returns its base URL.
func serveHTTP2(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = true
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}

func TestHTTP2(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		want    string
		raw     string
		short   bool
	}{
		{"answered", func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, r.Proto)
		}, "", "HTTP/2.0", false},
		{"shorter than its length", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "9")
			_, _ = io.WriteString(w, "{}")
		}, "", "{}", true},
		{"reset without an answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, resets, "", false},
		{"reset in the body", func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, marker)
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}, resets, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			base := serveHTTP2(t, c.handler)
			e := login(t, aim(t, base, func(s *config.Settings) { s.InsecureSkipVerify = true }))
			if c.want != "" {
				address, err := url.Parse(base)
				require.NoError(t, err)
				assertFailed(t, e, address.Host, c.want)
				return
			}
			require.Nil(t, e.Failure, "%+v", e.Failure)
			assert.Equal(t, c.raw, string(e.Raw))
			assert.Equal(t, c.short, e.Short)
		})
	}
}

func TestProxies(t *testing.T) {
	t.Parallel()
	through := func(proxy string) *exchange.Client {
		client := aim(t, "https://staging.invalid")
		client.Transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: proxy})
		return client
	}
	t.Run("not there", func(t *testing.T) {
		t.Parallel()
		listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
		require.NoError(t, err)
		require.NoError(t, listener.Close())
		assertFailed(t, login(t, through(listener.Addr().String())), "",
			"the proxy that the environment names can't be reached: check HTTP_PROXY, HTTPS_PROXY and NO_PROXY")
	})
	t.Run("lets nobody through", func(t *testing.T) {
		t.Parallel()
		proxy := answering(t, "HTTP/1.1 407 "+marker+"\r\nContent-Length: 0\r\n\r\n", end)
		assertFailed(t, login(t, through(proxy)), "",
			"the proxy that the environment names answered 407 instead of connecting to staging.invalid: check HTTPS_PROXY, "+
				"with the user name and password that the proxy may ask for, and NO_PROXY")
	})
	t.Run("lets through", func(t *testing.T) {
		t.Parallel()
		served, trust := certificate(t, func(c *x509.Certificate) { c.DNSNames = []string{"staging.invalid"} })
		proxy := serve(t, func(connection net.Conn) {
			receive(connection)
			_, _ = io.WriteString(connection, "HTTP/1.1 200 OK\r\n\r\n")
			secure := tls.Server(connection, served)
			defer secure.Close()
			receive(secure)
			_, _ = io.WriteString(secure, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
		})
		client := aim(t, "https://staging.invalid", trust)
		client.Transport.Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: proxy})
		e := login(t, client)
		require.Nil(t, e.Failure, "%+v", e.Failure)
		assert.Equal(t, "{}", string(e.Raw))
	})
}
