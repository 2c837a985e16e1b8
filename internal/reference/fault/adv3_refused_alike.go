package fault

import (
	"net/http"
	"sync/atomic"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func refusedAlike() []Fault {
	return of("ADV-3",
		hooked("unknown-user-told-by-status", "Answers an unknown user with 404 and a wrong password with 401.",
			change.Status(http.StatusNotFound).Only(change.Because(change.UnknownUser))),
		hooked("unknown-user-told-by-error", "Says to an unknown user that there is no such account.",
			change.ErrorText("There is no such account").Only(change.Because(change.UnknownUser))),
		hooked("unknown-user-told-by-code", "Adds an error code to the refusal of an unknown user.",
			change.Member("code", "ACCOUNT_UNKNOWN").Only(change.Because(change.UnknownUser))),
		hooked("wrong-password-told-by-error", "Says that the account is there but the secret is wrong.",
			change.ErrorText("The secret is wrong").Only(change.Because(change.WrongPassword))),
		hooked("wrong-password-told-by-status", "Answers a wrong password with 403 and an unknown user with 401.",
			change.Status(http.StatusForbidden).Only(change.Because(change.WrongPassword))),
		remembering("attempts-counted-for-known-users", "Tells known users alone how many attempts they have left.",
			attemptsLeft),
	)
}

func attemptsLeft() reference.Hooks {
	var attempts atomic.Int64
	return change.Composing(func(a *reference.Answer) {
		a.Members.Set("attempts_left", 10-attempts.Add(1))
	}).Only(change.Because(change.WrongPassword))
}
