package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

func unknownUsers() []Fault {
	refusal := because(unknownUser)
	accepted := accepting(reference.ParamUsername, anything).Only(refusal)
	return of("REF-2",
		hooked("unknown-user-accepted", "Issues tokens for an unknown user who knows a password.", accepted),
		hooked("unknown-user-accepted-in-multipart", "Issues tokens for an unknown user in a multipart form.", accepted.Only(multipart)),
		hooked("unknown-user-accepted-in-urlencoded", "Issues tokens for an unknown user in a urlencoded form.", accepted.Only(urlencoded)),
		hooked("unknown-user-of-known-length-accepted", "Refuses user names that are longer than any known one, and issues tokens for all others.",
			accepting(reference.ParamUsername, noLonger).Only(refusal)),
		hooked("unknown-user-created", "Makes an account for an unknown user and issues its tokens.",
			reference.Hooks{Decided: func(c *reference.Call) {
				c.Grant(reference.User{ID: 1000 + c.Number, Username: value(c, reference.ParamUsername)})
			}}.Only(refusal)),
		hooked("unknown-user-status-200", "Answers 200 with an error to an unknown user.", status(http.StatusOK).Only(refusal)),
		hooked("unknown-user-with-null-tokens", "Answers 200 with tokens of null to an unknown user.", nullTokens().Only(refusal)),
	)
}
