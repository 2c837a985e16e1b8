package check

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/schema"
	"github.com/klearstack/conformance/internal/strictjson"
)

// Address judges that POST is taken at the documented address (REQ-1).
func (j *Judge) Address(l *Login) error {
	if !l.Answered() {
		return l.Unanswered()
	}
	if l.notAllowed() {
		return &outcome.Violation{
			Expected: "POST to be accepted at /" + exchange.Path,
			Got:      j.status(l.Exchange) + ", " + j.field(l.Exchange, "Allow"),
		}
	}
	return nil
}

// Succeeds judges that a valid login is answered with 200 (OK-1).
func (j *Judge) Succeeds(l *Login) error {
	err := l.granted()
	var blocked *outcome.Unjudged
	if l.Answered() && errors.As(err, &blocked) && blocked.By == "OK-1" {
		return &outcome.Violation{
			Expected: "status 200 for a valid login",
			Got:      j.describe(l.Exchange),
			Hint:     j.notGranted(l.Exchange),
		}
	}
	return err
}

// lacking are the words in which errors say that something was not sent; what is required to be done is something else.
var lacking = regexp.MustCompile(`(?i)\b(?:missing|not (?:provided|given|present|found in))\b|\brequired(?:\W*$|["'.,;:!)\]}]| (?:request )?(?:parameter|field|part|key))`)

// notGranted says what to look at where a valid login is not granted; "" where it was granted in another way.
func (j *Judge) notGranted(e *exchange.Exchange) string {
	text, _, _ := errorText(e)
	text = text[:min(len(text), longestError)]
	named := Named(text, e.Request)
	switch {
	case e.Success():
		return ""
	case e.Status == http.StatusRequestEntityTooLarge, e.Status == http.StatusUnsupportedMediaType:
		return "the form was rejected before it was parsed"
	case len(named) > 0 && (e.Status == http.StatusInternalServerError || lacking.MatchString(text)):
		return "the error names " + strings.Join(slices.Sorted(maps.Keys(named)), ", ") + ", as if it had not been sent: is the form parsed?"
	case front(e) != "":
		return front(e)
	case e.Status >= http.StatusInternalServerError && e.Status <= 599:
		return serverFailed(e)
	case e.Status < http.StatusBadRequest || e.Status > 599:
		return ""
	}
	return also("are the configured username, password and company name right?", j.Suspicions)
}

// also adds to a hint what looks wrong with the settings.
func also(hint string, suspicions []string) string {
	if len(suspicions) == 0 {
		return hint
	}
	return hint + " " + strings.Join(suspicions, "; ")
}

// Members judges the members of the token response (OK-2), all but the form of `release_version`.
func (j *Judge) Members(l *Login) error {
	if l.documentErr != nil {
		return l.documentErr
	}
	defects := slices.DeleteFunc(j.Schemas.TokenResponse(l.document), isReleaseForm)
	for i := range defects {
		if defects[i].Member == "release_version" { // its form is OK-4's
			defects[i].Expected = "a non-empty string"
		}
	}
	err := j.defects("the response", l.document, defects)
	var violation *outcome.Violation
	if where := j.carriesTokens(l.Exchange); errors.As(err, &violation) && violation.Hint == "" && where != "" && where != "the body" {
		violation.Hint = "there is a token in " + where
	}
	return err
}

// ReleaseVersion judges the form of `release_version` (OK-4).
func (j *Judge) ReleaseVersion(l *Login) error {
	if _, err := l.text("release_version"); err != nil {
		return err
	}
	return j.defects("the response", l.document,
		slices.DeleteFunc(j.Schemas.TokenResponse(l.document), func(defect schema.Defect) bool { return !isReleaseForm(defect) }))
}

func isReleaseForm(defect schema.Defect) bool {
	return defect.Member == "release_version" && defect.Keyword == "pattern"
}

// defects makes one violation of all schema defects of a document, which says what is there where something is missing.
func (j *Judge) defects(document string, value any, defects []schema.Defect) error {
	if len(defects) == 0 {
		return nil
	}
	members, _ := value.(map[string]any)
	var expected, missing, got []string
	for i, defect := range defects {
		name := cmp.Or(defect.Member, document)
		expected = append(expected, name)
		if i+1 == len(defects) || defects[i+1].Expected != defect.Expected { // those alike are told at once
			expected[len(expected)-1] += " to be " + defect.Expected
		}
		switch inner, object := members[name].(map[string]any); {
		case defect.Keyword == "required":
			missing = append(missing, name)
		case defect.Member == "":
			got = append(got, j.Secrets.Text(defect.Got))
		case object:
			got = append(got, name+": an object with "+j.names(inner))
		default:
			got = append(got, name+": "+j.Secrets.Text(defect.Got))
		}
	}
	if missing != nil {
		got = append([]string{"no " + strings.Join(missing, ", no ") + "; " + document + " has " + j.among(members, missing)}, got...)
	}
	violation := &outcome.Violation{Expected: strings.Join(expected, ", "), Got: strings.Join(got, "; ")}
	if text, ok := value.(string); ok && json.Valid([]byte(text)) {
		violation.Hint = "it holds JSON: is that encoded twice?"
	}
	return violation
}

// DeclaredJSON judges that the token response is declared as JSON (OK-3).
func (j *Judge) DeclaredJSON(l *Login) error {
	if err := l.granted(); err != nil {
		return err
	}
	return j.declared(l.Exchange)
}

// StrictJSON judges that the token response is strict and complete JSON (OK-3).
func (j *Judge) StrictJSON(l *Login) error {
	if err := l.granted(); err != nil {
		return err
	}
	return j.strict(l.Exchange)
}

func (j *Judge) declared(e *exchange.Exchange) error {
	if e.ContentType() == "application/json" {
		return nil
	}
	return &outcome.Violation{Expected: "Content-Type: application/json", Got: j.field(e, "Content-Type"), Hint: front(e)}
}

func (j *Judge) strict(e *exchange.Exchange) error {
	violation := func(got string) error {
		return &outcome.Violation{Expected: "a body of valid, complete JSON", Got: got, Hint: cmp.Or(front(e), encoded(e))}
	}
	if e.Short {
		if e.ContentLength >= 0 {
			return violation(fmt.Sprintf("a body of %d bytes; Content-Length says %d", len(e.Raw), e.ContentLength))
		}
		return violation("a chunked body without its last chunk")
	}
	body, whole, err := e.Body()
	if err != nil {
		if _, offered := unoffered(e); !offered {
			return &outcome.Unjudged{By: "OK-6", Reason: "the body " + err.Error()}
		}
		return violation("a body that " + err.Error())
	}
	if len(body) == 0 {
		return violation("an empty body")
	}
	_, err = e.JSON()
	var duplicate *strictjson.DuplicateError
	switch {
	case !whole && (err == nil || errors.Is(err, strictjson.ErrTruncated)):
		return &outcome.Unknown{Reason: "the body is larger than what is read of it"}
	case errors.Is(err, strictjson.ErrTooMany):
		return &outcome.Unknown{Reason: "the body " + err.Error()}
	case errors.As(err, &duplicate):
		return violation("a body that names the member " + j.Secrets.Quote(duplicate.Name) + " twice")
	case err != nil:
		return violation("a body that " + err.Error() + cmp.Or(j.excerpt(e), j.near(body, err)))
	}
	return nil
}

// OfferedCoding judges that the answer is compressed only as the client offered (OK-6).
func (j *Judge) OfferedCoding(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	coding, offered := unoffered(e)
	if offered {
		return nil
	}
	offer := e.Request.Header.Get("Accept-Encoding")
	if offer == "" {
		offer = "none"
	}
	return &outcome.Violation{
		Expected: "only content codings that the request's Accept-Encoding lists (" + offer + ")",
		Got:      "Content-Encoding " + j.Secrets.Quote(coding),
	}
}

// NotStored judges that caches are told not to store the token response (ADV-1).
func (j *Judge) NotStored(l *Login) error {
	if err := l.granted(); err != nil {
		return err
	}
	for _, field := range l.Header.Values("Cache-Control") {
		for _, directive := range strings.Split(field, ",") {
			if strings.EqualFold(strings.TrimSpace(directive), "no-store") {
				return nil
			}
		}
	}
	return &outcome.Violation{
		Expected: "Cache-Control: no-store",
		Got:      j.field(l.Exchange, "Cache-Control"),
	}
}

// NoSniff judges that the answer forbids content sniffing (ADV-5), as browsers read the field: the first value counts.
func (j *Judge) NoSniff(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	if values := e.Values("X-Content-Type-Options"); len(values) > 0 && strings.EqualFold(values[0], "nosniff") {
		return nil
	}
	return &outcome.Violation{
		Expected: "X-Content-Type-Options: nosniff",
		Got:      j.field(e, "X-Content-Type-Options"),
	}
}

// status returns a response's status.
func (j *Judge) status(e *exchange.Exchange) string {
	return strings.TrimSpace(fmt.Sprintf("status %d %s", e.Status, http.StatusText(e.Status)))
}

// describe tells an answer's status, media type and, where it is no token response, the beginning of its body.
func (j *Judge) describe(e *exchange.Exchange) string {
	text := j.status(e)
	if declared := e.ContentType(); declared != "" {
		text += ", Content-Type " + j.Secrets.Quote(declared)
	}
	body, _, err := e.Body()
	switch {
	case err != nil:
		return text + ", and a body that " + err.Error()
	case len(body) == 0:
		return text + ", with an empty body"
	case j.carriesTokens(e) != "":
		return text + ", with tokens"
	}
	return text + j.excerpt(e)
}

// control reports whether a byte is a control character that no text has.
func control(char byte) bool {
	return char < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1b", rune(char))
}

// near shows where an error was found in a body of which nothing else is shown; "" where a token is there.
func (j *Judge) near(body []byte, err error) string {
	text := j.Secrets.Near(string(body), strictjson.Offset(err))
	if text == "" || slices.ContainsFunc(body, control) {
		return ""
	}
	return ", near " + text
}

// title is what an HTML page calls itself: its beginning says less.
var title = regexp.MustCompile(`(?is)<title[^>]*>\s*(.*?)\s*</title>`)

// excerpt is what can be shown of a body: the title of a page, else the beginning; nothing where it carries tokens.
func (j *Judge) excerpt(e *exchange.Exchange) string {
	body, _, err := e.Body()
	if err != nil || len(body) == 0 || j.carriesTokens(e) != "" {
		return ""
	}
	if slices.ContainsFunc(body, control) {
		return fmt.Sprintf(", body of %d bytes that are not text", len(body))
	}
	if found := title.FindSubmatch(body); found != nil && bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
		return ", an HTML page titled " + j.Secrets.Quote(html.UnescapeString(string(found[1])))
	}
	return ", body " + j.Secrets.Body(string(body))
}
