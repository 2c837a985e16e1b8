package variant

import (
	"net/http"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
)

// Calls by what they came to.
func granted(c *reference.Call) bool { return c.Decision == reference.Granted }
func refused(c *reference.Call) bool { return c.Decision == reference.Refused }
func missing(c *reference.Call) bool { return c.Decision == reference.Missing }
func failed(c *reference.Call) bool  { return refused(c) || missing(c) }
func options(c *reference.Call) bool { return c.Decision == reference.Options }
func unasked(c *reference.Call) bool { return c.Decision == reference.NotAllowed }
func queried(c *reference.Call) bool { return c.Request.URL.RawQuery != "" }

// everySecond picks every second granted login of a server.
func everySecond(c *reference.Call) bool { return c.Login > 0 && c.Login%2 == 0 }
func nonempty(c *reference.Call) bool    { return c.Request.Method != http.MethodHead && !options(c) }

// foreign picks the calls of pages that another host served.
func foreign(c *reference.Call) bool {
	origin := c.Request.Header.Get("Origin")
	return origin != "" && !strings.HasSuffix(origin, "://"+c.Request.Host)
}

// unknownUser picks the refusals of users that the server does not know.
func unknownUser(c *reference.Call) bool {
	if !refused(c) {
		return false
	}
	username := value(c, reference.ParamUsername)
	for _, user := range c.Users() {
		if user.Username == username {
			return false
		}
	}
	return true
}

// emptied picks the refusals of forms with an empty value.
func emptied(c *reference.Call) bool { return refused(c) && len(emptyOnes(c)) > 0 }

func emptyOnes(c *reference.Call) []string {
	var names []string
	for _, name := range reference.Parameters() {
		if value(c, name) == "" {
			names = append(names, name)
		}
	}
	return names
}

func value(c *reference.Call, name string) string {
	value, _ := c.Form.Get(name)
	return value
}

// unknownCompany picks the refusals of companies that the server does not know.
func unknownCompany(c *reference.Call) bool {
	return refused(c) && !slices.ContainsFunc(c.Users(), func(user reference.User) bool {
		return user.Company == value(c, reference.ParamCompany)
	})
}
