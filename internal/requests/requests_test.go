package requests_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/requests"
)

func encodings() []exchange.Encoding {
	return []exchange.Encoding{exchange.Urlencoded, exchange.Multipart}
}

func parameters() []string { return []string{"username", "company_name", "password"} }

func acme() requests.Catalogue {
	return requests.Catalogue{Username: "qa user", Password: "Passw0rd", Company: "Acme Invoices", OtherCompany: "Other & Co"}
}

// everything returns each request of the catalogue once.
func everything(c requests.Catalogue) []exchange.Request {
	all := append(append(append(c.EveryLogin(), c.Rewritten().Parts...), c.Extended().Parts...), c.LoginAgain(), c.WrongCase(), c.WrongLast(),
		c.Preflight(), c.Query(http.MethodGet), c.Query(http.MethodPost))
	for _, encoding := range encodings() {
		all = append(all, c.EveryMissing(encoding)...)
		all = append(all, c.UnknownUser(encoding), c.UnknownCompany(encoding), c.OtherCompanyLogin(encoding))
	}
	for _, name := range parameters() {
		all = append(all, c.MissingInForm(name), c.Empty(name), c.EmptyMultipart(name), c.Blank(name))
	}
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		all = append(all, c.Method(method))
	}
	return all
}

// form returns the parameters without what stands for secrets in curl lines.
func form(request exchange.Request) [][2]string {
	var pairs [][2]string
	for _, param := range request.Params {
		pairs = append(pairs, [2]string{param.Name, param.Value})
	}
	return pairs
}

func value(t *testing.T, request exchange.Request, name string) string {
	t.Helper()
	value, sent := request.Value(name)
	require.True(t, sent, "%s sends no %s", request.Name, name)
	return value
}

func TestNamesAreUnique(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, request := range everything(acme()) {
		assert.False(t, known[request.Name], request.Name)
		known[request.Name] = true
		assert.NotEmpty(t, request.Name)
	}
}

// A name says what the request is, not what values it sends.
func TestNamesTellNoValues(t *testing.T) {
	t.Parallel()
	one, other := everything(acme()), everything(requests.Catalogue{Username: "u u", Password: "p", Company: "c", OtherCompany: "o"})
	require.Len(t, other, len(one))
	for i := range one {
		assert.Equal(t, one[i].Name, other[i].Name)
	}
}

func TestValidLogins(t *testing.T) {
	t.Parallel()
	right := map[string]string{"username": "qa user", "company_name": "Acme Invoices", "password": "Passw0rd"}
	logins := 0
	for _, request := range everything(acme()) {
		same := request.Method == http.MethodPost && len(request.Params) >= len(right)
		for name, want := range right {
			got, sent := request.Value(name)
			same = same && sent && got == want
		}
		assert.Equal(t, same, request.ValidLogin, request.Name)
		if request.ValidLogin {
			assert.True(t, request.Credentials, request.Name)
			logins++
		}
	}
	assert.Equal(t, 15, logins, "nine of a run, and the six variations that show which of them does harm")
}

func TestEveryLogin(t *testing.T) {
	t.Parallel()
	assert.Len(t, acme().EveryLogin(), 8)
	for _, request := range acme().EveryLogin() {
		assert.True(t, request.ValidLogin, request.Name)
		assert.NotEqual(t, acme().LoginAgain().Name, request.Name)
	}
	for _, encoding := range encodings() {
		assert.Equal(t, encoding, acme().LoginIn(encoding).Encoding)
		assert.True(t, acme().LoginIn(encoding).ValidLogin)
	}
}

// A request that names the configured user with any password may count towards a lockout.
func TestCredentials(t *testing.T) {
	t.Parallel()
	for _, request := range everything(acme()) {
		user, _ := request.Value("username")
		_, password := request.Value("password")
		_, company := request.Value("company_name")
		assert.Equal(t, user == "qa user" && password && company, request.Credentials, request.Name)
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	for _, encoding := range encodings() {
		ways := map[string]bool{}
		for _, request := range acme().EveryMissing(encoding) {
			assert.Equal(t, encoding, request.Encoding)
			assert.Less(t, len(request.Params), 3, request.Name)
			ways[fmt.Sprint(form(request))] = true
		}
		assert.Len(t, ways, 7)
		for i, request := range acme().OneMissing(encoding) {
			assert.Equal(t, acme().EveryMissing(encoding)[i], request)
			assert.Len(t, request.Params, 2)
		}
	}
	assert.Equal(t, [][2]string{{"username", "qa user"}, {"password", "Passw0rd"}}, form(acme().Missing(exchange.Multipart, "company_name")))
	assert.Empty(t, acme().EverythingMissing().Params)
	assert.Equal(t, [][2]string{{"conformance_extra", "ignored"}}, form(acme().Missing(exchange.Multipart, "username", "company_name", "password")))
	assert.Equal(t, acme().EveryMissing(exchange.Urlencoded)[6], acme().EverythingMissing(), "one request, asked for in two ways")
}

func TestOneParameterReplaced(t *testing.T) {
	t.Parallel()
	catalogue, named := acme(), acme()
	named.UnknownUsername = "nobody"
	for _, c := range []struct {
		request exchange.Request
		name    string
		want    string
	}{
		{catalogue.Empty("username"), "username", ""},
		{catalogue.Empty("company_name"), "company_name", ""},
		{catalogue.Empty("password"), "password", ""},
		{catalogue.EmptyMultipart("password"), "password", ""},
		{catalogue.Blank("username"), "username", "   "},
		{catalogue.Blank("company_name"), "company_name", "   "},
		{catalogue.UnknownUser(exchange.Urlencoded), "username", "ub glcz"},
		{catalogue.UnknownUser(exchange.Multipart), "username", "ub glcz"},
		{named.UnknownUser(exchange.Urlencoded), "username", "nobody"},
		{catalogue.UnknownCompany(exchange.Urlencoded), "company_name", "Edkd Jvqrsafk"},
		{catalogue.UnknownCompany(exchange.Multipart), "company_name", "Edkd Jvqrsafk"},
		{catalogue.OtherCompanyLogin(exchange.Urlencoded), "company_name", "Other & Co"},
		{catalogue.OtherCompanyLogin(exchange.Multipart), "company_name", "Other & Co"},
	} {
		t.Run(c.request.Name, func(t *testing.T) {
			t.Parallel()
			want := form(catalogue.Login())
			for i := range want {
				if want[i][0] == c.name {
					require.NotEqual(t, c.want, want[i][1])
					want[i][1] = c.want
				}
			}
			assert.Equal(t, want, form(c.request))
			assert.Equal(t, http.MethodPost, c.request.Method)
			assert.False(t, c.request.ValidLogin)
		})
	}
}

// Wherever the right password stands in a request, the curl line has an expression for it; nothing else is a secret.
func TestPasswordsHaveAShellExpression(t *testing.T) {
	t.Parallel()
	for _, request := range everything(acme()) {
		for _, param := range slices.Concat(request.Params, request.Query) {
			secret := param.Name == "password" && strings.TrimSpace(param.Value) != ""
			assert.Equal(t, secret, param.Shell != "", "%s of %s", param.Name, request.Name)
			assert.Equal(t, secret, strings.Contains(param.Shell, "KLEARSTACK_PASSWORD"), "%s of %s", param.Name, request.Name)
		}
	}
}

func TestWrongPasswords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ password, inCase, last string }{
		{"Passw0rd", "pASSW0RD", "Passw0rx"},
		{"x", "X", "y"},
		{"X", "x", "y"},
		{"Y", "y", "x"},
		{"maxx", "MAXX", "maxy"},
		{"12345678", "1234567x", "1234567x"},
		{"0", "x", "x"},
		{"$!`\"'", "$!`\"x", "$!`\"x"},
		{" ", "x", "x"},
		{"Pä ö+Zz", "pä ö+zZ", "Pä ö+Zx"},
		{"zü", "Zü", "zx"},
		{"Ключ", "кЛЮЧ", "Клюx"},
		{"é", "É", "x"},
		{"密碼", "密x", "密x"},
		{"密碼😀", "密碼x", "密碼x"},
		{"ǅ", "x", "x"},
		{"ǅa", "ǅA", "ǅx"},
		{"ßıſςµŉİᾳ1", "ßıſςµŉİᾳx", "ßıſςµŉİᾳx"},
		{"a\n", "A\n", "ax"},
	} {
		t.Run(c.password, func(t *testing.T) {
			t.Parallel()
			catalogue := acme()
			catalogue.Password = c.password
			for want, request := range map[string]exchange.Request{
				"case " + c.inCase: catalogue.WrongCase(), "last " + c.last: catalogue.WrongLast(),
			} {
				got := value(t, request, "password")
				assert.Equal(t, want[5:], got, request.Name)
				assert.NotEqual(t, c.password, got)
				assert.NotEmpty(t, got)
				assert.True(t, utf8.ValidString(got))
				assert.Equal(t, value(t, catalogue.Login(), "username"), value(t, request, "username"))
				assert.Equal(t, value(t, catalogue.Login(), "company_name"), value(t, request, "company_name"))
				assert.True(t, request.Credentials)
				assert.False(t, request.ValidLogin)
			}
			assert.Equal(t, exchange.Urlencoded, catalogue.WrongCase().Encoding)
			assert.Equal(t, exchange.Multipart, catalogue.WrongLast().Encoding)
		})
	}
}

// No shell expression says what the password is made of, but for the length of a last character beyond ASCII.
func TestShellExpressionsTellNothing(t *testing.T) {
	t.Parallel()
	for _, passwords := range [][2]string{{"Passw0rd", "aBcd"}, {"Ключ", "Ёлка"}, {"12345678", "$%&!"}, {"é1", "ü2"}, {"密碼", "密密"}} {
		one, other := requests.Catalogue{Password: passwords[0]}, requests.Catalogue{Password: passwords[1]}
		assert.Equal(t, one.WrongCase().Params[2].Shell, other.WrongCase().Params[2].Shell, passwords)
		assert.Equal(t, one.WrongLast().Params[2].Shell, other.WrongLast().Params[2].Shell, passwords)
	}
}

func TestOrderIsReversed(t *testing.T) {
	t.Parallel()
	reversed := [][2]string{{"password", "Passw0rd"}, {"company_name", "Acme Invoices"}, {"username", "qa user"}}
	assert.Equal(t, reversed, form(acme().Rewritten().Parts[0]))
	assert.Equal(t, reversed, form(acme().Rewritten().Login))
	assert.Equal(t, reversed, form(acme().Extended().Parts[0]))
	assert.Equal(t, append(reversed, [2]string{"conformance_extra", "ignored"}), form(acme().Extended().Login))
	assert.Equal(t, "username", acme().Login().Params[0].Name, "the order of other requests stays")
}

func TestExtraParameter(t *testing.T) {
	t.Parallel()
	assert.Equal(t, append(form(acme().Login()), [2]string{"conformance_extra", "ignored"}), form(acme().Extended().Parts[1]))
}

// A bundle has what each of its parts has, and each part one thing that a login in its encoding has not.
func TestBundles(t *testing.T) {
	t.Parallel()
	login := acme().Login()
	differences := func(request exchange.Request) []bool {
		login.Encoding = request.Encoding
		return []bool{
			request.Spelling != login.Spelling, request.Charset, request.Params[0] != login.Params[0],
			len(request.Params) != len(login.Params), request.Header.Get("Authorization") != "",
		}
	}
	for _, bundle := range acme().Bundles() {
		all := make([]bool, len(differences(login)))
		for _, part := range bundle.Parts {
			found := 0
			for i, differs := range differences(part) {
				all[i] = all[i] || differs
				if differs {
					found++
				}
			}
			assert.Equal(t, 1, found, part.Name)
		}
		assert.Equal(t, all, differences(bundle.Login), bundle.Login.Name)
	}
	part, known := acme().Extended().Part("an unknown extra parameter")
	assert.True(t, known)
	assert.Equal(t, acme().Extended().Parts[1], part)
	_, known = acme().Extended().Part("nothing of the kind")
	assert.False(t, known)
}

// What comes from another origin is otherwise the same.
func TestPairs(t *testing.T) {
	t.Parallel()
	for _, pair := range acme().Pairs() {
		assert.NotEqual(t, pair.Alone.Name, pair.Beside.Name)
		assert.Equal(t, pair.Alone.Params, pair.Beside.Params, pair.Beside.Name)
		assert.Equal(t, pair.Alone.Encoding, pair.Beside.Encoding, pair.Beside.Name)
		assert.NotEqual(t, pair.Alone.Header, pair.Beside.Header, pair.Beside.Name)
	}
	here, there := acme().Extended(), acme().ExtendedFromOtherOrigin()
	assert.Equal(t, requests.FromOtherOrigin(here.Login), there.Login)
	assert.Equal(t, here.Parts, there.Parts[:2])
	part, known := there.Part("another origin")
	assert.True(t, known)
	assert.Equal(t, "the login with another origin", part.Name)
	assert.NotEmpty(t, part.Header.Get("Origin"))
}

func TestQueryAlone(t *testing.T) {
	t.Parallel()
	for method, encoding := range map[string]exchange.Encoding{http.MethodGet: "", http.MethodPost: exchange.Urlencoded} {
		request := acme().Query(method)
		assert.Equal(t, method, request.Method)
		assert.Equal(t, encoding, request.Encoding)
		assert.Empty(t, request.Params)
		assert.Equal(t, acme().Login().Params, request.Query)
	}
}

// The Shell sample's client encodes what would not arrive as it is, and names itself all the same.
func TestShellLogin(t *testing.T) {
	t.Parallel()
	reserved := acme()
	reserved.Company = "Acme & Co"
	assert.Equal(t, exchange.AsIs, acme().ShellLogin().Spelling)
	assert.Equal(t, exchange.SpaceRaw, reserved.ShellLogin().Spelling)
	assert.NotEqual(t, acme().ShellLogin().Name, reserved.ShellLogin().Name)
	assert.Equal(t, acme().ShellLogin().Header, reserved.ShellLogin().Header)
}

// What shows whether a header of a sample does harm is the sample without it.
func TestWithoutAHeader(t *testing.T) {
	t.Parallel()
	browser := acme().BrowserLogin()
	for field, request := range map[string]exchange.Request{
		"Authorization": requests.Unauthorized(browser), "User-Agent": requests.UnderOwnName(browser),
	} {
		assert.NotEqual(t, browser.Name, request.Name)
		assert.NotContains(t, request.Header, field)
		assert.NotEmpty(t, browser.Header.Get(field), "the sample itself is left as it was")
		request.Name, request.Header = browser.Name, request.Header.Clone()
		request.Header.Set(field, browser.Header.Get(field))
		assert.Equal(t, browser, request)
	}
	assert.True(t, browser.FromPage)
	assert.False(t, requests.FromNoPage(browser).FromPage)
	assert.NotEqual(t, browser.Name, requests.FromNoPage(browser).Name)
	assert.Equal(t, browser.Header.Get("Authorization"), requests.Authorized(acme().Login()).Header.Get("Authorization"))
	assert.NotContains(t, acme().Login().Header, "Authorization")
}

func TestFromOtherOrigin(t *testing.T) {
	t.Parallel()
	login := acme().BrowserLogin()
	moved := requests.FromOtherOrigin(login)
	assert.NotEmpty(t, moved.Header.Get("Origin"))
	assert.Empty(t, login.Header.Values("Origin"), "the request itself is left as it was")
	assert.Equal(t, moved.Header.Get("Origin"), acme().Preflight().Header.Get("Origin"))
	assert.False(t, moved.FromPage, "it has one Origin")
	moved.Header.Del("Origin")
	assert.Equal(t, requests.FromNoPage(login).Header, moved.Header)
}

// Requests share nothing that one of them could change for another.
func TestRequestsAreValues(t *testing.T) {
	t.Parallel()
	catalogue := acme()
	for _, request := range everything(catalogue) {
		request.Header.Set("X-Changed", "yes")
		for i := range request.Params {
			request.Params[i].Value = "changed"
		}
	}
	for _, request := range everything(catalogue) {
		assert.Empty(t, request.Header.Values("X-Changed"), request.Name)
		for _, param := range request.Params {
			assert.NotEqual(t, "changed", param.Value, request.Name)
		}
	}
}

func TestWhatTheValuesHold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value                  string
		space, reserved, shell bool
	}{
		{"plain-Value_1.0", false, false, true},
		{"a b", true, true, true},
		{"a=b#c?d/e\"'", false, true, true},
		{"a+b", false, true, false},
		{"a%41", false, true, false},
		{"a&b", false, true, false},
		{"a;b", false, true, false},
		{"tab\tbed", false, true, false},
		{"Söhne", false, true, false},
		{"~", false, true, true},
		{"no\u00a0break", false, true, false},
	} {
		for _, catalogue := range []requests.Catalogue{{Username: c.value}, {Password: c.value}, {Company: c.value}} {
			assert.Equal(t, c.space, catalogue.HasSpace(), c.value)
			assert.Equal(t, c.reserved, catalogue.HasReserved(), c.value)
			assert.Equal(t, c.shell, catalogue.SuitsShell(), c.value)
		}
		assert.False(t, requests.Catalogue{OtherCompany: c.value}.HasReserved(), "the other company is in no valid login")
	}
}
