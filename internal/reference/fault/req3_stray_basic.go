package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

func strayBasic() []Fault {
	return of("REQ-3",
		hooked("basic-header-taken-as-login", "Answers a POST with a stray Basic header with 401, as if the header were the login.",
			failing(http.StatusUnauthorized, "Invalid credentials").Only(all(post, basic))),
		hooked("basic-header-taken-as-login-in-multipart", "Answers a multipart form with a stray Basic header with 401.",
			failing(http.StatusUnauthorized, "Invalid credentials").Only(all(multipart, basic))),
		hooked("basic-header-taken-as-login-in-urlencoded", "Answers a urlencoded form with a stray Basic header with 401.",
			failing(http.StatusUnauthorized, "Invalid credentials").Only(all(urlencoded, basic))),
		hooked("basic-header-malformed", "Answers a login with a stray Basic header with 400, because the header holds no password.",
			failing(http.StatusBadRequest, "The Authorization header is malformed").Only(all(granted, basic))),
		hooked("basic-header-crashes", "Answers a login with a stray Basic header with 500.",
			failing(http.StatusInternalServerError, "Internal server error").Only(all(granted, basic))),
		hooked("basic-header-taken-as-login-without-username", "Answers a form without a username, but with a stray Basic header, with 401.",
			failing(http.StatusUnauthorized, "Invalid credentials").Only(all(post, basic, short(reference.ParamUsername)))),
		hooked("basic-header-taken-as-login-without-username-and-password",
			"Answers a form without username and password, but with a stray Basic header, with 401.",
			failing(http.StatusUnauthorized, "Invalid credentials").
				Only(all(post, basic, short(reference.ParamUsername), short(reference.ParamPassword)))),
		hooked("basic-header-names-nothing-in-errors", "Names no missing parameter where a stray Basic header is sent.",
			failing(http.StatusInternalServerError, "Internal server error").Only(all(missing, basic))),
		hooked("basic-header-turns-errors-into-pages", "Answers with a page where a parameter is missing and a stray Basic header is sent.",
			header("Content-Type", "text/html").Only(all(missing, basic))),
		hooked("basic-header-switches-user", "Issues another user's tokens where a stray Basic header is sent.",
			reference.Hooks{Decided: func(c *reference.Call) {
				other := c.User
				other.ID++
				c.Grant(other)
			}}.Only(all(granted, basic))),
	)
}
