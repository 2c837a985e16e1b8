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
		hooked("login-refused", "Refuses the right credentials with 401.",
			failing(http.StatusUnauthorized, "Invalid credentials").Only(granted)),
		hooked("login-forbidden", "Answers the right credentials with 403.",
			failing(http.StatusForbidden, "The account may not log in").Only(granted)),
		hooked("login-crashes", "Answers a valid login with 500.",
			failing(http.StatusInternalServerError, "Internal server error").Only(granted)),
	)
}
