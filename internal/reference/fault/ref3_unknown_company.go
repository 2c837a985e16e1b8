package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func unknownCompanies() []Fault {
	refusal := change.Because(change.UnknownCompany)
	accepted := change.Accepting(reference.ParamCompany, change.Anything).Only(refusal)
	return of("REF-3",
		hooked("unknown-company-accepted", "Issues tokens for an unknown company.", accepted),
		hooked("unknown-company-accepted-in-multipart", "Issues tokens for an unknown company in a multipart form.", accepted.Only(change.Multipart)),
		hooked("unknown-company-accepted-in-urlencoded", "Issues tokens for an unknown company in a urlencoded form.", accepted.Only(change.Urlencoded)),
		hooked("unknown-company-of-known-length-accepted", "Refuses company names that are longer than any known one, and issues tokens for all others.",
			change.Accepting(reference.ParamCompany, change.NoLonger).Only(refusal)),
		hooked("unknown-company-status-200", "Answers 200 with an error to an unknown company.", change.Status(http.StatusOK).Only(refusal)),
		hooked("unknown-company-with-null-tokens", "Answers 200 with tokens of null to an unknown company.", nullTokens().Only(refusal)),
	)
}
