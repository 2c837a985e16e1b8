package fault

import (
	"strings"

	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func blankParameters() []Fault {
	empty := func(parameter string) reference.Hooks {
		return change.Accepting(parameter, func(sent, _ string) bool { return sent == "" }).Only(change.Because(change.BlankValue))
	}
	blanks := func(parameter string) reference.Hooks {
		return change.Accepting(parameter, func(sent, _ string) bool { return sent != "" && strings.TrimSpace(sent) == "" }).Only(change.Because(change.BlankValue))
	}
	return of("ERR-8",
		hooked("empty-password-accepted", "Issues tokens for an empty password.", empty(reference.ParamPassword)),
		hooked("empty-password-accepted-in-multipart", "Issues tokens for an empty password in a multipart form.",
			empty(reference.ParamPassword).Only(change.Multipart)),
		hooked("empty-company-accepted", "Issues tokens for an empty company name.", empty(reference.ParamCompany)),
		hooked("empty-username-accepted", "Issues tokens for an empty username.", empty(reference.ParamUsername)),
		hooked("blank-company-accepted", "Issues tokens for a company name of only blanks.", blanks(reference.ParamCompany)),
		hooked("blank-username-accepted", "Issues tokens for a username of only blanks.", blanks(reference.ParamUsername)),
		hooked("blank-value-status-200", "Answers 200 with an error and no tokens where a parameter is empty or blank.",
			change.Status(http.StatusOK).Only(change.Because(change.BlankValue))),
		hooked("blank-value-with-null-tokens", "Answers 200 with tokens of null where a parameter is empty or blank.",
			nullTokens().Only(change.Because(change.BlankValue))),
	)
}

// nullTokens answers 200 with the members of a token response, but no tokens.
func nullTokens() reference.Hooks {
	return change.Composing(func(a *reference.Answer) {
		a.Status = http.StatusOK
		a.Members = reference.Members{
			{Name: reference.MemberRefresh, Value: nil},
			{Name: reference.MemberAccess, Value: nil},
			{Name: reference.MemberRelease, Value: "7.8.9"},
		}
	})
}
