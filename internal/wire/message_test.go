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

func TestNormal(t *testing.T) {
	t.Parallel()
	m, err := wire.Capture(abroad)
	require.NoError(t, err)
	assert.Equal(t, `POST /access/klearstack/get_access_token HTTP/1.1
Host: HOST:PORT
Connection: keep-alive
Content-Length: 371
sec-ch-ua-platform: "Linux"
Authorization: Basic UkVQTEFDRV9BUElfS0VZOg==
User-Agent: Mozilla/VERSION (X11; Linux x86_64) AppleWebKit/VERSION (KHTML, like Gecko) Chrome/VERSION Safari/VERSION
sec-ch-ua: BRANDS
Content-Type: multipart/form-data; boundary=----WebKitFormBoundaryXXXXXXXXXXXXXXXX
sec-ch-ua-mobile: ?0
Accept: */*
Origin: http://OTHER-HOST:PORT
Sec-Fetch-Site: same-site
Sec-Fetch-Mode: cors
Sec-Fetch-Dest: empty
Referer: http://OTHER-HOST:PORT/
Accept-Encoding: gzip, deflate, br, zstd
Accept-Language: en-US,en;q=0.9

------WebKitFormBoundaryXXXXXXXXXXXXXXXX
Content-Disposition: form-data; name="username"

qa-user
------WebKitFormBoundaryXXXXXXXXXXXXXXXX
Content-Disposition: form-data; name="company_name"

Acme Invoices
------WebKitFormBoundaryXXXXXXXXXXXXXXXX
Content-Disposition: form-data; name="password"

S3cret!pass&word=1
------WebKitFormBoundaryXXXXXXXXXXXXXXXX--

`, wire.Normal(m))
}

func TestNormalShowsLineBreaks(t *testing.T) {
	t.Parallel()
	m := wire.Message{Method: "POST", Path: "/", Protocol: "HTTP/1.1", Body: "a\nb\rc\r\nd"}
	assert.Equal(t, "POST / HTTP/1.1\n\na\\nb\\rc\nd\n", wire.Normal(m))
}

func TestNormalValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, value, want string }{
		{"user-agent", "okhttp/3.13.1", "okhttp/VERSION"},
		{"User-Agent", "Mozilla/5.0 (X11; rv:153.0) Gecko/20100101", "Mozilla/VERSION (X11; rv:VERSION) Gecko/VERSION"},
		{"Referer", "http://h:1/sample.html", "http://HOST:PORT/sample.html"},
		{"Origin", "null", "null"},
		{"Origin", "https://other", "https://OTHER-HOST:PORT"},
		{"Content-Type", "multipart/form-data; boundary=b", "multipart/form-data; boundary=b"},
		{"Accept", "a/5", "a/5"},
	} {
		m := wire.Message{Method: "GET", Path: "/", Protocol: "HTTP/1.1", Fields: []wire.Field{{Name: "Host", Value: "h:1"}, {Name: c.name, Value: c.value}}}
		assert.Equal(t, "GET / HTTP/1.1\nHost: HOST:PORT\n"+c.name+": "+c.want+"\n\n\n", wire.Normal(m))
	}
}

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
