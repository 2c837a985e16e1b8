package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func missingInMultipart() []Fault {
	absent := change.All(change.Multipart, change.Missing)
	absentCompany := change.All(change.Multipart, change.MissingOnly(reference.ParamCompany))
	absentUsername := change.All(change.Multipart, change.MissingOnly(reference.ParamUsername))
	absentPassword := change.All(change.Multipart, change.MissingOnly(reference.ParamPassword))
	return of("ERR-6",
		hooked("multipart-missing-company-status-400", "Answers 400 where Company Name is missing from a multipart form.",
			change.Status(http.StatusBadRequest).Only(absentCompany)),
		hooked("multipart-missing-username-status-422", "Answers 422 where Username is missing from a multipart form.",
			change.Status(http.StatusUnprocessableEntity).Only(absentUsername)),
		hooked("multipart-missing-refused", "Answers 401 where a parameter is missing from a multipart form.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(absent)),
		hooked("multipart-missing-not-named", "Names no parameter where one is missing from a multipart form.",
			change.ErrorText("Bad request").Only(absent)),
		hooked("multipart-missing-username-misnamed", "Names Company Name where Username is missing from a multipart form.",
			change.ErrorText(reference.MissingText([]string{reference.ParamCompany})).Only(absentUsername)),
		hooked("multipart-missing-company-logs-in", "Issues tokens where Company Name is missing from a multipart form.",
			change.Accepting(reference.ParamCompany, change.Anything).Only(absentCompany)),
		hooked("multipart-missing-password-logs-in", "Issues tokens where Password is missing from a multipart form.",
			change.Accepting(reference.ParamPassword, change.Anything).Only(absentPassword)),
		hooked("multipart-several-missing-status-400", "Answers 400 where several parameters are missing from a multipart form.",
			change.Status(http.StatusBadRequest).Only(change.All(change.Multipart, change.MissingSeveral))),
		hooked("multipart-empty-form-malformed", "Answers 400 to a multipart form with an unknown part alone.",
			change.Failing(http.StatusBadRequest, "The body cannot be read").Only(change.All(change.Multipart, change.MissingAll))),
		hooked("multipart-error-called-message", "Calls the error message where a parameter is missing from a multipart form.",
			change.Renamed(reference.MemberError, "message").Only(absent)),
		hooked("multipart-error-a-list", "Answers an error that is a list where a parameter is missing from a multipart form.",
			change.Composing(func(a *reference.Answer) {
				a.Members.Set(reference.MemberError, []any{a.Members.Get(reference.MemberError)})
			}).Only(absent)),
	)
}
