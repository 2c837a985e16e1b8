package fault

import (
	"net/http"
	"slices"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// oneMissing breaks ERR-1 to ERR-3 in the same ways, and each in one of its own.
func oneMissing() []Fault {
	return slices.Concat(
		lacking("ERR-1", "company", reference.ParamCompany, reference.ParamPassword),
		of("ERR-1", hooked("missing-company-called-organisation", "Calls a missing company name organisation.",
			change.ErrorText("Organisation is required").Only(change.MissingOnly(reference.ParamCompany)))),
		lacking("ERR-2", "username", reference.ParamUsername, reference.ParamCompany),
		of("ERR-2",
			hooked("missing-username-called-user", "Calls a missing username user.",
				change.ErrorText("The user is required").Only(change.MissingOnly(reference.ParamUsername))),
			hooked("missing-username-called-name", "Calls a missing username name.",
				change.ErrorText("Name is required").Only(change.MissingOnly(reference.ParamUsername)))),
		lacking("ERR-3", "password", reference.ParamPassword, reference.ParamUsername),
		of("ERR-3", hooked("missing-password-called-pwd", "Calls a missing password pwd.",
			change.ErrorText("pwd is required").Only(change.MissingOnly(reference.ParamPassword)))),
	)
}

// lacking breaks the clause about one missing parameter. Another is what it
// names in its place.
func lacking(clause, name, parameter, another string) []Fault {
	absent := change.MissingOnly(parameter)
	label := reference.Label(parameter)
	return of(clause,
		hooked("missing-"+name+"-status-400", "Answers 400 where "+label+" is missing.", change.Status(http.StatusBadRequest).Only(absent)),
		hooked("missing-"+name+"-status-422", "Answers 422 where "+label+" is missing.", change.Status(http.StatusUnprocessableEntity).Only(absent)),
		hooked("missing-"+name+"-status-200", "Answers 200 with an error where "+label+" is missing.", change.Status(http.StatusOK).Only(absent)),
		hooked("missing-"+name+"-refused", "Answers 401 where "+label+" is missing, as for a wrong one.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(absent)),
		hooked("missing-"+name+"-logs-in", "Issues tokens where "+label+" is missing.", change.Accepting(parameter, change.Anything).Only(absent)),
		hooked("missing-"+name+"-not-named", "Names no parameter where "+label+" is missing.", change.ErrorText("Bad request").Only(absent)),
		hooked("missing-"+name+"-in-no-body", "Answers 500 without a body where "+label+" is missing.",
			change.Body(func(string) string { return "" }).Only(absent)),
		hooked("missing-"+name+"-misnamed", "Names "+reference.Label(another)+" where "+label+" is missing.",
			change.ErrorText(reference.MissingText([]string{another})).Only(absent)),
	)
}
