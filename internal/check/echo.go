package check

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// sought is a password and the ways in which it can be told from what an answer may well hold.
type sought struct {
	password string
	innocent []string         // texts that hold the password by chance
	query    []exchange.Param // of a request whose URL holds the password
}

func soughtIn(request exchange.Request) sought {
	s := sought{}
	s.password, _ = request.Value("password")
	if slices.ContainsFunc(request.Query, func(param exchange.Param) bool { return param.Name == "password" }) {
		s.query = request.Query
	}
	username, _ := request.Value("username")
	company, _ := request.Value("company_name")
	for _, text := range append(Parameters(), username, company, "User Name", "Username", "Company Name", "Password", "/"+exchange.Path, "application/json") {
		if s.password != "" && strings.Contains(text, s.password) {
			s.innocent = append(s.innocent, text)
		}
	}
	return s
}

// longEnough is the number of characters from which on a password that stands within a longer text is no coincidence.
const longEnough = 8

// in tells whether text is the password or, where it is long enough to tell, holds it.
func (s sought) in(text string) bool {
	if s.password == "" {
		return false
	}
	if text == s.password && ownWord(text) {
		return false
	}
	for _, innocent := range s.innocent {
		text = strings.ReplaceAll(text, innocent, "")
	}
	return text == s.password || (utf8.RuneCountInString(s.password) >= longEnough && strings.Contains(text, s.password))
}

// ownWord tells whether the contract itself has a server write this text: as the name of a member or a claim (OK-2,
// ERR-5, TOK-3), as a token's type (TOK-2), or as a header's value (ADV-1, ADV-5, ADV-7). Then it is no echo.
func ownWord(text string) bool {
	switch text {
	case "access_token", "refresh_token", "release_version", "error",
		"token_type", "exp", "iat", "jti", "user_id", "access", "refresh",
		"no-store", "nosniff", "application/json", "*", "POST", "authorization", "Bearer":
		return true
	default:
		return false
	}
}

// inValue returns the member that holds the password, or is named like it; "" where none does.
func (s sought) inValue(value any) string {
	found := ""
	walk(value, func(name, text string) {
		if s.in(text) || s.in(name) {
			found = "a member"
			if !s.in(name) && name != "" {
				found = name
			}
		}
	})
	return found
}

// inHeader returns the header field or the cookie that holds the password; "" where none does.
func (s sought) inHeader(header http.Header) string {
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if name == "Content-Length" { // it counts bytes, whatever the password
			continue
		}
		for _, value := range header[name] {
			if slices.ContainsFunc(spellings(value), s.in) && !s.repeated(value) {
				return "the header " + name
			}
		}
	}
	for _, cookie := range (&http.Response{Header: header}).Cookies() {
		if slices.ContainsFunc(spellings(cookie.Value), s.in) && !s.repeated(cookie.Value) {
			return "a cookie"
		}
	}
	return ""
}

// inAnswer tells where an answer holds the password; "" where it does not.
func (s sought) inAnswer(e *exchange.Exchange) string {
	holds := func(text string) bool { return s.in(text) || s.in(strings.TrimSpace(text)) }
	if slices.ContainsFunc(bodyTexts(e), holds) {
		if body, _ := e.Legible(); !s.repeated(string(body)) {
			return "the body"
		}
	}
	return s.inHeader(e.Header)
}

// common tells whether the password is of words that the target says anyhow: in an answer to another password, too.
func (s sought) common(answers []*exchange.Exchange) bool {
	plain := func(char rune) bool { return char == ' ' || unicode.IsLetter(char) }
	return strings.TrimFunc(s.password, plain) == "" && slices.ContainsFunc(answers, func(other *exchange.Exchange) bool {
		sent, _ := other.Request.Value("password")
		return sent != s.password && other.Answered() && s.inAnswer(other) != ""
	})
}

// NoEcho judges that an answer does not echo the password that its request sent (ERR-7). The other answers of the run tell
// what is no echo but the target's own words. Nor is it one to repeat the URL of a request whose URL holds the password.
func (j *Judge) NoEcho(e *exchange.Exchange, answers []*exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	seek := soughtIn(e.Request)
	where := seek.inAnswer(e)
	if where == "" || seek.common(answers) {
		return unread(e)
	}
	return &outcome.Violation{
		Expected: "no echo of the password",
		Got:      j.status(e) + " with the password in " + j.Secrets.Text(where),
	}
}
