package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func unknownUsers() []Fault {
	refusal := change.Because(change.UnknownUser)
	accepted := change.Accepting(reference.ParamUsername, change.Anything).Only(refusal)
	return of("REF-2",
		hooked("unknown-user-accepted", "Issues tokens for an unknown user who knows a password.", accepted),
		hooked("unknown-user-accepted-in-multipart", "Issues tokens for an unknown user in a multipart form.", accepted.Only(change.Multipart)),
		hooked("unknown-user-accepted-in-urlencoded", "Issues tokens for an unknown user in a urlencoded form.", accepted.Only(change.Urlencoded)),
		hooked("unknown-user-of-known-length-accepted", "Refuses user names that are longer than any known one, and issues tokens for all others.",
			change.Accepting(reference.ParamUsername, change.NoLonger).Only(refusal)),
		hooked("unknown-user-created", "Makes an account for an unknown user and issues its tokens.",
			reference.Hooks{Decided: func(c *reference.Call) {
				c.Grant(reference.User{ID: 1000 + c.Number, Username: c.Form.Value(reference.ParamUsername)})
			}}.Only(refusal)),
		hooked("unknown-user-status-200", "Answers 200 with an error to an unknown user.", change.Status(http.StatusOK).Only(refusal)),
		hooked("unknown-user-with-null-tokens", "Answers 200 with tokens of null to an unknown user.", nullTokens().Only(refusal)),
	)
}
