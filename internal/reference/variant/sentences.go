package variant

import (
	"strings"

	"github.com/klearstack/conformance/internal/reference"
)

// sentences differ in what else the error about missing parameters says.
func sentences() []Variant {
	const one = "ERR-4: naming at least one that is missing; ADV-6 is an advisory"
	const static = "ERR-1 to ERR-3 ask that the missing one is named; that no other is named is ADV-6, an advisory"
	label := reference.Label
	all := []Variant{
		hooked("first-missing-named", "Names the first missing parameter alone.", one,
			naming(func(_ *reference.Call, missing []string) string { return label(missing[0]) + " is required" })).against("ADV-6"),
		hooked("last-missing-named", "Names the last missing parameter alone.", one,
			naming(func(_ *reference.Call, missing []string) string {
				return label(missing[len(missing)-1]) + " is required"
			})).against("ADV-6"),
		hooked("all-missing-named", "Names all missing parameters, a line each.", "ERR-4: naming at least one that is missing",
			naming(func(_ *reference.Call, missing []string) string {
				return "Missing parameters:\n * " + strings.Join(missing, "\n * ")
			})),
		hooked("static-error", "Names all three parameters whichever is missing.", static,
			naming(func(*reference.Call, []string) string { return "username, company_name and password are required" })).against("ADV-6"),
		hooked("static-error-in-prose", "Says in a sentence which parameters it needs.", static,
			naming(func(*reference.Call, []string) string {
				return "Please provide your company's name, your user name and your password."
			})).against("ADV-6"),
		hooked("sent-values-echoed", "Echoes the values of username and company that were sent beside a missing parameter.",
			"ERR-7 forbids to echo the password alone",
			naming(func(c *reference.Call, missing []string) string {
				text := "Missing: " + strings.Join(missing, ", ")
				for _, name := range []string{reference.ParamUsername, reference.ParamCompany} {
					if value := value(c, name); value != "" {
						text += " (given: " + value + ")"
					}
				}
				return text
			})),
		hooked("form-echoed", "Adds the form that was sent, without the password, to the error.", "ERR-5: further members are allowed",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				form := reference.Members{}
				for _, field := range c.Form {
					if field.Name != reference.ParamPassword {
						form = append(form, reference.Member{Name: field.Name, Value: field.Value})
					}
				}
				a.Members.Set("received", form)
			}}.Only(failed)),
		hooked("parameters-listed", "Lists all parameters of the endpoint beside the error.", "ERR-5: further members are allowed",
			member("parameters", reference.Parameters()).Only(missing)),
		hooked("error-after-other-members", "Writes the error after the status and a code.", "JSON objects have no order; further members are allowed",
			reference.Hooks{Composed: func(_ *reference.Call, a *reference.Answer) {
				a.Members = append(reference.Members{{Name: "code", Value: "E1001"}, {Name: "success", Value: false}}, a.Members...)
			}}.Only(missing)),
		hooked("tokens-null-in-errors", "Writes the tokens as null beside the error.", "the contract's words: a member that is null is no token",
			nullTokens().Only(missing)),
		hooked("tokens-empty-in-errors", "Writes the tokens as empty texts beside the error.", "the contract's words: a member that is empty is no token",
			composing(func(a *reference.Answer) {
				a.Members.Set(reference.MemberAccess, "")
				a.Members.Set(reference.MemberRefresh, "")
			}).Only(failed)),
		hooked("token-announced-in-errors", "Speaks of tokens in errors.", "the contract's words: a token is a token string",
			composing(func(a *reference.Answer) {
				a.Members.Set("hint", "An access_token is issued for username, company_name and password: see example.com/access.token.html")
				a.Members.Set("has_access_token", false)
				a.Members.Set("token_type", "Bearer")
			}).Only(refused)),
	}
	return all
}

func nullTokens() reference.Hooks {
	return composing(func(a *reference.Answer) {
		a.Members = append(reference.Members{{Name: reference.MemberAccess}, {Name: reference.MemberRefresh}}, a.Members...)
	})
}
