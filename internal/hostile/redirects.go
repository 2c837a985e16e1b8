package hostile

import (
	"fmt"
	"net/http"
)

// redirects send the client elsewhere. None is followed, so none may lead anybody astray.
func redirects() []Misbehaviour {
	to := func(status int, location func(*Call) string) func(*Call) {
		return func(c *Call) {
			c.Header = http.Header{"Location": {location(c)}}
			c.Status, c.Body = status, nil
			c.answer()
		}
	}
	itself := func(c *Call) string { return c.Request.URL.Path }
	elsewhere := func(c *Call) string {
		return fmt.Sprintf("http://%s%s", c.running.elsewhere.Addr(), c.Request.URL.Path)
	}
	fixed := func(location string) func(*Call) string { return func(*Call) string { return location } }
	return []Misbehaviour{
		Misbehaviour{Name: "a redirect to itself", Answer: to(302, itself)}.violates("REF-6"),
		Misbehaviour{Name: "a redirect to another host", Answer: to(302, elsewhere)}.violates("REF-6"),
		Misbehaviour{Name: "a redirect of the whole request to another host", Answer: to(307, elsewhere)}.violates("REF-6"),
		Misbehaviour{Name: "a permanent redirect of the whole request to another host", Answer: to(308, elsewhere)}.violates("REF-6"),
		Misbehaviour{Name: "a redirect of valid logins to another host", Answer: func(c *Call) {
			if c.granted() {
				to(307, elsewhere)(c)
				return
			}
			c.answer()
		}}.violates("REF-6"),
		Misbehaviour{Name: "a redirect to https", Answer: to(308, func(c *Call) string {
			return "https://" + c.Request.Host + c.Request.URL.Path
		})}.absent(1, "begin with https://"),
		Misbehaviour{Name: "a redirect to nowhere", Answer: to(302, fixed(""))}.violates("REF-6"),
		Misbehaviour{Name: "a redirect to what is no URL", Answer: to(302, fixed("http://[::1%25 ::error::x ##[error]x/%zz"))}.violates("REF-6"),
		Misbehaviour{Name: "a redirect with commands for terminals", Answer: to(302, fixed("/\x1b[31mred"))}.
			absent(1, "something that is not HTTP"),
		Misbehaviour{Name: "a redirect to a file", Answer: to(301, fixed("file:///etc/passwd"))}.violates("REF-6"),
	}
}
