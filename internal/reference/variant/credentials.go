package variant

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// credentials differ in whom the server knows.
func credentials() []Variant {
	const (
		survive = "REQ-6: reserved characters, spaces and non-ASCII in values survive both encodings"
		plain   = "no clause asks for special characters; those that need them don't apply"
		short   = "the contract's words: a password of less than 8 characters is told by equality alone"
		fixed   = "the contract's own names and values are no echo of a password that happens to be one of them"
	)
	return []Variant{
		known("values-reserved", survive, "a&b=c+d%41;e\"f", `p&a=s+s%77;o"rd`, `C&o=m+p%61;n"y`),
		known("values-of-spaces", survive, "  two  spaces  ", " pass  phrase ", " Acme   Inc "),
		known("values-non-ascii", survive, "Zoë 東京 😀", "пароль Ünïcode 😀", "Société Générale 株式会社"),
		known("values-decomposed", survive, "Zoe\u0308", "cafe\u0301 secret", "Socie\u0301te\u0301"),
		known("values-of-percents", survive, "100%", "%%41%zz%", "50% & 25%2B"),
		known("values-of-pluses", survive, "a+b", "+1+2+3+", "A+B"),
		known("values-of-quotes", survive, `"'\`, `\"quoted\"'s`, `O'Brien & "Sons" \ Co`),
		known("values-of-ends-of-line", survive, "tab\there", "p\tass\tword", "Tab\tCo"),
		known("values-like-markup", survive, "<b>user</b>", "<script>alert(1)</script>", "A&amp;B <Co>"),
		known("values-like-boundaries", survive, "--boundary--", "--x; name=\"password\"", "form-data; Co"),
		known("values-plain", plain, "alice", "Passw0rd", "Acme"),
		known("values-of-digits", plain, "12345", "87654321", "4711"),
		known("password-of-3-characters", short, "alice", "abc", "Acme"),
		known("password-of-3-digits", short, "alice", "401", "Acme"),
		known("password-of-1-character", short, "alice", "x", "Acme"),
		known("password-of-3-letters-beyond-ascii", short, "alice", "äöü", "Acme"),
		known("password-long", survive, "alice", strings.Repeat("Long p4ss phrase! ", 60)+"end", "Acme"),
		known("password-is-the-username", "ERR-7 and TOK-10: the username may be told, whatever the password", "alice", "alice", "Acme").claiming(),
		known("password-is-a-long-username", "ERR-7 and TOK-10: the username may be told, whatever the password", "alice.cooper", "alice.cooper", "Acme").claiming(),
		known("username-holds-password", "ERR-7 and TOK-10: the username may be told, whatever the password", "alice-S3cretWord", "S3cretWord", "Acme").claiming(),
		known("company-holds-password", "ERR-7 and TOK-10: the company may be told, whatever the password", "alice", "Invoices", "Acme Invoices").claiming(),
		known("password-a-word-of-errors", short, "alice", "Invalid", "Acme"),
		known("password-missing", short, "alice", "missing", "Acme"),
		known("password-named-error", fixed, "alice", "error", "Acme"),
		known("password-named-access", fixed, "alice", "access", "Acme"),
		known("password-named-refresh", fixed, "alice", "refresh", "Acme"),
		known("password-named-exp", fixed, "alice", "exp", "Acme"),
		known("password-named-release", fixed, "alice", "release_version", "Acme"),
		known("password-named-no-store", fixed, "alice", "no-store", "Acme"),
		known("company-named-name", "ERR-2: the error names the username, whatever the other values", "alice", "S3cretWord", "name").
			saying("Required: %s"),
		known("company-named-user", "ERR-2: the error names the username, whatever the other values", "alice", "S3cretWord", "User").
			saying("Required: %s"),
		known("password-named-name", "ERR-1 and ERR-2: the error names what is missing, whatever the other values", "alice", "Name", "Acme").
			saying("Required: %s"),
		known("username-named-company", "ERR-1: the error names the company, whatever the other values", "company", "S3cretWord", "Acme"),
		known("username-named-username", "ERR-1: the error names the company, whatever the other values", "username", "S3cretWord", "Acme"),
		known("company-of-one-letter", "ERR-1 to ERR-3: the error names what is missing, whatever the other values", "a", "S3cretWord", "e"),
		known("company-spelt-in-the-username", "ERR-1 to ERR-3: the error names what is missing, whatever the other values", "Acme Company user name", "S3cretWord", "Acme Company"),
		lengthForPassword(),
		formatted("username-an-email-address", `[^@ ]+@example\.com`, "qa@example.com", "Acme"),
		formatted("username-of-a-domain", `ACME\\[a-z.]+`, `ACME\qa`, "Acme"),
		formatted("username-a-phone-number", `\+[1-9][0-9]{7,14}`, "+4915112345678", "Acme"),
		formatted("username-a-short-number", `[1-9][0-9]{0,11}`, "4711", "4712"),
		formatted("username-a-uuid", `[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`, "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "ACME-000123"),
		formatted("username-of-30-characters", `.{1,30}`, "qa-user-of-thirty-letters-long", "Acme Invoices of Thirty Chars."),
		formatted("username-beyond-ascii", `[А-Я][а-я]+`, "Тестировщик", "Ромашка"),
	}
}

// formatted checks the format of user names before it looks them up.
func formatted(name, format, username, company string) Variant {
	valid := regexp.MustCompile(`^(?:` + format + `)$`)
	return known(name, "REF-2: a made-up name has the format of the configured one; ADV-3 compares what gets as far as the lookup",
		username, "S3cretWord", company).
		and(change.Hooked(change.Failing(http.StatusBadRequest, "The user name is not valid").Only(func(c *reference.Call) bool {
			username := c.Form.Value(reference.ParamUsername)
			return change.Refused(c) && username != "" && !valid.MatchString(username)
		})))
}

// known gives the first user other values.
func known(name, because, username, password, company string) Variant {
	return configured(name, fmt.Sprintf("Knows the user %q of %q.", username, company), because, func(config *reference.Config) {
		user := &config.Users[0]
		user.Username, user.Password, user.Company = username, password, company
	})
}

// claiming adds the user's names to the claims, and to refusals.
func (v Variant) claiming() Variant {
	return v.and(func(config *reference.Config) {
		user := config.Users[0]
		change.Hooked(change.Claim("username", user.Username), change.Claim("company", user.Company),
			change.MemberOf("detail", func(c *reference.Call) any {
				return c.Form.Value(reference.ParamUsername) + " of " + c.Form.Value(reference.ParamCompany)
			}).Only(change.Failed))(config)
	})
}

// saying spells the missing parameters in words of their own.
func (v Variant) saying(text string) Variant {
	return v.and(change.Hooked(spelling(text, "User Name", "Company Name", "Password")))
}

// lengthForPassword is a server whose refusals happen to be as long as the password says.
func lengthForPassword() Variant {
	return known("password-is-a-length", "ERR-7: the length of a body is no echo of a password", "alice", "123", "Acme").
		and(change.Hooked(change.Body(func(text string) string { return text + strings.Repeat(" ", max(0, 123-len(text))) }).Only(change.Failed)))
}
