package check_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
)

// escapedAll writes every character as JSON's longest escape.
func escapedAll(text string) string {
	var all strings.Builder
	for _, char := range text {
		fmt.Fprintf(&all, `\u%04x`, char)
	}
	return all.String()
}

func compressed(t *testing.T, text string) string {
	t.Helper()
	var packed bytes.Buffer
	writer := gzip.NewWriter(&packed)
	_, err := writer.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, writer.Close())
	return packed.String()
}

func TestNoEcho(t *testing.T) {
	t.Parallel()
	const password = `S3cret&p+ä "x" %41`
	spelt, err := json.Marshal(password)
	require.NoError(t, err)
	inner, err := json.Marshal(`{"password":` + string(spelt) + `}`)
	require.NoError(t, err)
	form := url.Values{"password": {password}}.Encode()
	for _, c := range []struct {
		name   string
		body   string
		fields []string
		want   string
	}{
		{"none", `{"error":"Company Name"}`, nil, kept},
		{"a member", `{"password":` + string(spelt) + `}`, nil, violated},
		{"a sentence", `{"error":"wrong: ` + string(spelt[1:len(spelt)-1]) + `!"}`, nil, violated},
		{"deep down", `[[{"a":{"b":` + string(spelt) + `}}]]`, nil, violated},
		{"a member's name", `{` + string(spelt) + `:["unknown field"]}`, nil, violated},
		{"every character escaped", `{"a":"` + escapedAll(password) + `"}`, nil, violated},
		{"JSON in JSON", `{"a":` + string(inner) + `}`, nil, violated},
		{"almost JSON", `{"password":` + string(spelt) + `,}`, nil, violated},
		{"JSON in HTML", `<script>var form={"password":"` + escapedAll(password) + `"}</script>`, nil, violated},
		{"plain text", "wrong password " + password, nil, violated},
		{"HTML", "<p>wrong password " + html.EscapeString(password) + "</p>", nil, violated},
		{"HTML with other entities", "<input value='" + strings.NewReplacer("&", "&#x26;", `"`, "&quot;", "ä", "&auml;").Replace(password) + "'>", nil, violated},
		{"a form", form + "&x=1", nil, violated},
		{"a form, cut wrongly", form + "&x=100%", nil, violated},
		{"spaces as %20", strings.ReplaceAll(form, "+", "%20"), nil, violated},
		{"a form in JSON", `{"body":"` + form + `"}`, nil, violated},
		{"HTML in JSON", `{"message":"<p>` + html.EscapeString(password) + `</p>"}`, nil, violated},
		{"a header", "", []string{"X-Debug", "password=" + password}, violated},
		{"an encoded header", "", []string{"X-Debug", url.QueryEscape(password)}, violated},
		{"a path-encoded header beside a percent sign", "", []string{"X-Debug", "100% " + url.PathEscape(password)}, violated},
		{"a location", "", []string{"Location", "/login?" + form}, violated},
		{"a cookie", "", []string{"Set-Cookie", "remember=" + url.PathEscape(password) + "; HttpOnly"}, violated},
		{"another case", `{"a":"s3CRET&P+ä \"X\" %41"}`, nil, kept},
		{"a part", `{"a":"S3cret&p"}`, nil, kept},
		{"the mask", `{"password":"********"}`, nil, kept},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := with(answer(http.StatusUnauthorized, c.body, c.fields...), user, "bob", company, "Acme", secret, password)
			j := judge(t)
			j.Secrets.Add(password)
			err := j.NoEcho(e, nil)
			assertOutcome(t, c.want, err)
			if err != nil {
				assert.NotContains(t, err.Error(), password)
			}
		})
	}
	e := with(answer(http.StatusUnauthorized, compressed(t, `{"a":`+string(spelt)+`}`), "Content-Encoding", "gzip"), secret, password)
	assertOutcome(t, violated, judge(t).NoEcho(e, nil), "compressed")
}

// A short password counts where a text equals it; one of eight characters and more where a text holds it.
func TestNoEchoOfShortAndOrdinaryPasswords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		username, password, body string
		want                     string
	}{
		{"bob", "s3cretX", `{"a":"s3cretX"}`, violated},
		{"bob", "s3cretX", `{"a":"wrong: s3cretX"}`, kept},
		{"bob", "s3cretX", `{"s3cretX":1}`, violated},
		{"bob", "s3cretX", " s3cretX\n", violated},
		{"bob", "s3cretX", `{"a":"s3cretX",}`, violated},
		{"bob", "s3cretX", "wrong s3cretX", kept},
		{"bob", "s3cretXY", `{"a":"wrong: s3cretXY!"}`, violated},
		{"bob", "äöüßäöü", `{"a":"wrong: äöüßäöü"}`, kept}, // seven characters, fourteen bytes
		{"bob", "äöüßäöüß", `{"a":"wrong: äöüßäöüß"}`, violated},
		{"bob", " s3cret ", `{"a":" s3cret "}`, violated},
		{"bob", "1", `{"status":1,"code":"E1","error":"line 1"}`, kept},
		{"bob", "", `{"a":""}`, kept},

		// What the contract has the server write is no echo.
		{"bob", "error", `{"error":"Company Name"}`, kept},
		{"bob", "access_token", `{"access_token":null,"error":"x"}`, kept},
		{"bob", "password", `{"error":"Invalid username or password"}`, kept},
		{"bob", "password", `{"field":"password","error":"username, company_name and password are required"}`, kept},
		{"bob", "username", `{"error":"username is required"}`, kept},
		{"bob", "company_name", `{"error":"company_name is required"}`, kept},
		{"bob", "password1", `{"error":"Invalid password1"}`, violated},

		// Nor is the username or the company, where they hold the password.
		{"acme-admin-2022", "acme-admin", `{"user":"acme-admin-2022"}`, kept},
		{"the-acme-admin", "acme-admin", `{"user":"the-acme-admin"}`, kept},
		{"acme-admin", "acme-admin", `{"error":"acme-admin may not log in"}`, kept},
		{"acme-admin-2022", "acme-admin", `{"user":"acme-admin-2022","p":"acme-admin"}`, violated},
		{"bob", "Acme Invoices", `{"error":"no user bob at Acme Invoices Ltd"}`, kept},
	} {
		t.Run(c.password+" in "+c.body, func(t *testing.T) {
			t.Parallel()
			e := with(answer(http.StatusUnauthorized, c.body), user, c.username, company, "Acme Invoices Ltd", secret, c.password)
			assertOutcome(t, c.want, judge(t).NoEcho(e, nil))
		})
	}
}

// A short password is found as the whole of a cookie, too.
func TestNoEchoInCookies(t *testing.T) {
	t.Parallel()
	for cookie, want := range map[string]string{
		"last=s3cretX; Path=/": violated, "last=s3cre%74X": violated, "last=s3cretXY; Path=/": kept, "session=k3x8q0; HttpOnly": kept,
	} {
		e := with(answer(http.StatusUnauthorized, "", "Set-Cookie", cookie), user, "bob", secret, "s3cretX")
		err := judge(t).NoEcho(e, nil)
		assertOutcome(t, want, err, cookie)
		if err != nil {
			require.ErrorContains(t, err, "with the password in a cookie")
		}
	}
}

func TestNoEchoWithoutPassword(t *testing.T) {
	t.Parallel()
	e := with(answer(http.StatusInternalServerError, `{"error":"","":""}`, "X-Empty", ""), user, "bob")
	assertOutcome(t, kept, judge(t).NoEcho(e, nil))
}

// The bytes of a body are counted, whatever the password.
func TestNoEchoInContentLength(t *testing.T) {
	t.Parallel()
	e := with(answer(http.StatusUnauthorized, "", "Content-Length", "87"), secret, "87")
	assertOutcome(t, kept, judge(t).NoEcho(e, nil))
}

// What the target says of other passwords too is its own word, and no echo.
func TestNoEchoOfTheTargetsWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, password, body string
		others               []*exchange.Exchange
		want                 string
	}{
		{"of another password too", "credentials", `{"error":"Invalid credentials"}`, []*exchange.Exchange{
			with(answer(http.StatusUnauthorized, `{"error":"Invalid credentials"}`), secret, "CREDENTIALS"),
		}, kept},
		{"where none was sent", "Access denied", `{"error":"Access denied!"}`, []*exchange.Exchange{
			with(answer(http.StatusForbidden, `{"error":"Access denied."}`), user, "bob"),
		}, kept},
		{"of this password alone", "credentials", `{"error":"Invalid credentials"}`, []*exchange.Exchange{
			with(answer(http.StatusUnauthorized, `{"error":"Invalid credentials"}`), secret, "credentials"),
			with(answer(http.StatusUnauthorized, `{"error":"Invalid CREDENTIALS"}`), secret, "CREDENTIALS"),
		}, violated},
		{"of another password, the stored one", "Tr0ub4dor", `{"error":"it is Tr0ub4dor"}`, []*exchange.Exchange{
			with(answer(http.StatusUnauthorized, `{"error":"it is Tr0ub4dor"}`), secret, "tR0UB4DOR"),
		}, violated},
		{"of nobody", "credentials", `{"error":"Invalid credentials"}`, nil, violated},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := with(answer(http.StatusUnauthorized, c.body), secret, c.password)
			assertOutcome(t, c.want, judge(t).NoEcho(e, append(c.others, e)))
		})
	}
}

// To repeat the URL or the query of a request whose URL holds the password is no echo. Whatever goes beyond it is one, and
// so is the same text in answer to a form.
func TestNoEchoOfARepeatedQuery(t *testing.T) {
	t.Parallel()
	const bob, acme = "bob+qa@example.com", "Acme & Söhne"
	type row struct {
		name, body string
		fields     []string
		want       string
	}
	rows := func(password string) []row {
		query := "username=" + url.QueryEscape(bob) + "&company_name=" + url.QueryEscape(acme) + "&password=" + url.QueryEscape(password)
		sorted := url.Values{user: {bob}, company: {acme}, secret: {password}}.Encode()
		decoded := "username=" + bob + "&company_name=" + acme + "&password=" + password
		path := "/" + exchange.Path + "?"
		spelt := func(value any) string {
			text, err := json.Marshal(value)
			require.NoError(t, err)
			return string(text)
		}
		args := map[string]string{user: bob, company: acme, secret: password}
		return []row{
			{"Fastify", spelt(map[string]any{"message": "Route GET:" + path + query + " not found", "error": "Not Found", "statusCode": 404}), nil, kept},
			{"Express", "<pre>Cannot GET " + html.EscapeString(path+query) + "</pre>", nil, kept},
			{"Bottle", "<p>Sorry, the requested URL <tt>" + html.EscapeString("'http://127.0.0.1"+path+query+"'") + "</tt> caused an error:</p>", nil, kept},
			{"a full URL in JSON in JSON", spelt(map[string]string{"body": spelt("http://h" + path + query)}), nil, kept},
			{"the query, and nothing else", query, nil, kept},
			{"spaces as %20", path + strings.ReplaceAll(query, "+", "%20"), nil, kept},
			{"parameters in another order", path + sorted, nil, kept},
			{"percent-decoded", "GET " + path + decoded + " is not allowed", nil, kept},
			{"percent-decoded and escaped for HTML", "<h1>" + html.EscapeString(path+decoded) + "</h1>", nil, kept},
			{"percent-decoded in JSON", spelt(map[string]string{"path": path + decoded}), nil, kept},
			{"with every character escaped", `{"path":"` + escapedAll(path+decoded) + `"}`, nil, kept},
			{"in a query of its own", "<a href='/login?next=" + url.QueryEscape(path+query) + "'>", nil, kept},
			{"several times", path + query + "\n" + path + decoded, nil, kept},
			{"a Location", "", []string{"Location", path + query}, kept},
			{"a Location with a query of its own", "", []string{"Location", "/login?next=" + url.QueryEscape(path+query)}, kept},
			{"a Link", "", []string{"Link", "<http://h" + path + query + `>; rel="canonical"`}, kept},
			{"a cookie to come back by", "", []string{"Set-Cookie", "back=" + url.QueryEscape(path+query) + "; Path=/"}, kept},
			{"parameters in JSON", spelt(map[string]any{"args": args, "url": path + query}), nil, kept},
			{"lists of parameters in JSON", spelt(map[string]any{"args": url.Values{user: {bob}, company: {acme}, secret: {password}}}), nil, kept},
			{"pairs in JSON", spelt([][]string{{user, bob}, {company, acme}, {secret, password}}), nil, kept},
			{"names and values in JSON", spelt([]map[string]string{{"name": user, "value": bob}, {"name": company, "value": acme}, {"name": secret, "value": password}}), nil, kept},
			{"a table", "<table><tr><th>username</th><td class=\"code\"><pre>" + html.EscapeString(bob) + "</pre></td></tr><tr><th>company_name</th><td>" +
				html.EscapeString(acme) + "</td></tr><tr><th>password</th><td><pre>&#x27;" + html.EscapeString(password) + "&#x27;</pre></td></tr></table>", nil, kept},
			{"PHP's dump", "array(3) {\n  [\"username\"]=>\n  string(18) \"" + bob + "\"\n  [\"company_name\"]=>\n  string(13) \"" + acme +
				"\"\n  [\"password\"]=>\n  string(9) \"" + password + "\"\n}", nil, kept},
			{"Go's map", "map[company_name:[" + acme + "] password:[" + password + "] username:[" + bob + "]]", nil, kept},
			{"the password as a member", spelt(map[string]string{"error": "not allowed", "sent": password}), nil, violated},
			{"the password by its name alone", spelt(map[string]string{"error": "not allowed", "password": password}), nil, violated},
			{"the URL, and the password as a member", spelt(map[string]string{"path": path + query, "sent": password}), nil, violated},
			{"the password alone", password, nil, violated},
			{"the password in a cookie", "", []string{"Set-Cookie", "last=" + url.PathEscape(password) + "; Path=/"}, violated},
		}
	}
	for _, password := range []string{"S3cret-Word", `S3cret&p+ä "x" %41\n/</td>=`, "s3c&t", "abc"} {
		for _, c := range append(rows(password), row{"a sentence", "No account matches " + password + " there.", nil, map[bool]string{true: violated, false: kept}[len(password) >= 8]}) {
			t.Run(c.name+" with "+password, func(t *testing.T) {
				t.Parallel()
				asked := with(answer(http.StatusNotFound, c.body, c.fields...))
				asked.Request.Query = []exchange.Param{{Name: user, Value: bob}, {Name: company, Value: acme}, {Name: secret, Value: password}}
				assertOutcome(t, c.want, judge(t).NoEcho(asked, nil))
				if password == "S3cret-Word" {
					posted := with(answer(http.StatusNotFound, c.body, c.fields...), user, bob, company, acme, secret, password)
					assertOutcome(t, violated, judge(t).NoEcho(posted, nil), "a form")
				}
			})
		}
	}
}
