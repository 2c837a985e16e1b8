package fault

import (
	"net/http"
)

func success() []Fault {
	return of("OK-1",
		hooked("login-status-201", "Answers a valid login with 201.", status(http.StatusCreated).Only(granted)),
		hooked("login-status-202", "Answers a valid login with 202.", status(http.StatusAccepted).Only(granted)),
		hooked("login-status-203", "Answers a valid login with 203.", status(http.StatusNonAuthoritativeInfo).Only(granted)),
		hooked("login-status-204", "Answers a valid login with 204 and no body.", status(http.StatusNoContent).Only(granted)),
		hooked("login-not-found", "Answers the right credentials with 404.",
			failing(http.StatusNotFound, "No such account").Only(granted)),
		hooked("login-conflicts", "Answers the right credentials with 409.",
			failing(http.StatusConflict, "The account is logged in already").Only(granted)),
		hooked("login-crashes", "Answers a valid login with 500.",
			failing(http.StatusInternalServerError, "Internal server error").Only(granted)),
	)
}
