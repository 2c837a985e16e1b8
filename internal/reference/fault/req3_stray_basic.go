package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func strayBasic() []Fault {
	return of("REQ-3",
		hooked("basic-header-taken-as-login", "Answers a POST with a stray Basic header with 401, as if the header were the login.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(change.All(change.Post, change.Basic))),
		hooked("basic-header-taken-as-login-in-multipart", "Answers a multipart form with a stray Basic header with 401.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(change.All(change.Multipart, change.Basic))),
		hooked("basic-header-taken-as-login-in-urlencoded", "Answers a urlencoded form with a stray Basic header with 401.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(change.All(change.Urlencoded, change.Basic))),
		hooked("basic-header-malformed", "Answers a login with a stray Basic header with 400, because the header holds no password.",
			change.Failing(http.StatusBadRequest, "The Authorization header is malformed").Only(change.All(change.Granted, change.Basic))),
		hooked("basic-header-crashes", "Answers a login with a stray Basic header with 500.",
			change.Failing(http.StatusInternalServerError, "Internal server error").Only(change.All(change.Granted, change.Basic))),
		hooked("basic-header-taken-as-login-without-username", "Answers a form without a username, but with a stray Basic header, with 401.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(change.All(change.Post, change.Basic, change.Lacking(reference.ParamUsername)))),
		hooked("basic-header-taken-as-login-without-username-and-password",
			"Answers a form without username and password, but with a stray Basic header, with 401.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").
				Only(change.All(change.Post, change.Basic, change.Lacking(reference.ParamUsername), change.Lacking(reference.ParamPassword)))),
		hooked("basic-header-names-nothing-in-errors", "Names no missing parameter where a stray Basic header is sent.",
			change.Failing(http.StatusInternalServerError, "Internal server error").Only(change.All(change.Missing, change.Basic))),
		hooked("basic-header-turns-errors-into-pages", "Answers with a page where a parameter is missing and a stray Basic header is sent.",
			change.Header("Content-Type", "text/html").Only(change.All(change.Missing, change.Basic))),
		hooked("basic-header-switches-user", "Issues another user's tokens where a stray Basic header is sent.",
			reference.Hooks{Decided: func(c *reference.Call) {
				other := c.User
				other.ID++
				c.Grant(other)
			}}.Only(change.All(change.Granted, change.Basic))),
	)
}
