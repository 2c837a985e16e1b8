package fault

import (
	"net/http"
	"slices"

	"github.com/klearstack/conformance/internal/reference"
)

// oneMissing breaks ERR-1 to ERR-3 in the same ways, and each in one of its own.
func oneMissing() []Fault {
	return slices.Concat(
		lacking("ERR-1", "company", reference.ParamCompany, reference.ParamPassword),
		of("ERR-1", hooked("missing-company-called-organisation", "Calls a missing company name organisation.",
			saying("Organisation is required").Only(missingOnly(reference.ParamCompany)))),
		lacking("ERR-2", "username", reference.ParamUsername, reference.ParamCompany),
		of("ERR-2",
			hooked("missing-username-called-user", "Calls a missing username user.",
				saying("The user is required").Only(missingOnly(reference.ParamUsername))),
			hooked("missing-username-called-name", "Calls a missing username name.",
				saying("Name is required").Only(missingOnly(reference.ParamUsername)))),
		lacking("ERR-3", "password", reference.ParamPassword, reference.ParamUsername),
		of("ERR-3", hooked("missing-password-called-pwd", "Calls a missing password pwd.",
			saying("pwd is required").Only(missingOnly(reference.ParamPassword)))),
	)
}

// lacking breaks the clause about one missing parameter. Another is what it
// names in its place.
func lacking(clause, name, parameter, another string) []Fault {
	absent := missingOnly(parameter)
	label := reference.Label(parameter)
	return of(clause,
		hooked("missing-"+name+"-status-400", "Answers 400 where "+label+" is missing.", status(http.StatusBadRequest).Only(absent)),
		hooked("missing-"+name+"-status-422", "Answers 422 where "+label+" is missing.", status(http.StatusUnprocessableEntity).Only(absent)),
		hooked("missing-"+name+"-status-200", "Answers 200 with an error where "+label+" is missing.", status(http.StatusOK).Only(absent)),
		hooked("missing-"+name+"-refused", "Answers 401 where "+label+" is missing, as for a wrong one.",
			failing(http.StatusUnauthorized, "Invalid credentials").Only(absent)),
		hooked("missing-"+name+"-logs-in", "Issues tokens where "+label+" is missing.", accepting(parameter, anything).Only(absent)),
		hooked("missing-"+name+"-not-named", "Names no parameter where "+label+" is missing.", saying("Bad request").Only(absent)),
		hooked("missing-"+name+"-in-no-body", "Answers 500 without a body where "+label+" is missing.",
			body(func(string) string { return "" }).Only(absent)),
		hooked("missing-"+name+"-misnamed", "Names "+reference.Label(another)+" where "+label+" is missing.",
			saying(reference.MissingText([]string{another})).Only(absent)),
	)
}
