package exchange_test

import (
	"bufio"
	"bytes"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/wire"
)

// message is a request as it was on the wire, with another boundary where it has one.
type message struct {
	line   string
	header map[string][]string // names in lower case
	body   string
}

func parse(t *testing.T, raw []byte) message {
	t.Helper()
	line, rest, found := strings.Cut(string(raw), "\r\n")
	require.True(t, found, "%q", raw)
	request, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
	require.NoError(t, err)
	_, body, found := strings.Cut(rest, "\r\n\r\n")
	require.True(t, found, "%q", raw)
	m := message{line: line, header: lower(request.Header), body: body}
	if request.ContentLength > 0 || request.Header.Get("Content-Length") != "" {
		assert.EqualValues(t, len(body), request.ContentLength, "Content-Length")
	}
	if declared := request.Header.Get("Content-Type"); strings.HasPrefix(declared, "multipart/") {
		_, parameters, err := mime.ParseMediaType(declared)
		require.NoError(t, err)
		boundary := parameters["boundary"]
		m.body = strings.ReplaceAll(body, boundary, "BOUNDARY")
		m.header["content-type"] = []string{strings.ReplaceAll(declared, boundary, "BOUNDARY")}
		if _, told := m.header["content-length"]; told {
			m.header["content-length"] = []string{strconv.Itoa(len(m.body))}
		}
	}
	return m
}

// sent returns what a request is on the wire.
func sent(t *testing.T, request exchange.Request, path string) []byte {
	t.Helper()
	raw := make(chan []byte, 1)
	address := serve(t, func(connection net.Conn) {
		raw <- receive(connection)
		_, _ = io.WriteString(connection, "HTTP/1.1 204 No Content\r\n\r\n")
	})
	answer := aim(t, "http://"+address+path).Do(t.Context(), request)
	require.Nil(t, answer.Failure)
	return <-raw
}

// What the suite sends is what the documented samples' clients send, but for the differences that package wire excuses.
func TestSamplesOnTheWire(t *testing.T) {
	t.Parallel()
	sample := map[string]func(requests.Catalogue) exchange.Request{
		"curl-sample":                               requests.Catalogue.ShellLogin,
		"python-requests-sample":                    requests.Catalogue.PythonLogin,
		"java-okhttp-sample":                        requests.Catalogue.JavaLogin,
		"node-request-sample":                       requests.Catalogue.NodeLogin,
		"chromium-xhr-sample-sameorigin":            requests.Catalogue.BrowserLogin,
		"chromium-xhr-sample-crossorigin-preflight": requests.Catalogue.Preflight,
		"chromium-xhr-sample-crossorigin-post": func(c requests.Catalogue) exchange.Request {
			return requests.FromOtherOrigin(c.BrowserLogin())
		},
	}
	for name, request := range sample {
		compared := 0
		for _, capture := range wire.Names() {
			if !strings.HasPrefix(capture, name) {
				continue
			}
			compared++
			t.Run(capture, func(t *testing.T) {
				t.Parallel()
				want, err := wire.Capture(capture)
				require.NoError(t, err)
				login := wire.Captured(capture)
				got, err := wire.Parse(sent(t, request(requests.Catalogue{
					Username: login.Username, Password: login.Password, Company: login.Company,
				}), ""))
				require.NoError(t, err)
				assert.Empty(t, wire.Differences(got, want))
				shown := strings.ReplaceAll(strings.Join(want.Values("User-Agent"), "\n"), "HeadlessChrome", "Chrome")
				assert.Equal(t, shown, strings.Join(got.Values("User-Agent"), "\n"), "the very version")
			})
		}
		assert.Positive(t, compared, name)
	}
}

func TestOtherRequestsOnTheWire(t *testing.T) {
	t.Parallel()
	const path = "/access/klearstack/get_access_token"
	const form = "username=qa-user&company_name=Acme+Invoices&password=S3cret%21pass%26word%3D1"
	const urlencoded = "application/x-www-form-urlencoded"
	const multipart = "multipart/form-data; boundary=BOUNDARY"
	part := func(name, value string) string {
		return "--BOUNDARY\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"
	}
	for _, c := range []struct {
		request     exchange.Request
		line        string
		contentType string
		body        string
	}{
		{qa().Method(http.MethodGet), "GET " + path, urlencoded, form},
		{qa().Method(http.MethodHead), "HEAD " + path, urlencoded, form},
		{qa().Method(http.MethodPut), "PUT " + path, urlencoded, form},
		{qa().Method(http.MethodPatch), "PATCH " + path, urlencoded, form},
		{qa().Method(http.MethodDelete), "DELETE " + path, urlencoded, form},
		{qa().Query(http.MethodGet), "GET " + path + "?" + form, "", ""},
		{qa().Query(http.MethodPost), "POST " + path + "?" + form, urlencoded, ""},
		{qa().EverythingMissing(), "POST " + path, urlencoded, ""},
		{qa().Rewritten().Parts[2], "POST " + path, urlencoded + "; charset=UTF-8", form},
		{qa().Rewritten().Parts[0], "POST " + path, urlencoded, "password=S3cret%21pass%26word%3D1&company_name=Acme+Invoices&username=qa-user"},
		{qa().Rewritten().Parts[1], "POST " + path, urlencoded, "username=%71%61%2d%75%73%65%72&company_name=%41%63%6d%65%20%49%6E%76%6f%69%63%65%73" +
			"&password=%53%33%63%72%65%74%21%70%61%73%73%26%77%6f%72%64%3D%31"},
		{qa().Empty("password"), "POST " + path, urlencoded, "username=qa-user&company_name=Acme+Invoices&password="},
		{qa().Blank("username"), "POST " + path, urlencoded, "username=+++&company_name=Acme+Invoices&password=S3cret%21pass%26word%3D1"},
		{qa().Missing(exchange.Multipart, "username", "company_name", "password"), "POST " + path, multipart, part("conformance_extra", "ignored") + "--BOUNDARY--\r\n"},
		{qa().Missing(exchange.Multipart, "company_name"), "POST " + path, multipart, part("username", "qa-user") + part("password", "S3cret!pass&word=1") + "--BOUNDARY--\r\n"},
	} {
		t.Run(c.request.Name, func(t *testing.T) {
			t.Parallel()
			got := parse(t, sent(t, c.request, ""))
			assert.Equal(t, c.line+" HTTP/1.1", got.line)
			assert.Equal(t, c.body, got.body)
			want := map[string][]string{"user-agent": {"klearstack-conformance/test"}, "connection": {"close"}}
			if c.contentType != "" {
				want["content-type"] = []string{c.contentType}
				want["content-length"] = []string{strconv.Itoa(len(c.body))}
			}
			want["accept"] = []string{"*/*"}
			if c.contentType != multipart {
				want["accept-encoding"] = []string{"gzip, deflate"}
			}
			assert.Equal(t, want, got.header)
		})
	}
}

// A base URL may end in slashes or carry a path prefix, which is sent as it is written (REQ-1).
func TestBaseURLs(t *testing.T) {
	t.Parallel()
	for prefix, want := range map[string]string{
		"":            "/access/klearstack/get_access_token",
		"/":           "/access/klearstack/get_access_token",
		"/a/b":        "/a/b/access/klearstack/get_access_token",
		"/a/b/":       "/a/b/access/klearstack/get_access_token",
		"/a%2Fb%20c/": "/a%2Fb%20c/access/klearstack/get_access_token",
		"//":          "/access/klearstack/get_access_token",
		"//a//b//":    "//a//b/access/klearstack/get_access_token",
		"/a%2fb%2F":   "/a%2fb%2F/access/klearstack/get_access_token",
		"/%2F/":       "/%2F/access/klearstack/get_access_token",
		"/é%C3%A9":    "/%C3%A9%C3%A9/access/klearstack/get_access_token",
	} {
		t.Run(prefix, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, "POST "+want+" HTTP/1.1", parse(t, sent(t, qa().Login(), prefix)).line)
		})
	}
}

// A page's origin, and the host, are named as browsers name them: without the port that the scheme implies.
func TestOwnOrigin(t *testing.T) {
	t.Parallel()
	for base, want := range map[string]string{
		"https://a.example":         "https://a.example",
		"https://A.Example/prefix/": "https://a.example",
		"https://a.example:443":     "https://a.example",
		"https://a.example:80":      "https://a.example:80",
		"http://a.example:80/":      "http://a.example",
		"http://127.0.0.1:8443":     "http://127.0.0.1:8443",
		"http://[::1]:80":           "http://[::1]",
		"http://[::1]:8080":         "http://[::1]:8080",
	} {
		parsed, err := url.Parse(base)
		require.NoError(t, err)
		message, err := qa().BrowserLogin().Message(t.Context(), parsed, "")
		require.NoError(t, err)
		assert.Equal(t, want, message.Header.Get("Origin"), base)
		assert.Equal(t, want, parsed.Scheme+"://"+message.Host, base)
		elsewhere, err := requests.FromOtherOrigin(qa().BrowserLogin()).Message(t.Context(), parsed, "")
		require.NoError(t, err)
		assert.Equal(t, []string{"https://conformance.example"}, elsewhere.Header.Values("Origin"))
	}
}

func TestBoundariesDiffer(t *testing.T) {
	t.Parallel()
	raw := make(chan []byte, 2)
	address := serve(t, func(connection net.Conn) {
		raw <- receive(connection)
		_, _ = io.WriteString(connection, "HTTP/1.1 204 No Content\r\n\r\n")
	})
	client := aim(t, "http://"+address)
	boundary := func() string {
		require.Nil(t, client.Do(t.Context(), qa().NodeLogin()).Failure)
		_, after, found := strings.Cut(string(<-raw), "boundary=")
		require.True(t, found)
		line, _, _ := strings.Cut(after, "\r\n")
		return line
	}
	one := boundary()
	assert.Regexp(t, `^-{26}[0-9]{24}$`, one)
	assert.NotEqual(t, one, boundary())
}

// A request is sent as it is, however often, and is not changed by it.
func TestSendingChangesNothing(t *testing.T) {
	t.Parallel()
	for _, request := range []exchange.Request{qa().Login(), qa().NodeLogin(), qa().BrowserLogin()} {
		before := request.Header.Clone()
		sent(t, request, "")
		assert.Equal(t, before, request.Header, request.Name)
	}
}
