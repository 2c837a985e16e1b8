package fault

import (
	"net/http"
	"slices"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func otherCompanies() []Fault {
	refusal := change.Because(change.OtherCompany)
	accepted := change.Accepting(reference.ParamCompany, change.Anything).Only(refusal)
	return of("REF-4",
		hooked("other-company-accepted", "Issues tokens to a user under a company to which it does not belong.", accepted),
		hooked("other-company-accepted-in-multipart", "Issues tokens under another company in a multipart form.", accepted.Only(change.Multipart)),
		hooked("other-company-accepted-in-urlencoded", "Issues tokens under another company in a urlencoded form.", accepted.Only(change.Urlencoded)),
		hooked("tokens-of-the-other-company", "Issues the tokens of a user of the other company.",
			reference.Hooks{Decided: func(c *reference.Call) {
				users := c.Users()
				c.Grant(users[slices.IndexFunc(users, func(u reference.User) bool { return u.Company == c.Form.Value(reference.ParamCompany) })])
			}}.Only(refusal)),
		hooked("other-company-status-200", "Answers 200 with an error to a login under another company.", change.Status(http.StatusOK).Only(refusal)),
		hooked("other-company-with-null-tokens", "Answers 200 with tokens of null to a login under another company.", nullTokens().Only(refusal)),
	)
}
