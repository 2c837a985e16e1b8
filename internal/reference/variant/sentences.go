package variant

import (
	"fmt"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// sentences differ in what else the error about missing parameters says.
func sentences() []Variant {
	const one = "ERR-4: naming at least one that is missing; ADV-6 is an advisory"
	const static = "ERR-1 to ERR-3 ask that the missing one is named; that no other is named is ADV-6, an advisory"
	label := reference.Label
	all := []Variant{
		hooked("first-missing-named", "Names the first missing parameter alone.", one,
			change.Naming(func(_ *reference.Call, missing []string) string { return label(missing[0]) + " is required" })).against("ADV-6"),
		hooked("last-missing-named", "Names the last missing parameter alone.", one,
			change.Naming(func(_ *reference.Call, missing []string) string {
				return label(missing[len(missing)-1]) + " is required"
			})).against("ADV-6"),
		hooked("all-missing-named", "Names all missing parameters, a line each.", "ERR-4: naming at least one that is missing",
			change.Naming(func(_ *reference.Call, missing []string) string {
				return "Missing parameters:\n * " + strings.Join(missing, "\n * ")
			})),
		hooked("static-error", "Names all three parameters whichever is missing.", static,
			change.Naming(func(*reference.Call, []string) string { return "username, company_name and password are required" })).against("ADV-6"),
		hooked("static-error-in-prose", "Says in a sentence which parameters it needs.", static,
			change.Naming(func(*reference.Call, []string) string {
				return "Please provide your company's name, your user name and your password."
			})).against("ADV-6"),
		hooked("sent-values-echoed", "Echoes the values of username and company that were sent beside a missing parameter.",
			"ERR-7 forbids to echo the password alone",
			change.Naming(func(c *reference.Call, missing []string) string {
				text := "Missing: " + strings.Join(missing, ", ")
				for _, name := range []string{reference.ParamUsername, reference.ParamCompany} {
					if value := c.Form.Value(name); value != "" {
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
			}}.Only(change.Failed)),
		hooked("parameters-listed", "Lists all parameters of the endpoint beside the error.", "ERR-5: further members are allowed",
			change.Member("parameters", reference.Parameters()).Only(change.Missing)),
		hooked("error-after-other-members", "Writes the error after the status and a code.", "JSON objects have no order; further members are allowed",
			reference.Hooks{Composed: func(_ *reference.Call, a *reference.Answer) {
				a.Members = append(reference.Members{{Name: "code", Value: "E1001"}, {Name: "success", Value: false}}, a.Members...)
			}}.Only(change.Missing)),
		hooked("tokens-null-in-errors", "Writes the tokens as null beside the error.", "the contract's words: a member that is null is no token",
			nullTokens().Only(change.Missing)),
		hooked("tokens-empty-in-errors", "Writes the tokens as empty texts beside the error.", "the contract's words: a member that is empty is no token",
			change.Composing(func(a *reference.Answer) {
				a.Members.Set(reference.MemberAccess, "")
				a.Members.Set(reference.MemberRefresh, "")
			}).Only(change.Failed)),
		hooked("token-announced-in-errors", "Speaks of tokens in errors.", "the contract's words: a token is a token string",
			change.Composing(func(a *reference.Answer) {
				a.Members.Set("hint", "An access_token is issued for username, company_name and password: see example.com/access.token.html")
				a.Members.Set("has_access_token", false)
				a.Members.Set("token_type", "Bearer")
			}).Only(change.Refused)),
	}
	return all
}

func nullTokens() reference.Hooks {
	return change.Composing(func(a *reference.Answer) {
		a.Members = append(reference.Members{{Name: reference.MemberAccess}, {Name: reference.MemberRefresh}}, a.Members...)
	})
}

// names differ in how the error spells a missing parameter.
func names() []Variant {
	const spelt = "the contract's spelling of a parameter's name: without case, spaces, underscores, hyphens and quotes"
	var all []Variant
	for _, each := range []struct {
		name                        string
		username, company, password string
	}{
		{"as-the-page-has-it", `error "Username"`, `error "Company Name"`, `error "Password"`},
		{"snake-case", "username", "company_name", "password"},
		{"snake-case-in-capitals", "USERNAME", "COMPANY_NAME", "PASSWORD"},
		{"every-word-snake-case", "user_name", "company_name", "pass_word"},
		{"in-single-quotes", "'username'", "'company_name'", "'password'"},
		{"in-double-quotes", `"username"`, `"company_name"`, `"password"`},
		{"in-back-quotes", "`username`", "`company_name`", "`password`"},
		{"in-typographic-quotes", "“Username”", "“Company Name”", "“Password”"},
		{"each-word-quoted", "'user' 'name'", "'company' 'name'", "'password'"},
		{"camel-case", "userName", "companyName", "password"},
		{"pascal-case", "UserName", "CompanyName", "Password"},
		{"kebab-case", "user-name", "company-name", "password"},
		{"one-word", "username", "companyname", "password"},
		{"spaced", "User Name", "Company Name", "Pass Word"},
		{"sentence", "Username is required", "Company name is required", "Password is required"},
		{"company-alone", "username", "company", "password"},
		{"company-at-the-end", "Please enter your user name.", "Please enter your company.", "Please enter your password."},
		{"code", "ERR_MISSING_USERNAME", "ERR_MISSING_COMPANY_NAME", "ERR_MISSING_PASSWORD"},
		{"code-in-camel-case", "missingUserName", "missingCompanyName", "missingPassword"},
		{"code-with-suffix", "username_required", "company_name_required", "password_required"},
		{"path", "body.username", "body.company_name", "body.password"},
		{"pointer", "/username", "/company_name", "/password"},
		{"indexed", `form["username"]`, `form["company_name"]`, `form["password"]`},
		{"python-key-error", "KeyError('username')", "KeyError('company_name')", "KeyError('password')"},
		{"php", `Undefined array key "username"`, `Undefined array key "company_name"`, `Undefined array key "password"`},
		{"java", "Required String parameter 'username' is not present", "Required String parameter 'companyName' is not present",
			"Required String parameter 'password' is not present"},
		{"sql", `null value in column "username" violates not-null constraint`, `null value in column "company_name" violates not-null constraint`,
			`null value in column "password" violates not-null constraint`},
		{"html-tags", "<b>Username</b> is required", "<b>Company Name</b> is required", "<b>Password</b> is required"},
		{"beside-other-words", "The user's username; no name was given", "The user's company name; no name was given",
			"The user's password; no name was given"},
		{"german", "Der Parameter „username“ fehlt", "Der Parameter „company_name“ fehlt", "Der Parameter „password“ fehlt"},
		{"french", "Le paramètre « username » est obligatoire", "Le paramètre « company_name » est obligatoire",
			"Le paramètre « password » est obligatoire"},
		{"japanese", "usernameは必須です", "company_nameは必須です", "passwordは必須です"},
		{"line-broken", "Missing:\n- User\n  Name", "Missing:\n- Company\n  Name", "Missing:\n- Password"},
		{"no-break-spaces", "User\u00a0Name is required", "Company\u00a0Name is required", "Password is required"},
	} {
		all = append(all, hooked("named-"+each.name, fmt.Sprintf("Names a missing parameter as in %q.", each.company), spelt,
			spelling("%s", each.username, each.company, each.password)))
	}
	return all
}

// spelling spells the missing parameters in other ways, in a text around them.
func spelling(text, username, company, password string) reference.Hooks {
	spelt := map[string]string{reference.ParamUsername: username, reference.ParamCompany: company, reference.ParamPassword: password}
	return change.Naming(func(_ *reference.Call, missing []string) string {
		labels := make([]string, len(missing))
		for i, name := range missing {
			labels[i] = spelt[name]
		}
		return fmt.Sprintf(text, strings.Join(labels, "; "))
	})
}
