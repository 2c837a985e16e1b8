package exchange_test

import (
	"bufio"
	"bytes"
	"io"
	"maps"
	"mime"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/requests"
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
func sent(t *testing.T, request exchange.Request, path string) message {
	t.Helper()
	raw := make(chan []byte, 1)
	address := serve(t, func(connection net.Conn) {
		raw <- receive(connection)
		_, _ = io.WriteString(connection, "HTTP/1.1 204 No Content\r\n\r\n")
	})
	answer := aim(t, "http://"+address+path).Do(t.Context(), request)
	require.Nil(t, answer.Failure)
	return parse(t, <-raw)
}

func captured(t *testing.T, name string) message {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "reference", "testdata", "wire", name+".http"))
	require.NoError(t, err)
	return parse(t, raw)
}

// What the suite sends is what the documented samples' clients send.
func TestSamplesOnTheWire(t *testing.T) {
	t.Parallel()
	plain, alnum, unicode := qa(), qa(), qa()
	plain.Password = "Passw0rd1"
	alnum.Password, alnum.Company = "Passw0rd1", "Acme"
	unicode.Username, unicode.Company, unicode.Password = "qa-üser", "Müller & Söhne €", `pä+ß 41%41;"q"'\`
	for _, c := range []struct {
		capture string
		request exchange.Request
	}{
		{"python-requests-sample", qa().Login()},
		{"python-requests-sample-unicode", unicode.Login()},
		{"java-okhttp-sample", qa().JavaLogin()},
		{"java-okhttp-sample-unicode", unicode.JavaLogin()},
		{"curl-sample-plain", plain.ShellLogin()},
		{"curl-sample-alnum", alnum.ShellLogin()},
		{"node-request-sample", qa().NodeLogin()},
		{"node-request-sample-unicode", unicode.NodeLogin()},
		{"chromium-xhr-sample-sameorigin", qa().BrowserLogin()},
		{"firefox-xhr-sample-sameorigin", qa().BrowserLogin()},
		{"chromium-xhr-sample-crossorigin-post", requests.FromOtherOrigin(qa().BrowserLogin())},
		{"chromium-xhr-sample-crossorigin-preflight", qa().Preflight()},
		{"firefox-xhr-sample-crossorigin-preflight", qa().Preflight()},
	} {
		t.Run(c.capture, func(t *testing.T) {
			t.Parallel()
			want, got := captured(t, c.capture), sent(t, c.request, "")
			assert.Equal(t, want.line, got.line)
			assert.Equal(t, want.body, got.body)
			same := []string{
				"content-type", "content-length", "transfer-encoding", "accept", "authorization", "expect",
				"access-control-request-method", "access-control-request-headers",
			}
			if !strings.Contains(c.capture, "xhr") {
				same = append(same, "accept-encoding")
			}
			for _, name := range same {
				assert.Equal(t, want.header[name], got.header[name], name)
			}
			// Browsers offer codings that the suite could not unpack.
			for _, coding := range strings.Split(strings.Join(got.header["accept-encoding"], ","), ",") {
				assert.Contains(t, strings.Join(want.header["accept-encoding"], ","), coding)
			}
			for name := range got.header {
				if name != "user-agent" && name != "connection" {
					assert.Contains(t, slices.Collect(maps.Keys(want.header)), name, "a header that the sample does not have")
				}
			}
		})
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
		{qa().CharsetLogin(), "POST " + path, urlencoded + "; charset=UTF-8", form},
		{qa().ReversedLogin(exchange.Urlencoded), "POST " + path, urlencoded, "password=S3cret%21pass%26word%3D1&company_name=Acme+Invoices&username=qa-user"},
		{qa().EveryByteLogin(), "POST " + path, urlencoded, "username=%71%61%2D%75%73%65%72&company_name=%41%63%6D%65%20%49%6E%76%6F%69%63%65%73" +
			"&password=%53%33%63%72%65%74%21%70%61%73%73%26%77%6f%72%64%3D%31"},
		{qa().Empty("password"), "POST " + path, urlencoded, "username=qa-user&company_name=Acme+Invoices&password="},
		{qa().Blank("username"), "POST " + path, urlencoded, "username=+++&company_name=Acme+Invoices&password=S3cret%21pass%26word%3D1"},
		{qa().Missing(exchange.Multipart, "username", "company_name", "password"), "POST " + path, multipart, "--BOUNDARY--\r\n"},
		{qa().Missing(exchange.Multipart, "company_name"), "POST " + path, multipart, part("username", "qa-user") + part("password", "S3cret!pass&word=1") + "--BOUNDARY--\r\n"},
	} {
		t.Run(c.request.Name, func(t *testing.T) {
			t.Parallel()
			got := sent(t, c.request, "")
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

// A base URL may end in a slash or carry a path prefix (REQ-1).
func TestBaseURLs(t *testing.T) {
	t.Parallel()
	for prefix, want := range map[string]string{
		"":            "/access/klearstack/get_access_token",
		"/":           "/access/klearstack/get_access_token",
		"/a/b":        "/a/b/access/klearstack/get_access_token",
		"/a/b/":       "/a/b/access/klearstack/get_access_token",
		"/a%2Fb%20c/": "/a%2Fb%20c/access/klearstack/get_access_token",
	} {
		t.Run(prefix, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, "POST "+want+" HTTP/1.1", sent(t, qa().Login(), prefix).line)
		})
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
