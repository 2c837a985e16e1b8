package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

func unknownCompanies() []Fault {
	refusal := because(unknownCompany)
	accepted := accepting(reference.ParamCompany, anything).Only(refusal)
	return of("REF-3",
		hooked("unknown-company-accepted", "Issues tokens for an unknown company.", accepted),
		hooked("unknown-company-accepted-in-multipart", "Issues tokens for an unknown company in a multipart form.", accepted.Only(multipart)),
		hooked("unknown-company-accepted-in-urlencoded", "Issues tokens for an unknown company in a urlencoded form.", accepted.Only(urlencoded)),
		hooked("unknown-company-of-known-length-accepted", "Refuses company names that are longer than any known one, and issues tokens for all others.",
			accepting(reference.ParamCompany, noLonger).Only(refusal)),
		hooked("unknown-company-status-200", "Answers 200 with an error to an unknown company.", status(http.StatusOK).Only(refusal)),
		hooked("unknown-company-with-null-tokens", "Answers 200 with tokens of null to an unknown company.", nullTokens().Only(refusal)),
	)
}
