package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference/change"
)

func success() []Fault {
	return of("OK-1",
		hooked("login-status-201", "Answers a valid login with 201.", change.Status(http.StatusCreated).Only(change.Granted)),
		hooked("login-status-202", "Answers a valid login with 202.", change.Status(http.StatusAccepted).Only(change.Granted)),
		hooked("login-status-203", "Answers a valid login with 203.", change.Status(http.StatusNonAuthoritativeInfo).Only(change.Granted)),
		hooked("login-status-204", "Answers a valid login with 204 and no body.", change.Status(http.StatusNoContent).Only(change.Granted)),
		hooked("login-not-found", "Answers the right credentials with 404.",
			change.Failing(http.StatusNotFound, "No such account").Only(change.Granted)),
		hooked("login-conflicts", "Answers the right credentials with 409.",
			change.Failing(http.StatusConflict, "The account is logged in already").Only(change.Granted)),
		hooked("login-crashes", "Answers a valid login with 500.",
			change.Failing(http.StatusInternalServerError, "Internal server error").Only(change.Granted)),
	)
}
