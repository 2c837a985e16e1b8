package variant

import (
	"fmt"
	"html"
	"net/http"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// stack is a web stack and what it sends by default where the contract leaves that open. In its texts, words in braces
// stand for parts of the request (see [fill]).
type stack struct {
	name, title string
	front       bool     // a server in front of the program, which makes the other responses
	cors        bool     // it lets pages of other origins read its responses
	fields      []string // "Name: value" of every response
	json        string   // how it declares JSON; "" is application/json
	missing     string   // the JSON about missing parameters; "" is the reference server's
	kind, page  string   // the Content-Type of its own pages, and such a page around {text}

	method   reply // to another method than POST
	options  reply // to OPTIONS, if that is not the same
	path     reply // to an unknown path
	media    reply // to a body that is no form
	large    reply // to a body that is too large
	thrown   reply // to whatever makes the program throw an exception, in production
	rejected reply // to wrong credentials, as its usual means of authentication do
}

// reply is one response. The zero value leaves the response to the program.
type reply struct {
	status     int
	kind, body string
	text       string // what the stack's page says, if there is no body of its own; "title | text" where these differ
	bare       bool   // neither a body nor a Content-Type
	fields     []string
}

// says is a response with the stack's own page.
func says(status int, text string, fields ...string) reply {
	return reply{status: status, text: text, fields: fields}
}

// sends is a response with another body.
func sends(status int, kind, body string, fields ...string) reply {
	return reply{status: status, kind: kind, body: body, fields: fields}
}

// bare is a response without a body.
func bare(status int, fields ...string) reply {
	return reply{status: status, bare: true, fields: fields}
}

// Content types.
const (
	htmlUTF8    = "text/html; charset=utf-8"
	textUTF8    = "text/plain; charset=utf-8"
	jsonPlain   = "application/json"
	jsonUTF8    = "application/json; charset=utf-8"
	jsonProblem = "application/problem+json"
)

// stacks are variants that send what web stacks send by default.
func stacks() []Variant {
	const open = "REF-5 leaves the response to other methods open, ERR-8 and REF-1 to REF-4 the status of a rejection, OK-3 its body; " +
		"OK-2 and ERR-5 allow further members; no clause is about unknown paths, other media types or further header fields"
	const repeats = "; ERR-7: a URL into which the suite put the password may be repeated"
	var all []Variant
	for _, s := range slices.Concat(frameworks(), fronts()) {
		because := open
		if s.repeats() == repeatsURL {
			because += repeats
		}
		v := hooked("stack-"+s.name, "Sends what "+s.title+" sends by default.", because, s.hooks())
		if s.missing != "" && !strings.Contains(s.missing, `"error":"{error}"`) {
			v.Because += "; ADV-6 is an advisory"
			v = v.against("ADV-6")
		}
		all = append(all, v)
	}
	return all
}

func (s stack) hooks() reference.Hooks {
	return reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
		if !s.cors {
			a.Header.Del("Access-Control-Allow-Origin")
		}
		if s.json != "" && (change.Granted(c) || change.Missing(c)) {
			a.Header.Set("Content-Type", s.json)
		}
		if s.missing != "" && change.Missing(c) {
			a.Body = []byte(fill(s.missing, c, a.Status))
		}
		set(a, s.fields, c)
		reply := s.reply(c)
		if reply.status == 0 {
			return
		}
		if !change.Refused(c) { // the stack's own response, in which the program had no say
			a.Header = http.Header{"Date": a.Header["Date"]}
			set(a, s.fields, c)
		}
		s.send(reply, c, a)
	}}
}

// reply returns the stack's response to a call; the zero value where that is left to the program.
func (s stack) reply(c *reference.Call) reply {
	switch c.Decision {
	case reference.NotAllowed:
		return s.method
	case reference.Options:
		if s.options.status == 0 {
			return s.method
		}
		return s.options
	case reference.NotFound:
		return s.path
	case reference.Unsupported:
		return s.media
	case reference.TooLarge:
		return s.large
	case reference.Refused:
		if !s.front && s.thrown.status != 0 && (change.Because(change.UnknownCompany)(c) || change.Because(change.BlankValue)(c)) {
			return s.thrown
		}
		return s.rejected
	default:
		return reply{}
	}
}

func (s stack) send(r reply, c *reference.Call, a *reference.Answer) {
	kind, body := s.content(r)
	a.Status, a.Body = r.status, []byte(fill(body, c, r.status))
	a.Header["Content-Type"] = nil
	if kind != "" {
		a.Header.Set("Content-Type", kind)
	}
	set(a, r.fields, c)
}

// content is the declared type and the body of a response, before the parts of the request are filled in.
func (s stack) content(r reply) (kind, body string) {
	switch {
	case r.bare:
		return "", ""
	case r.kind != "":
		return r.kind, r.body
	}
	title, text, both := strings.Cut(r.text, " | ")
	if !both {
		text = title
	}
	return s.kind, strings.NewReplacer("{title}", title, "{text}", text).Replace(s.page)
}

func set(a *reference.Answer, fields []string, c *reference.Call) {
	for _, field := range fields {
		name, _, _ := strings.Cut(field, ": ")
		a.Header.Del(name)
	}
	for _, field := range fields {
		name, value, _ := strings.Cut(field, ": ")
		a.Header.Add(name, fill(value, c, a.Status))
	}
}

// fill puts the parts of a request, and of the response to it, into a text.
func fill(text string, c *reference.Call, status int) string {
	if !strings.Contains(text, "{") {
		return text
	}
	r, missing := c.Request, ""
	if len(c.Missing) > 0 {
		missing = c.Missing[0]
	}
	target := r.URL.RequestURI()
	words := strings.ReplaceAll(missing, "_", " ")
	return strings.NewReplacer(
		"{status}", fmt.Sprint(status),
		"{reason}", http.StatusText(status),
		"{method}", r.Method,
		"{path}", r.URL.EscapedPath(),
		"{url}", target, // the path and the query, as they were sent
		"{html-url}", html.EscapeString(target),
		"{host}", r.Host,
		"{origin}", r.Header.Get("Origin"),
		"{id}", fmt.Sprintf("%08x%08x", c.Number*2654435761%(1<<32), c.Number),
		"{number}", fmt.Sprint(c.Number),
		"{second}", fmt.Sprintf("%02d", c.Number%60),
		"{error}", reference.MissingText(c.Missing),
		"{missing}", missing, // the first missing parameter: company_name
		"{words}", words, // company name
		"{Words}", strings.ReplaceAll(strings.Title(words), " ", ""), //nolint:staticcheck // CompanyName; ASCII only
	).Replace(text)
}

// What of the request's URL a stack repeats.
const (
	repeatsNothing = "nothing"
	repeatsPath    = "path"
	repeatsURL     = "path, query"
)

func (s stack) repeats() string {
	found := repeatsNothing
	for _, r := range []reply{s.method, s.path, s.options} {
		_, body := s.content(r)
		for _, text := range append([]string{body}, r.fields...) {
			switch {
			case strings.Contains(text, "url}"):
				return repeatsURL
			case strings.Contains(text, "{path}"):
				found = repeatsPath
			}
		}
	}
	return found
}
