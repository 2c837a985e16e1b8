package fault

import (
	"net/http"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
)

// match picks the calls that a fault shows in.
type match = func(*reference.Call) bool

// Calls by what they came to.
func granted(c *reference.Call) bool { return c.Decision == reference.Granted }
func refused(c *reference.Call) bool { return c.Decision == reference.Refused }
func missing(c *reference.Call) bool { return c.Decision == reference.Missing }
func preflight(c *reference.Call) bool {
	return c.Decision == reference.Options && c.Request.Header.Get("Origin") != ""
}

// Calls by how they were asked.
func post(c *reference.Call) bool { return c.Request.Method == http.MethodPost }
func urlencoded(c *reference.Call) bool {
	return c.Encoding == reference.Urlencoded && post(c)
}
func multipart(c *reference.Call) bool {
	return c.Encoding == reference.Multipart && post(c)
}
func basic(c *reference.Call) bool {
	return strings.HasPrefix(c.Request.Header.Get("Authorization"), "Basic ")
}
func authorized(c *reference.Call) bool { return c.Request.Header.Get("Authorization") != "" }
func queried(c *reference.Call) bool    { return c.Request.URL.RawQuery != "" }

// unnamed picks the calls without a header field.
func unnamed(field string) match {
	return func(c *reference.Call) bool { return c.Request.Header.Get(field) == "" }
}

// having picks the calls whose header field holds a text.
func having(field, text string) match {
	return func(c *reference.Call) bool { return strings.Contains(c.Request.Header.Get(field), text) }
}

// ofOwnOrigin picks the calls of pages that the server's own host served.
func ofOwnOrigin(c *reference.Call) bool {
	return strings.HasSuffix(c.Request.Header.Get("Origin"), "://"+c.Request.Host)
}

// short picks the calls without a parameter, among others.
func short(parameter string) match {
	return func(c *reference.Call) bool { return missing(c) && slices.Contains(c.Missing, parameter) }
}

// missingOnly picks the calls without this one parameter.
func missingOnly(parameter string) match {
	return func(c *reference.Call) bool {
		return missing(c) && slices.Equal(c.Missing, []string{parameter})
	}
}

// missingSeveral picks the calls without two or three parameters.
func missingSeveral(c *reference.Call) bool { return missing(c) && len(c.Missing) > 1 }

// missingAll picks the calls without any parameter.
func missingAll(c *reference.Call) bool {
	return missing(c) && len(c.Missing) == len(reference.Parameters())
}

// every picks each nth granted login of a server.
func every(nth int64) match {
	return func(c *reference.Call) bool { return c.Login > 0 && c.Login%nth == 0 }
}

func all(matches ...match) match {
	return func(c *reference.Call) bool {
		return !slices.ContainsFunc(matches, func(m match) bool { return !m(c) })
	}
}

func not(m match) match { return func(c *reference.Call) bool { return !m(c) } }
