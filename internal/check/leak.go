package check

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/spelling"
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
	folded := strings.ToLower(name)
	if !strings.HasSuffix(folded, "token") {
		return false
	}
	folded = strings.NewReplacer("-", "", "_", "").Replace(folded)
	return strings.HasSuffix(folded, "accesstoken") || strings.HasSuffix(folded, "refreshtoken")
}

// isTokenAs reports whether what is called name holds a token. What says that there is none, such as what a program makes
// of null, is no token, and neither is a sentence, an example or what was masked.
func isTokenAs(name, text string) bool {
	if !isTokenName(name) {
		return false
	}
	text = strings.TrimSpace(spelling.Unescaped(text))
	switch strings.ToLower(text) {
	case "", "null", "j:null", "nil", "none", "undefined", "false", "string":
		return false
	}
	scheme, token, _ := strings.Cut(text, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		token = text
	}
	return !strings.ContainsFunc(token, unicode.IsSpace) && !placeholder.MatchString(token)
}

// placeholder is what stands for a token: a masked, shortened or named one.
var placeholder = regexp.MustCompile(`[<>*…]|\.\.\.|^\[\w+\]$|^\{+\w+\}+$`)

// carriesTokens tells where an answer carries a token: in its body, a header or a cookie; "" where it carries none. Each
// answer is looked through once.
func (j *Judge) carriesTokens(e *exchange.Exchange) string {
	if known, ok := j.carriers.Load(e); ok {
		if where, ok := known.(string); ok {
			return where
		}
	}
	where := whereTokens(e)
	j.carriers.Store(e, where)
	return where
}

func whereTokens(e *exchange.Exchange) string {
	if slices.ContainsFunc(bodyTexts(e), holdsToken) {
		return "the body"
	}
	if value, err := e.JSON(); err == nil {
		found := false
		walk(value, func(name, text string) { found = found || isTokenAs(name, text) })
		if found {
			return "the body"
		}
	}
	for _, cookie := range (&http.Response{Header: e.Header}).Cookies() {
		if isTokenAs(cookie.Name, cookie.Value) && !cookieDeleted(cookie) {
			return "a cookie"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(e.Header)) {
		for _, value := range e.Header[name] {
			switch {
			case slices.ContainsFunc(spelling.Escapes(value), holdsToken) && name == "Set-Cookie":
				return "a cookie"
			case slices.ContainsFunc(spelling.Escapes(value), holdsToken), isTokenAs(name, value):
				return "a header"
			}
		}
	}
	return ""
}

const (
	mostHidden  = 64      // tokens of a response are made secrets: more than any server has a reason to send
	searchedRaw = 1 << 16 // bytes of a body that is not JSON are looked through for them
)

// Hide makes secrets of the tokens that a response carries, whether or not it should, and of what its cookies hold.
func (j *Judge) Hide(e *exchange.Exchange) {
	var tokens []string
	body, _ := e.Legible()
	if value, err := e.JSON(); err == nil {
		walk(value, func(name, text string) {
			if redact.CallsToken(name) {
				tokens = append(tokens, text)
			}
		})
	} else {
		tokens = redact.Tokens(string(body[:min(len(body), searchedRaw)]))
	}
	for _, cookie := range (&http.Response{Header: e.Header}).Cookies() {
		tokens = append(tokens, cookie.Value)
	}
	for name, values := range e.Header {
		if redact.CallsToken(name) {
			tokens = append(tokens, values...)
		}
	}
	j.Secrets.Learn(tokens[:min(len(tokens), mostHidden)]...)
}

func cookieDeleted(cookie *http.Cookie) bool {
	return cookie.MaxAge < 0 || (!cookie.Expires.IsZero() && cookie.Expires.Before(time.Now()))
}

// NoTokens judges that an answer carries no token (ERR-7, ERR-8, REF-1 to REF-5).
func (j *Judge) NoTokens(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	if where := j.carriesTokens(e); where != "" {
		return &outcome.Violation{
			Expected: "no token in the response",
			Got:      j.status(e) + " with a token in " + where,
		}
	}
	return unread(e)
}

// unread is nil where all of an answer was read: nothing certain can be said of the rest.
func unread(e *exchange.Exchange) error {
	if _, all := e.Legible(); all {
		return nil
	}
	if _, _, err := e.Body(); err != nil {
		return &outcome.Unknown{Reason: "the body of the response to " + e.Request.Name + " " + err.Error()}
	}
	return &outcome.Unknown{Reason: "the body of the response to " + e.Request.Name + " is larger than what is read of it"}
}

// Refused judges that a login is refused: no success, and no tokens (ERR-8, REF-1 to REF-4).
func (j *Judge) Refused(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	if e.Success() {
		return &outcome.Violation{Expected: "a rejection (any status except 2xx)", Got: j.describe(e) + j.tried(e.Request), Hint: front(e)}
	}
	return j.NoTokens(e)
}

// bodyTexts returns what a body says: its decoded texts where it is JSON, else the text as it is; each also with its escapes
// undone.
func bodyTexts(e *exchange.Exchange) []string {
	var texts []string
	for _, text := range said(e) {
		texts = append(texts, spelling.Escapes(text)...)
	}
	return texts
}

// said returns the decoded texts and the names of a body that is JSON, else the text as it is.
func said(e *exchange.Exchange) []string {
	body, _ := e.Legible()
	if len(body) == 0 {
		return nil
	}
	value, err := e.JSON()
	if err != nil {
		return []string{string(body)}
	}
	var texts []string
	walk(value, func(name, text string) { texts = append(texts, name, text) })
	return texts
}
