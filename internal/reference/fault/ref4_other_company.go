package fault

import (
	"net/http"
	"slices"

	"github.com/klearstack/conformance/internal/reference"
)

func otherCompanies() []Fault {
	refusal := because(otherCompany)
	accepted := accepting(reference.ParamCompany, anything).Only(refusal)
	return of("REF-4",
		hooked("other-company-accepted", "Issues tokens to a user under a company to which it does not belong.", accepted),
		hooked("other-company-accepted-in-multipart", "Issues tokens under another company in a multipart form.", accepted.Only(multipart)),
		hooked("other-company-accepted-in-urlencoded", "Issues tokens under another company in a urlencoded form.", accepted.Only(urlencoded)),
		hooked("tokens-of-the-other-company", "Issues the tokens of a user of the other company.",
			reference.Hooks{Decided: func(c *reference.Call) {
				users := c.Users()
				c.Grant(users[slices.IndexFunc(users, func(u reference.User) bool { return u.Company == value(c, reference.ParamCompany) })])
			}}.Only(refusal)),
		hooked("other-company-status-200", "Answers 200 with an error to a login under another company.", status(http.StatusOK).Only(refusal)),
		hooked("other-company-with-null-tokens", "Answers 200 with tokens of null to a login under another company.", nullTokens().Only(refusal)),
	)
}
