package requests

import (
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
)

// origin is where pages stand that the browser sample's cross-origin requests come from.
const origin = "https://conformance.example"

// strayBasic is what the browser sample sends: Basic authorization with the sample's placeholder for a key.
const strayBasic = "Basic UkVQTEFDRV9BUElfS0VZOg=="

// The User-Agent of each documented sample's client, as captured, since filters accept and reject clients by it. The Node.js
// sample sends none. The browser was captured without a window, which is why it called itself HeadlessChrome: no page's
// user does, and filters reject it.
const (
	shellAgent   = "curl/7.88.1"
	pythonAgent  = "python-requests/2.28.1"
	javaAgent    = "okhttp/3.13.1"
	browserAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
)

// The headers of the documented samples, as their clients send them. The first two are also those of requests that are no
// sample's, which go by the suite's own name.
func shellHeader() http.Header { return http.Header{"Accept": {"*/*"}} }

func pythonHeader() http.Header {
	return http.Header{"Accept": {"*/*"}, "Accept-Encoding": {"gzip, deflate"}}
}

func javaHeader() http.Header {
	return http.Header{"Accept-Encoding": {"gzip"}, "User-Agent": {javaAgent}}
}

func nodeHeader() http.Header { return http.Header{"User-Agent": {""}} }

func browserHeader() http.Header {
	return http.Header{"Accept": {"*/*"}, "Accept-Encoding": {"gzip, deflate, br, zstd"}, "User-Agent": {browserAgent}}
}

// ShellLogin is the Shell sample's, with the values as they are or, where they would not arrive so (see SuitsShell), with
// what is reserved in them encoded and spaces as they are (REQ-4).
func (c Catalogue) ShellLogin() exchange.Request {
	request := c.login("the Shell sample's login", exchange.Urlencoded)
	request.Spelling, request.Header = exchange.AsIs, shellHeader()
	if !c.SuitsShell() {
		request.Name, request.Spelling = "the Shell sample's login with encoded values", exchange.SpaceRaw
	}
	request.Header.Set("User-Agent", shellAgent)
	return request
}

// SuitsShell tells whether the values reach the endpoint as they are where curl sends them with nothing encoded. What is
// beyond ASCII, and semicolons, many form parsers take only encoded; the sample has neither.
func (c Catalogue) SuitsShell() bool {
	return !strings.ContainsFunc(c.Username+c.Company+c.Password, func(char rune) bool {
		return char < ' ' || char > '~' || strings.ContainsRune("&+%;", char)
	})
}

// PythonLogin is the Python sample's, with spaces as plus signs (REQ-4).
func (c Catalogue) PythonLogin() exchange.Request {
	request := c.login("the Python sample's login", exchange.Urlencoded)
	request.Header.Set("User-Agent", pythonAgent)
	return request
}

// JavaLogin is the Java sample's, with spaces as %20 (REQ-4).
func (c Catalogue) JavaLogin() exchange.Request {
	request := c.login("the Java sample's login", exchange.Urlencoded)
	request.Spelling, request.Header = exchange.SpacePercent20, javaHeader()
	return request
}

// NodeLogin is the Node.js sample's: a multipart form from a client that does not name itself (REQ-5).
func (c Catalogue) NodeLogin() exchange.Request {
	request := c.login("the Node.js sample's login", exchange.Multipart)
	request.Header = nodeHeader()
	return request
}

// BrowserLogin is the browser sample's, on a page of the endpoint's own origin: a multipart form beside a Basic
// authorization (REQ-3, REQ-5).
func (c Catalogue) BrowserLogin() exchange.Request {
	request := c.login("the browser sample's login", exchange.Multipart)
	request.Header, request.Boundary = browserHeader(), exchange.WebKit
	request.Header.Set("Authorization", strayBasic)
	request.FromPage = true
	return request
}

// Unauthorized is the request without its authorization: what is wrong with it still is not the header's doing.
func Unauthorized(request exchange.Request) exchange.Request {
	return without(request, "Authorization", "without its authorization")
}

// FromNoPage is the request without its Origin.
func FromNoPage(request exchange.Request) exchange.Request {
	request.Name += " without its Origin"
	request.FromPage = false
	return request
}

// Authorized is the request beside a stray Basic authorization.
func Authorized(request exchange.Request) exchange.Request {
	request.Name += " beside a stray Basic authorization"
	request.Header = request.Header.Clone()
	request.Header.Set("Authorization", strayBasic)
	return request
}

// UnderOwnName is the request with the suite's own User-Agent in place of its client's.
func UnderOwnName(request exchange.Request) exchange.Request {
	return without(request, "User-Agent", "under the suite's own name")
}

func without(request exchange.Request, field, words string) exchange.Request {
	request.Name += " " + words
	request.Header = request.Header.Clone()
	request.Header.Del(field)
	return request
}

// FromOtherOrigin is the request as a page of another origin sends it (ADV-7).
func FromOtherOrigin(request exchange.Request) exchange.Request {
	request.Header, request.FromPage = request.Header.Clone(), false
	request.Header.Set("Origin", origin)
	return request
}

// Preflight is what the browser sample's browser asks first from another origin (ADV-7).
func (c Catalogue) Preflight() exchange.Request {
	request := exchange.Request{Name: "the browser sample's preflight", Method: http.MethodOptions, Header: browserHeader()}
	request.Header.Set("Origin", origin)
	request.Header.Set("Access-Control-Request-Method", http.MethodPost)
	request.Header.Set("Access-Control-Request-Headers", "authorization")
	return request
}
