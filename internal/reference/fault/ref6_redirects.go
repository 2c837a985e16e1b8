package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func redirects() []Fault {
	const withSlash = reference.Path + "/"
	return of("REF-6",
		hooked("redirect-to-trailing-slash", "Redirects every POST with 301 to the path with a slash at its end.",
			change.Redirect(http.StatusMovedPermanently, withSlash).Only(change.Post)),
		hooked("login-redirected-302", "Redirects a valid login with 302.", change.Redirect(http.StatusFound, "/dashboard").Only(change.Granted)),
		hooked("login-redirected-303", "Redirects a valid login with 303.", change.Redirect(http.StatusSeeOther, "/dashboard").Only(change.Granted)),
		hooked("login-redirected-307", "Redirects a valid login with 307.", change.Redirect(http.StatusTemporaryRedirect, withSlash).Only(change.Granted)),
		hooked("login-redirected-308", "Redirects a valid login with 308.", change.Redirect(http.StatusPermanentRedirect, withSlash).Only(change.Granted)),
		hooked("refusal-redirected", "Redirects a refused login with 302 to a login page.",
			change.Redirect(http.StatusFound, "/login?next="+reference.Path).Only(change.Refused)),
		hooked("missing-error-redirected", "Redirects a form without a parameter with 302 to a login page.",
			change.Redirect(http.StatusFound, "/login").Only(change.Missing)),
	)
}
