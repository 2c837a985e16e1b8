package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

func blankParameters() []Fault {
	empty := func(parameter string) reference.Hooks {
		return accepting(parameter, func(sent, _ string) bool { return sent == "" }).Only(because(blankValue))
	}
	blanks := func(parameter string) reference.Hooks {
		return accepting(parameter, func(sent, _ string) bool { return sent != "" && isBlank(sent) }).Only(because(blankValue))
	}
	return of("ERR-8",
		hooked("empty-password-accepted", "Issues tokens for an empty password.", empty(reference.ParamPassword)),
		hooked("empty-password-accepted-in-multipart", "Issues tokens for an empty password in a multipart form.",
			empty(reference.ParamPassword).Only(multipart)),
		hooked("empty-company-accepted", "Issues tokens for an empty company name.", empty(reference.ParamCompany)),
		hooked("empty-username-accepted", "Issues tokens for an empty username.", empty(reference.ParamUsername)),
		hooked("blank-company-accepted", "Issues tokens for a company name of only blanks.", blanks(reference.ParamCompany)),
		hooked("blank-username-accepted", "Issues tokens for a username of only blanks.", blanks(reference.ParamUsername)),
		hooked("blank-value-status-200", "Answers 200 with an error and no tokens where a parameter is empty or blank.",
			status(http.StatusOK).Only(because(blankValue))),
		hooked("blank-value-with-null-tokens", "Answers 200 with tokens of null where a parameter is empty or blank.",
			nullTokens().Only(because(blankValue))),
	)
}

// nullTokens answers 200 with the members of a token response, but no tokens.
func nullTokens() reference.Hooks {
	return composing(func(a *reference.Answer) {
		a.Status = http.StatusOK
		a.Members = reference.Members{
			{Name: reference.MemberRefresh, Value: nil},
			{Name: reference.MemberAccess, Value: nil},
			{Name: reference.MemberRelease, Value: "7.8.9"},
		}
	})
}
