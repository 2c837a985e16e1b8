package check

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/spelling"
)

// sought is a password and the ways in which it can be told from what an answer may well hold.
type sought struct {
	password string
	forms    []string         // of the password, with none and more of what looks like an escape in it undone
	innocent []string         // texts that hold the password by chance
	query    []exchange.Param // of a request whose URL holds the password
}

// Words are what the contract has people and programs say: the names of parameters and members, the
// address and the media type.
func Words() []string {
	return append(Parameters(), "User Name", "Username", "Company Name", "Password", "access_token", "refresh_token", "release_version",
		"token_type", "/"+exchange.Path, "application/json")
}

func soughtIn(request exchange.Request) sought {
	s := sought{}
	s.password, _ = request.Value("password")
	s.forms = spelling.Escapes(s.password)
	if slices.ContainsFunc(request.Query, func(param exchange.Param) bool { return param.Name == "password" }) {
		s.query = request.Query
	}
	username, _ := request.Value("username")
	company, _ := request.Value("company_name")
	for _, text := range append(Words(), username, company) {
		if s.password != "" && strings.Contains(text, s.password) {
			s.innocent = append(s.innocent, text)
		}
	}
	return s
}

const (
	longEnough   = 8 // characters of a password from which on it is no coincidence that it stands within a longer text
	coincidental = 4 // bytes of a shorter one up to which encoded bytes may come to it by chance
)

// in reports whether a text, however it is spelt, is the password or, where that is long enough to tell, holds it. What
// merely repeats the query of the request does not count: the text itself, or context, which is what the text stands in.
func (s sought) in(text string, context func() bool) bool {
	if s.password == "" {
		return false
	}
	least := len(s.password)
	if least <= coincidental {
		least = 0
	}
	short := utf8.RuneCountInString(s.password) < longEnough
	found := false
	spelling.Each(text, least, func(r *spelling.Reading) bool {
		read := string(r.Text)
		for _, password := range s.forms[:min(r.Layers+1, len(s.forms))] { // where a text was unescaped, the password in it was, too
			found = found || s.holds(read, password, r.Whole) && !s.repeated(read) && (r.Packed || !context()) ||
				short && !r.Packed && slices.ContainsFunc(literals(read), func(inner string) bool { return s.holds(inner, password, true) && !context() })
		}
		return !found
	})
	return found
}

// holds is in for a text and a password as they are. A part of a text equals nothing.
func (s sought) holds(text, password string, whole bool) bool {
	text, password = asForm(text), asForm(password)
	if !strings.Contains(text, password) || text == password && ownWord(text) {
		return false
	}
	for _, innocent := range s.innocent {
		text = strings.ReplaceAll(text, asForm(innocent), "")
	}
	return whole && (text == password || strings.TrimSpace(text) == password) ||
		utf8.RuneCountInString(password) >= longEnough && strings.Contains(text, password)
}

// asForm returns a text with spaces for plus signs, which stand for spaces in forms.
func asForm(text string) string { return strings.ReplaceAll(text, "+", " ") }

// ownWord reports whether the contract itself has a server write this text: as the name of a member or a claim (OK-2,
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

// never is the context of what is no response to a query.
func never() bool { return false }

// inValue returns the member that holds the password, or is named like it; "" where none does.
func (s sought) inValue(value any) string {
	found := ""
	walk(value, func(name, text string) {
		switch {
		case s.in(name, never):
			found = "a member"
		case s.in(text, never):
			found = cmp.Or(name, "a member")
		}
	})
	return found
}

// inHeader returns the header field or the cookie that holds the password; "" where none does.
func (s sought) inHeader(header http.Header) string {
	holds := func(value string) bool {
		return s.in(value, sync.OnceValue(func() bool { return s.repeated(value) }))
	}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		if name != "Content-Length" && slices.ContainsFunc(header[name], holds) { // that counts bytes, whatever the password
			return "the header " + name
		}
	}
	for _, cookie := range (&http.Response{Header: header}).Cookies() {
		if holds(cookie.Value) {
			return "a cookie"
		}
	}
	return ""
}

// inAnswer tells where an answer holds the password; "" where it does not.
func (s sought) inAnswer(e *exchange.Exchange) string {
	body, _ := e.Legible()
	repeated := sync.OnceValue(func() bool { return s.repeated(string(body)) })
	if slices.ContainsFunc(said(e), func(text string) bool { return s.in(text, repeated) }) {
		return "the body"
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
