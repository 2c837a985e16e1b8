package check

import (
	"encoding/json"
	"html"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/strictjson"
	"github.com/klearstack/conformance/internal/token"
)

// walk visits every text of a JSON value and every member name; text is "" for names of members that hold no text.
func walk(value any, visit func(name, text string)) { walkNamed("", value, visit) }

func walkNamed(name string, value any, visit func(name, text string)) {
	switch value := value.(type) {
	case string:
		visit(name, value)
	case []any:
		for _, element := range value {
			walkNamed(name, element, visit)
		}
	case map[string]any:
		for _, member := range slices.Sorted(maps.Keys(value)) {
			element := value[member]
			if _, isText := element.(string); !isText {
				visit(member, "")
			}
			walkNamed(member, element, visit)
		}
	}
}

// isTokenName tells whether a member, header or cookie by this name holds a token.
func isTokenName(name string) bool {
	folded := strings.ToLower(strings.NewReplacer("-", "", "_", "").Replace(name))
	return strings.HasSuffix(folded, "accesstoken") || strings.HasSuffix(folded, "refreshtoken")
}

var compact = regexp.MustCompile(`[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*`)

// holdsToken tells whether text holds a token of this endpoint's kind. A JWT that a framework made for its own session
// is none: tokens of this endpoint say their type or their user.
func holdsToken(text string) bool {
	for _, candidate := range compact.FindAllString(text, 16) {
		claims := token.Peek(candidate)
		for _, claim := range []string{"token_type", "user_id"} {
			if _, ok := claims[claim]; ok {
				return true
			}
		}
	}
	return false
}

// carriesTokens tells where an answer carries a token: in its body, a header or a cookie; "" where it carries none.
func carriesTokens(e *exchange.Exchange) string {
	if body, _, err := e.Body(); err == nil {
		found := holdsToken(string(body))
		if value, err := strictjson.Decode(body); err == nil {
			walk(value, func(name, text string) {
				found = found || (isTokenName(name) && text != "") || holdsToken(text)
			})
		}
		if found {
			return "the body"
		}
	}
	for _, cookie := range (&http.Response{Header: e.Header}).Cookies() {
		if cookieDeleted(cookie) {
			continue
		}
		if (isTokenName(cookie.Name) && cookie.Value != "") || holdsToken(cookie.Value) {
			return "a cookie"
		}
	}
	for name, values := range e.Header {
		for _, value := range values {
			if name != "Set-Cookie" && ((isTokenName(name) && value != "") || holdsToken(value)) {
				return "a header"
			}
		}
	}
	return ""
}

// Hide makes secrets of whatever tokens an answer carries, whether or not it should.
func (j *Judge) Hide(e *exchange.Exchange) {
	body, _, err := e.Body()
	if err != nil {
		return
	}
	if value, err := strictjson.Decode(body); err == nil {
		walk(value, func(name, text string) {
			if isTokenName(name) {
				j.Secrets.Add(text)
			}
		})
	}
	for _, cookie := range (&http.Response{Header: e.Header}).Cookies() {
		if isTokenName(cookie.Name) {
			j.Secrets.Add(cookie.Value)
		}
	}
}

func cookieDeleted(cookie *http.Cookie) bool {
	return cookie.MaxAge < 0 || (!cookie.Expires.IsZero() && cookie.Expires.Before(time.Now()))
}

// NoTokens judges that an answer carries no token (ERR-7, ERR-8, REF-1 to REF-5).
func (j *Judge) NoTokens(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	if where := carriesTokens(e); where != "" {
		return &outcome.Violation{
			Expected: "no token in the answer to " + e.Request.Name,
			Got:      j.status(e) + " with a token in " + where,
		}
	}
	return nil
}

// Refused judges that a login is refused: no success, and no tokens (ERR-8, REF-1 to REF-4).
func (j *Judge) Refused(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	if e.Success() {
		return &outcome.Violation{Expected: "a refusal, not a status of the class 2xx", Got: j.describe(e)}
	}
	return j.NoTokens(e)
}

// sought is a password and the ways in which it can be told from what an answer may well hold.
type sought struct {
	password string
	innocent []string // texts that hold the password by chance
}

func soughtIn(request exchange.Request) sought {
	s := sought{}
	s.password, _ = request.Value("password")
	for _, name := range []string{"username", "company_name"} {
		if value, _ := request.Value(name); s.password != "" && strings.Contains(value, s.password) {
			s.innocent = append(s.innocent, value)
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
		"no-store", "nosniff", "application/json", "*", "POST", "authorization":
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

// NoEcho judges that an answer does not echo the password that its request sent (ERR-7).
func (j *Judge) NoEcho(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	where := ""
	seek := soughtIn(e.Request)
	for _, text := range bodyTexts(e) {
		if seek.in(text) || seek.in(strings.TrimSpace(text)) {
			where = "the body"
		}
	}
	for name, values := range e.Header {
		if name == "Content-Length" { // it counts bytes, whatever the password
			continue
		}
		for _, value := range values {
			unescaped, err := url.QueryUnescape(value)
			if seek.in(value) || (err == nil && seek.in(unescaped)) {
				where = "the header " + j.Secrets.Quote(name)
			}
		}
	}
	for _, cookie := range (&http.Response{Header: e.Header}).Cookies() {
		if seek.in(cookie.Value) {
			where = "a cookie"
		}
	}
	if where == "" {
		return nil
	}
	return &outcome.Violation{Expected: "no echo of the password in the answer to " + e.Request.Name, Got: j.status(e) + " with the password in " + where}
}

// bodyTexts returns what a body says: its decoded texts where it is JSON, else the text as it is and as HTML and forms
// spell it.
func bodyTexts(e *exchange.Exchange) []string {
	body, _, err := e.Body()
	if err != nil || len(body) == 0 {
		return nil
	}
	var texts []string
	if value, err := strictjson.Decode(body); err == nil {
		walk(value, func(name, text string) { texts = append(texts, name, text) })
		return texts
	}
	texts = append(texts, string(body), html.UnescapeString(string(body)))
	if unescaped, err := url.QueryUnescape(string(body)); err == nil {
		texts = append(texts, unescaped)
	}
	// A body that is almost JSON spells its texts as JSON does.
	for _, literal := range jsonString.FindAllString(string(body), -1) {
		var text string
		if json.Unmarshal([]byte(literal), &text) == nil {
			texts = append(texts, text)
		}
	}
	return texts
}

var jsonString = regexp.MustCompile(`"(?:[^"\\]|\\.)*"`)

// mark is what a stack trace or a debug page leaves.
type mark struct {
	hint    string // stands in whatever the pattern finds: only where it does is it worth while to look closer
	pattern string
}

// innards returns the marks, by language and framework.
func innards() []mark {
	return []mark{
		{"Traceback", `Traceback \(most recent call last\)`},                                                                      // Python
		{`File "`, `File "[^"\n]+", line \d+`},                                                                                    // Python
		{"re seeing this error", `You(?:'|&#x27;|&#39;|’)re seeing this error because you have`},                                  // Django
		{"ebugger", `Werkzeug Debugger|__debugger__`},                                                                             // Flask
		{"at ", `(?m)(?:^|\s)at (?:[\w$/]+\.)+[\w$<>]+\((?:[\w$]+\.(?:java|kt|scala|groovy):\d+|Native Method|Unknown Source)\)`}, // JVM
		{"at ", `(?m)(?:^|\s)at (?:[^\n()]+ \()?(?:node:|file:|/|[A-Za-z]:\\)[^\n()]*:\d+:\d+\)?`},                                // Node.js
		{"goroutine ", `goroutine \d+ \[[a-z ]+`},                                                                                 // Go
		{".go:", `\.go:\d+ \+0x[0-9a-f]+`},                                                                                        // Go
		{"Stack trace:", `Stack trace:\s*(?:<[^>]*>\s*)*#0 `},                                                                     // PHP
		{".php", `(?m)#\d+ [^\n]*\.php(?:\(\d+\)|:\d+)`},                                                                          // PHP
		{":line ", "(?m)(?:^|\\s)at [\\w.<>`\\[\\],+]+\\([^\\n)]*\\) in [^\\n]+:line \\d+"},                                       // .NET
		{"at ", "(?m)^\\s+at (?:[A-Z]\\w*\\.){2,}[\\w<>`\\[\\],+]+\\([^\\n)]*\\)\\s*$"},                                           // .NET
		{"Server Error in", `Server Error in '[^'\n]*' Application`},                                                              // ASP.NET
		{".rb:", "[\\w/.-]+\\.rb:\\d+:in [`']"},                                                                                   // Ruby
		{"Action Controller", `Action Controller: Exception caught`},                                                              // Rails
		{"panicked at", `thread '[^'\n]*' panicked at`},                                                                           // Rust
		{"stack backtrace", `stack backtrace:\s+0:`},                                                                              // Rust
	}
}

// searched is how much of a text is looked through for innards: more than any debug page has before its first mark.
const searched = 1 << 18

// NoInnards judges that an answer shows no stack trace and no debug page (ERR-7).
func (j *Judge) NoInnards(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	for _, text := range bodyTexts(e) {
		text = text[:min(len(text), searched)]
		text = strings.NewReplacer("&nbsp;", " ", "\u00a0", " ", "<br>", "\n", "<br/>", "\n", "<br />", "\n").Replace(text)
		for _, mark := range innards() {
			if !strings.Contains(text, mark.hint) {
				continue
			}
			if found := regexp.MustCompile(mark.pattern).FindString(text); found != "" {
				return &outcome.Violation{
					Expected: "neither a stack trace nor a debug page in the answer to " + e.Request.Name,
					Got:      j.status(e) + " with " + j.Secrets.Quote(found),
				}
			}
		}
	}
	return nil
}
