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

// The headers of the documented samples, as their clients send them.
func shellHeader() http.Header { return http.Header{"Accept": {"*/*"}} }

func pythonHeader() http.Header {
	return http.Header{"Accept": {"*/*"}, "Accept-Encoding": {"gzip, deflate"}}
}

func javaHeader() http.Header { return http.Header{"Accept-Encoding": {"gzip"}} }

func nodeHeader() http.Header { return http.Header{"User-Agent": {""}} }

func browserHeader() http.Header {
	return http.Header{"Accept": {"*/*"}, "Accept-Encoding": {"gzip, deflate, br, zstd"}, "Authorization": {strayBasic}}
}

// ShellLogin is the Shell sample's, with the values as they are (REQ-4). See SuitsShell.
func (c Catalogue) ShellLogin() exchange.Request {
	request := c.login("the Shell sample's login", exchange.Urlencoded)
	request.Spelling, request.Header = exchange.AsIs, shellHeader()
	return request
}

// SuitsShell tells whether the values reach the endpoint as they are where curl sends them with nothing encoded. What is
// beyond ASCII, and semicolons, many form parsers take only encoded; the sample has neither.
func (c Catalogue) SuitsShell() bool {
	return !strings.ContainsFunc(c.Username+c.Company+c.Password, func(char rune) bool {
		return char < ' ' || char > '~' || strings.ContainsRune("&+%;", char)
	})
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

// BrowserLogin is the browser sample's: a multipart form beside a Basic authorization (REQ-3, REQ-5).
func (c Catalogue) BrowserLogin() exchange.Request {
	request := c.login("the browser sample's login", exchange.Multipart)
	request.Header, request.Boundary = browserHeader(), exchange.WebKit
	return request
}

// Unauthorized is the request without its authorization: what is wrong with it still is not the header's doing.
func Unauthorized(request exchange.Request) exchange.Request {
	request.Name += " without its authorization"
	request.Header = request.Header.Clone()
	request.Header.Del("Authorization")
	return request
}

// FromOtherOrigin is the request as a page of another origin sends it (ADV-7).
func FromOtherOrigin(request exchange.Request) exchange.Request {
	request.Header = request.Header.Clone()
	request.Header.Set("Origin", origin)
	return request
}

// Preflight is what the browser sample's browser asks first from another origin (ADV-7).
func (c Catalogue) Preflight() exchange.Request {
	return exchange.Request{
		Name:   "the browser sample's preflight",
		Method: http.MethodOptions,
		Header: http.Header{
			"Accept":                         {"*/*"},
			"Accept-Encoding":                {"gzip, deflate, br, zstd"},
			"Origin":                         {origin},
			"Access-Control-Request-Method":  {http.MethodPost},
			"Access-Control-Request-Headers": {"authorization"},
		},
	}
}
