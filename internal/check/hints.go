package check

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/exchange"
)

// signIn is what a page that asks for a login has in it, and signInPath what its address has.
var (
	signIn     = regexp.MustCompile(`(?i)type\s*=\s*["']?password|<title[^>]*>[^<]*\b(?:sign|log)[ -]?(?:in|on)\b`)
	signInPath = regexp.MustCompile(`(?i)(?:sign|log)[-_]?(?:in|on)|\bsso\b|saml|oauth|openid|/auth`)
)

// slashless is what frameworks say of an address that they know with a slash at its end.
var slashless = regexp.MustCompile(`(?i)\bAPPEND_SLASH\b|\bdoes(?: not|n(?:['’]|&#(?:x27|39);)t) end (?:in|with) a (?:trailing )?slash`)

// front says what suggests that something in front of the endpoint responded in its place: a gateway, a single sign-on, or
// what routes to it. It is "" where nothing does.
func front(e *exchange.Exchange) string {
	const question = ": is a gateway in front of the endpoint?"
	if e.Redirect() {
		from, to := addresses(e)
		switch {
		case to == nil, to.Host == "", from.Path == to.Path && from.Host == to.Host:
			return ""
		case !strings.EqualFold(from.Host, to.Host):
			return "a redirect to another host" + question
		case strings.TrimSuffix(from.Path, "/") == strings.TrimSuffix(to.Path, "/"):
			return "only a slash at the end differs: is it added or removed for all paths?"
		case signInPath.MatchString(to.Path):
			return "a redirect to a sign-in page" + question
		}
		return ""
	}
	body, _, err := e.Body()
	switch {
	case err == nil && !e.Success() && slashless.Match(body):
		return "the server knows the address with a slash at its end only; the documented one has none"
	case err != nil || !bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")):
		return ""
	case signIn.Match(body):
		return "a sign-in page" + question
	case e.Success():
		return "an HTML page" + question
	default:
		return ""
	}
}

// encoded says what a body that is no text begins as; "" where that is not known.
func encoded(e *exchange.Exchange) string {
	body, _, _ := e.Body()
	for _, each := range []struct{ beginning, hint string }{
		{"\x1f\x8b", "it begins as gzip does: is Content-Encoding missing?"},
		{"\xfe\xff", "it begins as UTF-16 does: JSON is UTF-8"},
		{"\xff\xfe", "it begins as UTF-16 does: JSON is UTF-8"},
	} {
		if bytes.HasPrefix(body, []byte(each.beginning)) {
			return each.hint
		}
	}
	return ""
}

// addresses returns the URL that a request went to, and the one that it is redirected to; nil where that says none.
func addresses(e *exchange.Exchange) (from, to *url.URL) {
	if e.Base == nil || e.Header.Get("Location") == "" {
		return nil, nil
	}
	from, err := url.Parse(e.Request.Address(e.Base))
	if err != nil {
		return nil, nil
	}
	to, err = from.Parse(e.Header.Get("Location"))
	if err != nil {
		return nil, nil
	}
	return from, to
}

// because is a hint in the middle of a reason; "" where there is none.
func because(hint string) string {
	if hint == "" {
		return ""
	}
	return " (" + hint + ")"
}

// serverFailed says where to look at a failure of the server's: in its log, at the time that its own clock tells.
func serverFailed(e *exchange.Exchange) string {
	at := e.Received
	if date, err := http.ParseTime(e.Header.Get("Date")); err == nil {
		at = date
	}
	return "the server failed: see its log at " + at.UTC().Format(time.TimeOnly+"Z")
}

// field shows a header field: one that is empty is another thing than one that is absent.
func (j *Judge) field(e *exchange.Exchange, name string) string {
	values := e.Header.Values(name)
	if len(values) == 0 {
		return "no " + name + " header field"
	}
	return name + " " + j.Secrets.Quote(strings.Join(values, ", "))
}

// tried shows with which user and company a login was tried.
func (j *Judge) tried(request exchange.Request) string {
	var shown []string
	for _, name := range []string{"username", "company_name"} {
		if value, sent := request.Value(name); sent {
			shown = append(shown, name+" "+j.Secrets.Quote(value))
		}
	}
	if shown == nil {
		return ""
	}
	return ", for " + strings.Join(shown, " and ")
}
