package change

import (
	"net/http"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
)

// Match picks the calls that a change shows in, for [reference.Hooks.Only].
type Match = func(*reference.Call) bool

// Granted picks the valid logins.
func Granted(c *reference.Call) bool { return c.Decision == reference.Granted }

// Refused picks the refused logins.
func Refused(c *reference.Call) bool { return c.Decision == reference.Refused }

// Missing picks the forms that lack a parameter.
func Missing(c *reference.Call) bool { return c.Decision == reference.Missing }

// Failed picks the forms that are refused or lack a parameter.
func Failed(c *reference.Call) bool { return Refused(c) || Missing(c) }

// Options picks the calls by OPTIONS.
func Options(c *reference.Call) bool { return c.Decision == reference.Options }

// Preflight picks the OPTIONS that a browser sends before a POST to another origin.
func Preflight(c *reference.Call) bool { return Options(c) && !WithoutHeader("Origin")(c) }

// OtherMethod picks the calls by neither POST nor OPTIONS.
func OtherMethod(c *reference.Call) bool { return c.Decision == reference.NotAllowed }

// Post picks the calls by POST.
func Post(c *reference.Call) bool { return c.Request.Method == http.MethodPost }

// Urlencoded picks the urlencoded forms.
func Urlencoded(c *reference.Call) bool { return c.Encoding == reference.Urlencoded && Post(c) }

// Multipart picks the multipart forms.
func Multipart(c *reference.Call) bool { return c.Encoding == reference.Multipart && Post(c) }

// Basic picks the calls with Basic authorization.
func Basic(c *reference.Call) bool {
	return strings.HasPrefix(c.Request.Header.Get("Authorization"), "Basic ")
}

// Queried picks the calls with a query string.
func Queried(c *reference.Call) bool { return c.Request.URL.RawQuery != "" }

// WithBody picks the calls whose responses have a body.
func WithBody(c *reference.Call) bool { return c.Request.Method != http.MethodHead && !Options(c) }

// WithoutHeader picks the calls without a header field.
func WithoutHeader(field string) Match {
	return func(c *reference.Call) bool { return c.Request.Header.Get(field) == "" }
}

// WithHeader picks the calls whose header field holds a text.
func WithHeader(field, text string) Match {
	return func(c *reference.Call) bool { return strings.Contains(c.Request.Header.Get(field), text) }
}

// OfOwnOrigin picks the calls of pages that the server's own host served.
func OfOwnOrigin(c *reference.Call) bool {
	return strings.HasSuffix(c.Request.Header.Get("Origin"), "://"+c.Request.Host)
}

// OfOtherOrigin picks the calls of pages that another host served.
func OfOtherOrigin(c *reference.Call) bool { return !WithoutHeader("Origin")(c) && !OfOwnOrigin(c) }

// Lacking picks the calls without a parameter, among others.
func Lacking(parameter string) Match {
	return func(c *reference.Call) bool { return Missing(c) && slices.Contains(c.Missing, parameter) }
}

// MissingOnly picks the calls without this one parameter.
func MissingOnly(parameter string) Match {
	return func(c *reference.Call) bool {
		return Missing(c) && slices.Equal(c.Missing, []string{parameter})
	}
}

// MissingSeveral picks the calls without two or three parameters.
func MissingSeveral(c *reference.Call) bool { return Missing(c) && len(c.Missing) > 1 }

// MissingAll picks the calls without any parameter.
func MissingAll(c *reference.Call) bool {
	return Missing(c) && len(c.Missing) == len(reference.Parameters())
}

// Every picks each nth granted login of a server.
func Every(nth int64) Match {
	return func(c *reference.Call) bool { return c.Login > 0 && c.Login%nth == 0 }
}

// All picks the calls that every match picks.
func All(matches ...Match) Match {
	return func(c *reference.Call) bool {
		return !slices.ContainsFunc(matches, func(m Match) bool { return !m(c) })
	}
}

// Not picks the calls that a match does not.
func Not(m Match) Match { return func(c *reference.Call) bool { return !m(c) } }
