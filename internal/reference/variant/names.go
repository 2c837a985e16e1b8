package variant

import (
	"fmt"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
)

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
		label := map[string]string{
			reference.ParamUsername: each.username, reference.ParamCompany: each.company, reference.ParamPassword: each.password,
		}
		all = append(all, hooked("named-"+each.name, fmt.Sprintf("Names a missing parameter as in %q.", each.company), spelt,
			naming(func(_ *reference.Call, missing []string) string {
				labels := make([]string, len(missing))
				for i, name := range missing {
					labels[i] = label[name]
				}
				return strings.Join(labels, "; ")
			})))
	}
	return all
}
