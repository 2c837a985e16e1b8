package check_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
)

// The three parameters, and what an error may name of them.
const (
	user    = "username"
	company = "company_name"
	secret  = "password"
)

func TestNamed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		// The spellings of the contract, of each parameter.
		{"Company Name", []string{company}},
		{"company_name", []string{company}},
		{"'company_name'", []string{company}},
		{"companyName", []string{company}},
		{"Company name is required", []string{company}},
		{"User Name", []string{user}},
		{"username", []string{user}},
		{"'username'", []string{user}},
		{"userName", []string{user}},
		{"User name is required", []string{user}},
		{"Password", []string{secret}},
		{"'password'", []string{secret}},
		{"passWord", []string{secret}},
		{"Pass word is required", []string{secret}},
		{"company is required", []string{company}},

		// Without case, spaces, underscores, hyphens and quotes.
		{"COMPANY_NAME", []string{company}},
		{"COMPANYNAME", []string{company}},
		{"company-name", []string{company}},
		{"company  name", []string{company}},
		{"company\tname", []string{company}},
		{"company\u00a0name", []string{company}},
		{"USER_NAME", []string{user}},
		{"USERNAME", []string{user}},
		{"User-Name", []string{user}},
		{"user  name", []string{user}},
		{"user\n  name", []string{user}},
		{"user\u00a0name", []string{user}},
		{"user_ name", []string{user}},
		{"'user' 'name'", []string{user}},
		{"user\u2011name", []string{user}},
		{"PASS_WORD", []string{secret}},
		{"pass-word", []string{secret}},
		{"pass\u00a0word", []string{secret}},

		// Quotes of all kinds.
		{`"username" missing`, []string{user}},
		{"`username` missing", []string{user}},
		{"‘username’ missing", []string{user}},
		{"“username” missing", []string{user}},
		{"„username“ missing", []string{user}},
		{"«username» missing", []string{user}},
		{"‹username› missing", []string{user}},
		{"「username」がありません", []string{user}},
		{`\"user_name\" missing`, []string{user}},
		{"“User” “Name” missing", []string{user}},
		{"«User» «Name» missing", []string{user}},
		{"[username] missing", []string{user}},
		{"<b>User Name</b> missing", []string{user}},
		{"&quot;username&quot; missing", []string{user}},
		{"&#39;company_name&#39; missing", []string{company}},
		{"User&nbsp;Name missing", []string{user}},

		// Codes and identifiers.
		{"MissingUsername", []string{user}},
		{"MissingUserName", []string{user}},
		{"MissingUserNameError", []string{user}},
		{"usernameRequired", []string{user}},
		{"userNameRequired", []string{user}},
		{"user_nameRequired", []string{user}},
		{"USERNAME_MISSING", []string{user}},
		{"USER_NAME_MISSING", []string{user}},
		{"ERR_NO_USER_NAME", []string{user}},
		{"err.username.required", []string{user}},
		{"error.companyName.notBlank", []string{company}},
		{"MissingCompanyName", []string{company}},
		{"missingCompany", []string{company}},
		{"MISSINGCOMPANY", []string{company}},
		{"COMPANY_REQUIRED", []string{company}},
		{"companyRequired", []string{company}},
		{"strCompanyName", []string{company}},
		{"PasswordMissing", []string{secret}},
		{"ERR_PASSWORD", []string{secret}},
		{"usernames", []string{user}},
		{"User Names", []string{user}},
		{"user name(s)", []string{user}},

		// What languages and frameworks say.
		{"KeyError('company_name')", []string{company}},
		{"KeyError: 'username'", []string{user}},
		{"'password'", []string{secret}},
		{"MultiValueDictKeyError at /access/klearstack/get_access_token\n'company_name'", []string{company}},
		{`"<class 'KeyError'>: 'company_name'"`, []string{company}},
		{"Required request parameter 'username' for method parameter type String is not present", []string{user}},
		{"The company_name field is required.", []string{company}},
		{"The Company Name field is required.", []string{company}},
		{"The CompanyName field is required.", []string{company}},
		{"param is missing or the value is empty: password", []string{secret}},
		{"Undefined index: company_name", []string{company}},
		{`Undefined array key "username"`, []string{user}},
		{"Cannot read properties of undefined (reading 'username')", []string{user}},
		{"Key: 'LoginForm.CompanyName' Error:Field validation for 'CompanyName' failed on the 'required' tag", []string{company}},
		{"login() missing 1 required positional argument: 'password'", []string{secret}},
		{`null value in column "company_name" violates not-null constraint`, []string{company}},
		{"body.username: Field required", []string{user}},
		{"$.company_name is missing but it is required", []string{company}},
		{"should have required property 'username'", []string{user}},
		{`{"username": ["This field is required."]}`, []string{user}},
		{"{'company_name': [ErrorDetail(string='This field is required.', code='required')]}", []string{company}},
		{"<html><body><h1>500</h1><p>Missing: <code>company_name</code></p></body></html>", []string{company}},
		{"Company's name is required", []string{company}},
		{"the company’s name", []string{company}},

		// Other languages around the name.
		{"Le paramètre company_name est obligatoire", []string{company}},
		{"Der Parameter username fehlt", []string{user}},
		{"usernameは必須です", []string{user}},
		{"缺少参数password", []string{secret}},
		{"不能为空company_name", []string{company}},
		{"необходим параметр username", []string{user}},
		{"éusername", []string{user}},

		// Several at once.
		{"username and password are required", []string{user, secret}},
		{"Username/Password required", []string{user, secret}},
		{"username,company_name,password", []string{user, company, secret}},
		{"Missing: Company Name, User Name, Password", []string{user, company, secret}},
		{"Please provide company's name, username & password", []string{user, company, secret}},
		{"User Company Name", []string{company}},

		// None.
		{"", nil},
		{"Internal Server Error", nil},
		{"No such user", nil},
		{"The user does not exist", nil},
		{"name is required", nil},
		{"The name of the user is required", nil},
		{"A user named bob is unknown", nil},
		{"USER NAMED BOB", nil},
		{"user namely you", nil},
		{"User, name and address", nil},
		{"user: name", nil},
		{"user. Name", nil},
		{"the user's name", nil},
		{"user_id", nil},
		{"User or name", nil},
		{"surname", nil},
		{"Files that accompany the form are missing", nil},
		{"ACCOMPANY", nil},
		{"Names must accompany names", nil},
		{"accompanying documents", nil},
		{"companion", nil},
		{"companies", nil},
		{"passport", nil},
		{"pass", nil},
		{"word", nil},
		{"bypass", nil},
		{"passw0rd", nil},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			assertNames(t, c.want, check.Named(c.text, exchange.Request{}), c.text)
		})
	}
}

// What the request sent as a value names no parameter, wherever the error repeats it.
func TestNamedLeavesOutWhatWasSent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		sent [3]string // username, company_name, password; "-" for one that was not sent
		want []string
	}{
		{"company-admin may not log in", [3]string{"company-admin", "-", "s"}, nil},
		{"company-admin may not log in: company missing", [3]string{"company-admin", "-", "s"}, []string{company}},
		{"'company-admin' may not log in", [3]string{"company-admin", "-", "s"}, nil},
		{"COMPANY-ADMIN may not log in", [3]string{"company-admin", "-", "s"}, nil},
		{"Password Ltd is not active", [3]string{"bob", "Password Ltd", "-"}, nil},
		{"Password Ltd: the password is required", [3]string{"bob", "Password Ltd", "-"}, []string{secret}},
		{"Acme Company needs a username", [3]string{"-", "Acme Company", "s"}, []string{user}},
		{"Smith &amp; Company needs a username", [3]string{"-", "Smith & Company", "s"}, []string{user}},
		{`"The \"Best\" Company" needs a username`, [3]string{"-", `The "Best" Company`, "s"}, []string{user}},
		{`The \"Best\" Company needs a username`, [3]string{"-", `The "Best" Company`, "s"}, []string{user}},
		{"user name is required", [3]string{"-", "user", "s"}, []string{user}},
		{"user Acme name unknown", [3]string{"-", "Acme", "s"}, nil},
		{"user 'Acme' name unknown", [3]string{"-", "Acme", "s"}, nil},
		{"company_name is required", [3]string{"company_name", "-", "s"}, []string{company}},
		{"Company Name is required", [3]string{"Company", "-", "s"}, []string{company}},
		{"username is required", [3]string{"-", "username", "s"}, []string{user}},
		{"username is required", [3]string{"-", "user", "name"}, []string{user}},
		{"username is required", [3]string{"-", "e", "r"}, []string{user}},
		{"password is required", [3]string{"pass", "word", "-"}, []string{secret}},
		{"password is required", [3]string{"password", "x", "-"}, []string{secret}},
		{"the username company is unknown", [3]string{"company", "-", "s"}, []string{user, company}},
		{"bob2 company-admin2", [3]string{"company-admin", "-", "s"}, []string{company}},
		{"company name Ltd is unknown", [3]string{"bob", "name Ltd", "s"}, []string{company}},
		{"the old company name", [3]string{"bob", "the old company", "s"}, []string{company}},
		{"company-admins may not log in", [3]string{"company-admin", "-", "s"}, []string{company}},
		{"a newcompany-admin may not log in", [3]string{"company-admin", "-", "s"}, []string{company}},
		{"", [3]string{"", "", ""}, nil},
		{"username", [3]string{"", "", ""}, []string{user}},
	} {
		t.Run(c.text+"/"+strings.Join(c.sent[:], ","), func(t *testing.T) {
			t.Parallel()
			var request exchange.Request
			for i, name := range check.Parameters() {
				if c.sent[i] != "-" {
					request.Params = append(request.Params, exchange.Param{Name: name, Value: c.sent[i]})
				}
			}
			assertNames(t, c.want, check.Named(c.text, request), c.text)
		})
	}
}

// Every spelling of a name that differs in case, spaces, underscores, hyphens and quotes alone names the parameter,
// and text around it changes nothing.
func TestNamedInAnySpelling(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	gaps := []string{"", " ", "  ", "_", "-", "'", `"`, "\n", "_ ", "' '", "` `"}
	around := []string{"", " ", ".", ": ", "(", "\n", "'", "`", "1", "é", "の"}
	for name, parts := range map[string][]string{user: {"user", "name"}, company: {"company", "name"}, secret: {"pass", "word"}} {
		for range 300 {
			text := around[random.IntN(len(around))] + anyCase(random, parts[0]) + gaps[random.IntN(len(gaps))] +
				anyCase(random, parts[1]) + around[random.IntN(len(around))]
			assertNames(t, []string{name}, check.Named(text, exchange.Request{}), text)
		}
	}
}

func anyCase(random *rand.Rand, text string) string {
	switch random.IntN(3) {
	case 0:
		return strings.ToUpper(text)
	case 1:
		return strings.ToUpper(text[:1]) + text[1:]
	default:
		return text
	}
}

// No text, however odd, and no sent values make it panic.
func TestNamedNeverPanics(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(3, 4))
	pieces := []string{"user", "name", "company", "pass", "word", " ", "_", "'", "\xff", "\xe9\x80", "é", "𝒳", "\x00", "%", "\\", "&quot;", "("}
	piece := func() string {
		var text strings.Builder
		for range random.IntN(12) {
			text.WriteString(pieces[random.IntN(len(pieces))])
		}
		return text.String()
	}
	for range 2000 {
		text := piece()
		request := exchange.Request{Params: []exchange.Param{{Name: user, Value: piece()}, {Name: company, Value: piece()}, {Name: secret, Value: text}}}
		assert.NotPanics(t, func() { check.Named(text, request) }, "%q %q", text, request.Params)
	}
}

func assertNames(t *testing.T, want []string, got map[string]bool, text string) {
	t.Helper()
	for _, name := range check.Parameters() {
		wanted := false
		for _, each := range want {
			wanted = wanted || each == name
		}
		assert.Equal(t, wanted, got[name], "whether %q names %s", text, name)
	}
}
