package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

func redirects() []Fault {
	const withSlash = reference.Path + "/"
	return of("REF-6",
		hooked("redirect-to-trailing-slash", "Redirects every POST with 301 to the path with a slash at its end.",
			redirect(http.StatusMovedPermanently, withSlash).Only(post)),
		hooked("login-redirected-302", "Redirects a valid login with 302.", redirect(http.StatusFound, "/dashboard").Only(granted)),
		hooked("login-redirected-303", "Redirects a valid login with 303.", redirect(http.StatusSeeOther, "/dashboard").Only(granted)),
		hooked("login-redirected-307", "Redirects a valid login with 307.", redirect(http.StatusTemporaryRedirect, withSlash).Only(granted)),
		hooked("login-redirected-308", "Redirects a valid login with 308.", redirect(http.StatusPermanentRedirect, withSlash).Only(granted)),
		hooked("refusal-redirected", "Redirects a refused login with 302 to a login page.",
			redirect(http.StatusFound, "/login?next="+reference.Path).Only(refused)),
		hooked("missing-error-redirected", "Redirects a form without a parameter with 302 to a login page.",
			redirect(http.StatusFound, "/login").Only(missing)),
	)
}
