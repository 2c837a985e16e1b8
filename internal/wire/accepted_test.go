package wire_test

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"fmt"
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

// serve starts a reference server that knows the user of a capture.
func serve(t *testing.T, capture string, withTLS bool) *reference.Running {
	t.Helper()
	login := wire.Captured(capture)
	config := reference.Default()
	config.Users = []reference.User{{ID: 1, Username: login.Username, Company: login.Company, Password: login.Password}}
	server, err := reference.New(config)
	require.NoError(t, err)
	running, err := reference.Start(server, reference.Listen{TLS: withTLS})
	require.NoError(t, err)
	t.Cleanup(running.Close)
	return running
}

// dial connects to a server; the test fails where it takes too long over an answer.
func dial(t *testing.T, running *reference.Running) net.Conn {
	t.Helper()
	connection, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(running.URL, "http://"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = connection.Close() })
	require.NoError(t, connection.SetDeadline(time.Now().Add(20*time.Second)))
	return connection
}

func granted(t *testing.T, reader *bufio.Reader) {
	t.Helper()
	response, err := http.ReadResponse(reader, nil)
	require.NoError(t, err)
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, http.StatusOK, response.StatusCode)
	assert.Contains(t, string(body), `"access_token"`)
}

// The reference server takes a multipart form in small chunks, whose parts tell their type and charset (REQ-5).
func TestChunkedMultipart(t *testing.T) {
	t.Parallel()
	m, err := wire.Capture(node)
	require.NoError(t, err)
	form := strings.ReplaceAll(m.Body, "\"\r\n", "\"\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n")
	require.Equal(t, 3, strings.Count(form, "charset=UTF-8"))
	var chunks strings.Builder
	for len(form) > 0 {
		size := min(7, len(form))
		fmt.Fprintf(&chunks, "%x\r\n%s\r\n", size, form[:size])
		form = form[size:]
	}
	connection := dial(t, serve(t, node, false))
	_, err = fmt.Fprintf(connection, "POST %s HTTP/1.1\r\nHost: h\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n%s0\r\n\r\n",
		m.Path, m.Values("Content-Type")[0], chunks.String())
	require.NoError(t, err)
	granted(t, bufio.NewReader(connection))
}

// A client that asks first gets its 100 before it has sent a byte of the body.
func TestExpectContinue(t *testing.T) {
	t.Parallel()
	const capture = "curl-expect-100"
	raw, err := wire.Raw(capture)
	require.NoError(t, err)
	head, body, whole := strings.Cut(string(raw), "\r\n\r\n")
	require.True(t, whole)
	connection := dial(t, serve(t, capture, false))
	_, err = io.WriteString(connection, head+"\r\n\r\n")
	require.NoError(t, err)
	reader := bufio.NewReader(connection)
	response, err := http.ReadResponse(reader, nil)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusContinue, response.StatusCode)
	_, err = io.WriteString(connection, body)
	require.NoError(t, err)
	granted(t, reader)
}

// Over TLS the reference server takes every capture's form by HTTP/2, as OkHttp and Chromium send it there.
func TestHTTP2(t *testing.T) {
	t.Parallel()
	for _, capture := range []string{python, java, node, chromium, parts, "curl-sample-plain", "node-request-sample-unicode"} {
		t.Run(capture, func(t *testing.T) {
			t.Parallel()
			m, err := wire.Capture(capture)
			require.NoError(t, err)
			running := serve(t, capture, true)
			pool := x509.NewCertPool()
			require.True(t, pool.AppendCertsFromPEM(running.CertificatePEM))
			transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, ForceAttemptHTTP2: true}
			defer transport.CloseIdleConnections()
			request, err := http.NewRequestWithContext(t.Context(), m.Method, running.URL+m.Path, strings.NewReader(m.Body))
			require.NoError(t, err)
			for _, name := range []string{"Content-Type", "Authorization", "Accept", "Origin"} {
				for _, value := range m.Values(name) {
					request.Header.Add(name, value)
				}
			}
			response, err := transport.RoundTrip(request)
			require.NoError(t, err)
			body, err := io.ReadAll(response.Body)
			require.NoError(t, err)
			require.NoError(t, response.Body.Close())
			assert.Equal(t, 2, response.ProtoMajor)
			assert.Equal(t, http.StatusOK, response.StatusCode)
			assert.Contains(t, string(body), `"refresh_token"`)
		})
	}
}
