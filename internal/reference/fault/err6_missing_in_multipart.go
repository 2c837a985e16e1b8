package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

func missingInMultipart() []Fault {
	absent := all(multipart, missing)
	absentCompany := all(multipart, missingOnly(reference.ParamCompany))
	absentUsername := all(multipart, missingOnly(reference.ParamUsername))
	absentPassword := all(multipart, missingOnly(reference.ParamPassword))
	return of("ERR-6",
		hooked("multipart-missing-company-status-400", "Answers 400 where Company Name is missing from a multipart form.",
			status(http.StatusBadRequest).Only(absentCompany)),
		hooked("multipart-missing-username-status-422", "Answers 422 where Username is missing from a multipart form.",
			status(http.StatusUnprocessableEntity).Only(absentUsername)),
		hooked("multipart-missing-refused", "Answers 401 where a parameter is missing from a multipart form.",
			failing(http.StatusUnauthorized, "Invalid credentials").Only(absent)),
		hooked("multipart-missing-not-named", "Names no parameter where one is missing from a multipart form.",
			saying("Bad request").Only(absent)),
		hooked("multipart-missing-username-misnamed", "Names Company Name where Username is missing from a multipart form.",
			saying(reference.MissingText([]string{reference.ParamCompany})).Only(absentUsername)),
		hooked("multipart-missing-company-logs-in", "Issues tokens where Company Name is missing from a multipart form.",
			accepting(reference.ParamCompany, anything).Only(absentCompany)),
		hooked("multipart-missing-password-logs-in", "Issues tokens where Password is missing from a multipart form.",
			accepting(reference.ParamPassword, anything).Only(absentPassword)),
		hooked("multipart-several-missing-status-400", "Answers 400 where several parameters are missing from a multipart form.",
			status(http.StatusBadRequest).Only(all(multipart, missingSeveral))),
		hooked("multipart-empty-form-malformed", "Answers 400 to a multipart form with an unknown part alone.",
			failing(http.StatusBadRequest, "The body cannot be read").Only(all(multipart, missingAll))),
		hooked("multipart-error-called-message", "Calls the error message where a parameter is missing from a multipart form.",
			renamed(reference.MemberError, "message").Only(absent)),
		hooked("multipart-error-a-list", "Answers an error that is a list where a parameter is missing from a multipart form.",
			composing(func(a *reference.Answer) {
				a.Members.Set(reference.MemberError, []any{a.Members.Get(reference.MemberError)})
			}).Only(absent)),
	)
}
