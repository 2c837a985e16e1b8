package fault

import (
	"net/http"
	"sync/atomic"

	"github.com/klearstack/conformance/internal/reference"
)

func refusedAlike() []Fault {
	return of("ADV-3",
		hooked("unknown-user-told-by-status", "Answers an unknown user with 404 and a wrong password with 401.",
			status(http.StatusNotFound).Only(because(unknownUser))),
		hooked("unknown-user-told-by-error", "Says to an unknown user that there is no such account.",
			saying("There is no such account").Only(because(unknownUser))),
		hooked("unknown-user-told-by-code", "Adds an error code to the refusal of an unknown user.",
			member("code", "ACCOUNT_UNKNOWN").Only(because(unknownUser))),
		hooked("wrong-password-told-by-error", "Says that the account is there but the secret is wrong.",
			saying("The secret is wrong").Only(because(wrongPassword))),
		hooked("wrong-password-told-by-status", "Answers a wrong password with 403 and an unknown user with 401.",
			status(http.StatusForbidden).Only(because(wrongPassword))),
		remembering("attempts-counted-for-known-users", "Tells known users alone how many attempts they have left.",
			attemptsLeft),
	)
}

func attemptsLeft() reference.Hooks {
	var attempts atomic.Int64
	return composing(func(a *reference.Answer) {
		a.Members.Set("attempts_left", 10-attempts.Add(1))
	}).Only(because(wrongPassword))
}
