package exchange_test

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/requests"
)

// decoded is what a server makes of a request.
type decoded struct {
	method, path, contentType string
	query, form               [][2]string // in their order
	header                    map[string][]string
	body                      string // of a urlencoded form
}

// pairs decodes a form. It is as strict as can be.
func pairs(text string) ([][2]string, error) {
	var all [][2]string
	if text == "" {
		return nil, nil
	}
	for _, pair := range strings.Split(text, "&") {
		name, value, _ := strings.Cut(pair, "=")
		value, err := url.QueryUnescape(value)
		if err != nil {
			return nil, err
		}
		all = append(all, [2]string{name, value})
	}
	return all, nil
}

func parts(body io.Reader, boundary string) ([][2]string, error) {
	var all [][2]string
	reader := multipart.NewReader(body, boundary)
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		all = append(all, [2]string{part.FormName(), string(value)})
	}
}

func decode(r *http.Request) (decoded, error) {
	d := decoded{method: r.Method, path: r.URL.EscapedPath(), header: map[string][]string{}}
	for _, name := range []string{
		"Accept", "Accept-Encoding", "Authorization", "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers",
		"Transfer-Encoding", "Expect", "Cookie",
	} {
		if values := r.Header.Values(name); values != nil {
			d.header[name] = values
		}
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return d, err
	}
	if d.query, err = pairs(r.URL.RawQuery); err != nil {
		return d, err
	}
	d.contentType = r.Header.Get("Content-Type")
	if kind, parameters, err := mime.ParseMediaType(d.contentType); err == nil && kind == "multipart/form-data" {
		d.contentType = kind
		d.form, err = parts(bytes.NewReader(body), parameters["boundary"])
		return d, err
	}
	d.body = string(body)
	d.form, err = pairs(d.body)
	return d, err
}

// recorder serves, decoding what comes.
func recorder(t *testing.T) (base *url.URL, took <-chan decoded) {
	t.Helper()
	took, server := record(t)
	base, err := url.Parse(server + "/prefix")
	require.NoError(t, err)
	return base, took
}

func record(t *testing.T) (<-chan decoded, string) {
	t.Helper()
	took := make(chan decoded, 4)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d, err := decode(r)
		assert.NoError(t, err)
		took <- d
		_, _ = io.WriteString(w, "answered")
	}))
	t.Cleanup(server.Close)
	return took, server.URL
}

// tools skips a test where something is missing that runs curl lines. On CI only jq and perl may be missing.
func tools(t *testing.T, line string) {
	t.Helper()
	for _, tool := range []string{"sh", "curl", "jq", "perl"} {
		if tool != "sh" && !strings.Contains(line, tool+" ") {
			continue
		}
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") != "" && (tool == "sh" || tool == "curl") {
				require.NoError(t, err)
			}
			t.Skipf("%s is not installed, which the line needs", tool)
		}
	}
}

// reproduce runs a curl line in a shell, in a locale, and returns what curl printed.
func reproduce(t *testing.T, line, password, locale string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), "sh", "-c", line)
	command.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "LC_ALL=" + locale, "NO_PROXY=*", "KLEARSTACK_PASSWORD=" + password,
	}
	var problems bytes.Buffer
	command.Stderr = &problems
	output, err := command.Output()
	require.NoError(t, err, "%s\n%s", line, problems.Bytes())
	assert.Empty(t, problems.String(), line)
	return string(output)
}

// assertReproduced asserts that the curl line of a request sends what the suite sends.
func assertReproduced(t *testing.T, request exchange.Request, password, locale string) {
	t.Helper()
	base, took := recorder(t)
	line := request.Curl(base)
	tools(t, line)
	assert.NotContains(t, line, "\n")

	require.Nil(t, aim(t, base.String()).Do(t.Context(), request).Failure)
	want := <-took
	output := reproduce(t, line, password, locale)
	got := <-took
	if request.Spelling != exchange.EveryByte && request.Spelling != exchange.AsIs { // what jq leaves unescaped depends on its version
		want.body, got.body = "", ""
	}
	assert.Equal(t, want, got, line)
	assert.Contains(t, output, "HTTP/1.1 200 OK\r\n")
	if request.Method != http.MethodHead {
		assert.True(t, strings.HasSuffix(output, "answered"), output)
	}
	for _, param := range append(request.Params, request.Query...) {
		if param.Name == "password" && param.Value != "" && strings.TrimSpace(param.Value) != "" {
			assertHidden(t, line, param.Value)
			assertHidden(t, line, password)
		}
	}
}

// assertHidden asserts that a password does not stand in a line, where it is long enough to tell.
func assertHidden(t *testing.T, line, password string) {
	t.Helper()
	if len(password) < 5 {
		return
	}
	for _, spelling := range []string{password, url.QueryEscape(password), url.PathEscape(password)} {
		assert.NotContains(t, line, spelling)
	}
}

func hard() requests.Catalogue {
	return requests.Catalogue{
		Username: `qa üser+%41 & "tester"; $HOME 'x' \n a=1`, Company: "Müller & Söhne `id` $(id) @x <y %s !!", OtherCompany: `50%41+; é "AG"`,
		Password: `Pä ö+%41&w=o;"r" $HOME 'q' \n !Zz`,
	}
}

// Every line sends what the suite sends.
func TestCurlLinesOfEveryRequest(t *testing.T) {
	t.Parallel()
	c := hard()
	all := append(append(append(c.EveryLogin(), c.Rewritten().Parts...), c.Extended().Parts...), c.WrongCase(), c.WrongLast(), c.Preflight(),
		requests.FromOtherOrigin(c.BrowserLogin()), c.Query(http.MethodGet), c.Query(http.MethodPost),
		c.UnknownUser(exchange.Urlencoded), c.UnknownCompany(exchange.Multipart), c.OtherCompanyLogin(exchange.Multipart),
		c.Empty("password"), c.Blank("username"), c.EverythingMissing(),
		c.Missing(exchange.Multipart, "username", "company_name", "password"), c.Missing(exchange.Multipart, "password"))
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		all = append(all, c.Method(method))
	}
	for _, request := range all {
		t.Run(request.Name, func(t *testing.T) {
			t.Parallel()
			assertReproduced(t, request, c.Password, "C.UTF-8")
		})
	}
}

// Whatever a password is made of, and whatever the shell takes for a character, the lines send it, or the wrong one that
// was made of it.
func TestCurlLinesOfEveryBaseURL(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"", "/", "//", "//a//b//", "/a%2Fb", "/a%2fb%2F", "/%2F", "/é", "/a%20b;c=1", "/x%3Fy%23z/"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			took, server := record(t)
			request, base := qa().Method(http.MethodDelete), server+path
			require.Nil(t, login(t, aim(t, base)).Failure)
			sent := <-took
			parsed, err := url.Parse(base)
			require.NoError(t, err)
			line := request.Curl(parsed)
			tools(t, line)
			reproduce(t, line, qa().Password, "C.UTF-8")
			assert.Equal(t, sent.path, (<-took).path, line)
		})
	}
}

func TestCurlLinesOfEveryPassword(t *testing.T) {
	t.Parallel()
	for _, password := range []string{
		"Passw0rd", "12345678", "x", "é", "ü1Ä", "密碼😀", "ПаРоль ß", "`id`$(id)${HOME}\\$HOME", `'"'"'`, `"quoted"`, "100% +a&b=c;d#e?f",
		" blanks  around ", "-n", "%s%d\\n\\x41\\", "!history!", "a*b?[c]{d,e}~", "tab\tand\x01control", "two\nlines", "@file", "<file",
	} {
		t.Run(password, func(t *testing.T) {
			t.Parallel()
			c := qa()
			c.Password = password
			for _, request := range []exchange.Request{c.ShellLogin(), c.Login(), c.NodeLogin(), c.Rewritten().Login, c.WrongCase(), c.WrongLast()} {
				assertReproduced(t, request, password, "C")
			}
		})
	}
}

// What stands beside the password may hold anything, too.
func TestCurlLinesOfEveryValue(t *testing.T) {
	t.Parallel()
	for _, value := range []string{
		"-n", "@file", "<file", "a;type=text/html", "tab\tand\x01control\x7f\u0085", "two\nlines\n", "return\r\n", "%s%d\\n\\", "it's", "\"", "", " ",
	} {
		t.Run(value, func(t *testing.T) {
			t.Parallel()
			c := hard()
			c.Company = value
			for _, request := range []exchange.Request{c.Login(), c.NodeLogin(), c.WrongLast(), c.Query(http.MethodGet)} {
				assertReproduced(t, request, c.Password, "C")
			}
		})
	}
}

func TestCurlLine(t *testing.T) {
	t.Parallel()
	base, err := url.Parse("https://staging.example.com/it's/")
	require.NoError(t, err)
	for _, c := range []struct {
		name    string
		request exchange.Request
		options []string
		want    string
	}{
		{"urlencoded", qa().Login(), nil, `curl -sS -i --max-redirs 0 -X POST -H 'Accept: */*' -H 'Accept-Encoding: gzip, deflate' ` +
			`--data-raw 'username=qa-user''&''company_name=Acme+Invoices''&'password="$(printf %s "$KLEARSTACK_PASSWORD" | jq -sRr @uri | sed 's/%20/+/g')" ` +
			`'https://staging.example.com/it'\''s/access/klearstack/get_access_token'`},
		{"multipart, unverified", qa().NodeLogin(), []string{"--insecure"}, `curl -sS -i --max-redirs 0 --insecure -X POST -H 'Accept:' -H 'User-Agent:' ` +
			`--form-string 'username=qa-user' --form-string 'company_name=Acme Invoices' --form-string password="$KLEARSTACK_PASSWORD" ` +
			`'https://staging.example.com/it'\''s/access/klearstack/get_access_token'`},
		{"no body", qa().Preflight(), nil, `curl -sS -i --max-redirs 0 -X OPTIONS -H 'Accept: */*' -H 'Accept-Encoding: gzip, deflate, br, zstd' -H 'Access-Control-Request-Headers: authorization' ` +
			`-H 'Access-Control-Request-Method: POST' -H 'Origin: https://conformance.example' -H 'User-Agent: Mozilla/5.0 ` +
			`(X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36' ` +
			`'https://staging.example.com/it'\''s/access/klearstack/get_access_token'`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, c.request.Curl(base, c.options...))
		})
	}
}

// A line reaches a target whose certificate the suite was told not to verify, and follows no redirect.
func TestCurlLineUnverified(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.RedirectHandler("/elsewhere", http.StatusTemporaryRedirect))
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL)
	require.NoError(t, err)
	line := qa().NodeLogin().Curl(base, "--insecure")
	tools(t, line)
	output := reproduce(t, line, "x", "C")
	assert.Contains(t, output, " 307")
	assert.Equal(t, 1, strings.Count(output, "HTTP/"))
}
