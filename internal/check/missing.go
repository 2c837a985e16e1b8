package check

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/strictjson"
)

// absent returns the parameters that a request's form leaves out, whatever its query string says (REF-5).
func absent(request exchange.Request) []string {
	return slices.DeleteFunc(Parameters(), func(name string) bool {
		return slices.ContainsFunc(request.Params, func(param exchange.Param) bool { return param.Name == name })
	})
}

// missingClause is the clause that documents the error of a request that leaves parameters out.
func missingClause(request exchange.Request) string {
	missing := absent(request)
	if len(missing) != 1 {
		return "ERR-4"
	}
	return map[string]string{"company_name": "ERR-1", "username": "ERR-2", "password": "ERR-3"}[missing[0]]
}

// answered is nil where the endpoint itself answered.
func answered(e *exchange.Exchange) error {
	if !e.Answered() {
		return e.Unanswered()
	}
	if e.Redirect() {
		return &outcome.Unjudged{By: "REF-6", Reason: fmt.Sprintf("the request was redirected with status %d", e.Status) + because(front(e))}
	}
	return nil
}

// longestError is how much of an error is read for the names in it, in bytes.
const longestError = 1 << 16

// MissingNamed judges that the answer is a 500 error that names a missing parameter (ERR-1 to ERR-4).
func (j *Judge) MissingNamed(e *exchange.Exchange) error {
	if err := answered(e); err != nil {
		return err
	}
	missing := absent(e.Request)
	want := "status 500 with an error naming " + strings.Join(missing, " or ")
	if e.Status != http.StatusInternalServerError {
		return &outcome.Violation{Expected: want, Got: j.describe(e), Hint: front(e)}
	}
	if blank(e) {
		return &outcome.Violation{Expected: want, Got: j.status(e) + " with an empty body"}
	}
	text, sound, err := errorText(e)
	if err != nil {
		return err
	}
	named := Named(text[:min(len(text), longestError)], e.Request)
	for _, name := range missing {
		if named[name] {
			return nil
		}
	}
	if len(text) > longestError {
		if _, err := missingBody(e); outcome.Of(err) == outcome.NotJudged { // a debug page, say
			return err
		}
		return &outcome.Unknown{Reason: "the error is too long to be read"}
	}
	if !sound {
		return &outcome.Unjudged{By: "ERR-5", Reason: "the response has no non-empty string member error that could name a parameter"}
	}
	got := j.said(e, text)
	if len(named) > 0 {
		got += ", which names " + strings.Join(slices.Sorted(maps.Keys(named)), ", ")
	} else {
		got += ", which names none"
	}
	return &outcome.Violation{Expected: want, Got: j.status(e) + ", " + got}
}

// said shows what an error says.
func (j *Judge) said(e *exchange.Exchange, text string) string {
	if _, err := e.JSON(); err != nil {
		return strings.TrimPrefix(j.excerpt(e), ", ")
	}
	return "error " + j.Secrets.Quote(text)
}

// blank reports whether a response has no body, or one of white space.
func blank(e *exchange.Exchange) bool {
	body, whole, err := e.Body()
	return err == nil && whole && !e.Short && len(bytes.TrimSpace(body)) == 0
}

// errorText returns what an error says: the text called error (sound) or, where there is none, all that the body says.
// Plain text and HTML that say something are taken at their word, JSON or not.
func errorText(e *exchange.Exchange) (text string, sound bool, err error) {
	body, _, err := e.Body()
	if err != nil || len(strings.TrimSpace(string(body))) == 0 {
		return "", false, &outcome.Unjudged{By: "OK-3", Reason: "there is no body that could be read"}
	}
	if value, err := e.JSON(); err == nil {
		text, sound = errorMember(value)
		return text, sound, nil
	}
	return string(body), true, nil
}

// errorMember returns the text called error or, where there is none, all that a JSON value says.
func errorMember(value any) (text string, sound bool) {
	if members, ok := value.(map[string]any); ok {
		if text, ok := members["error"].(string); ok && text != "" {
			return text, true
		}
	}
	var all strings.Builder
	walk(value, func(name, text string) { fmt.Fprintln(&all, name, text) })
	return all.String(), false
}

// ErrorObject judges that the body of a missing parameter's 500 is a JSON object with a text called error (ERR-5).
func (j *Judge) ErrorObject(e *exchange.Exchange) error {
	value, err := missingBody(e)
	if err != nil {
		return err
	}
	return j.defects("the response", value, j.Schemas.ErrorResponse(value))
}

func missingBody(e *exchange.Exchange) (any, error) {
	if err := missingAnswered(e); err != nil {
		return nil, err
	}
	_, whole, err := e.Body()
	if err != nil {
		return nil, &outcome.Unjudged{By: "OK-3", Reason: "the body " + err.Error()}
	}
	value, err := e.JSON()
	if !whole {
		return nil, &outcome.Unknown{Reason: "the body is larger than what is read of it"}
	}
	if errors.Is(err, strictjson.ErrTooMany) {
		return nil, &outcome.Unknown{Reason: "the body " + err.Error()}
	}
	if err != nil {
		return nil, &outcome.Unjudged{By: "OK-3", Reason: "the body " + err.Error()}
	}
	return value, nil
}

// MissingDeclared judges that the body of a missing parameter's 500 is declared as JSON (OK-3).
func (j *Judge) MissingDeclared(e *exchange.Exchange) error {
	if err := missingAnswered(e); err != nil {
		return err
	}
	return j.declared(e)
}

// MissingStrict judges that the body of a missing parameter's 500 is strict and complete JSON (OK-3).
func (j *Judge) MissingStrict(e *exchange.Exchange) error {
	if err := missingAnswered(e); err != nil {
		return err
	}
	return j.strict(e)
}

func missingAnswered(e *exchange.Exchange) error {
	if err := answered(e); err != nil {
		return err
	}
	if e.Status != http.StatusInternalServerError {
		return &outcome.Unjudged{By: missingClause(e.Request), Reason: fmt.Sprintf("%s got status %d", e.Request.Name, e.Status)}
	}
	if blank(e) {
		return &outcome.Unjudged{By: missingClause(e.Request), Reason: e.Request.Name + " got an empty body"}
	}
	return nil
}

// missingCheck is one of the things that hold for the answer to a form with missing parameters, and whose clause it is.
type missingCheck struct {
	clause string
	judge  func(*exchange.Exchange) error
}

// missingChecks are ERR-1 to ERR-5.
func (j *Judge) missingChecks(request exchange.Request) []missingCheck {
	return []missingCheck{{missingClause(request), j.MissingNamed}, {"ERR-5", j.ErrorObject}}
}

// MissingHandled judges that a form with missing parameters is answered as ERR-1 to ERR-5 and OK-3 ask.
func (j *Judge) MissingHandled(e *exchange.Exchange) error {
	return worst(j.everyMissingCheck(e.Request), func(each missingCheck) error { return each.judge(e) })
}

func (j *Judge) everyMissingCheck(request exchange.Request) []missingCheck {
	return append(j.missingChecks(request), missingCheck{"OK-3", j.MissingDeclared}, missingCheck{"OK-3", j.MissingStrict})
}

// MissingAlike judges that a missing parameter of a multipart form is answered as ERR-1 to ERR-5 ask (ERR-6). What is
// wrong with the answer to the urlencoded form too is left to those clauses. An endpoint that rejects the unknown part of a
// form without any parameter, by its name, gives no occasion: that is ADV-10's.
func (j *Judge) MissingAlike(multipart, urlencoded *exchange.Exchange) error {
	err := noWorse(j.missingChecks(multipart.Request), multipart, urlencoded, "the urlencoded form fails in the same way")
	if outcome.Of(err) == outcome.Violated && namesUnknown(multipart) {
		return &outcome.Inapplicable{Reason: "the endpoint rejects the unknown parameter that " + multipart.Request.Name + " has instead of them"}
	}
	return err
}

// MissingBeside judges that what a form with missing parameters has beside it makes no difference. What is wrong with the
// answer to the form alone too is left to the clauses about that.
func (j *Judge) MissingBeside(beside, alone *exchange.Exchange) error {
	checks := j.everyMissingCheck(beside.Request)
	if beside.Request.Encoding == exchange.Multipart { // whose errors ERR-6 is about
		checks[0].clause, checks[1].clause = "ERR-6", "ERR-6"
	}
	err := noWorse(checks, beside, alone, "the form alone fails in the same way")
	var violation *outcome.Violation
	switch {
	case outcome.Of(err) == outcome.NotJudged && SameRefusal(beside, alone):
		return nil
	case !errors.As(err, &violation):
		return err
	}
	told := *violation
	told.Hint = "the form alone gets the documented error"
	return &told
}

// noWorse judges an answer. What is wrong with another one too is left to the clause about it.
func noWorse(checks []missingCheck, e, other *exchange.Exchange, reason string) error {
	return worst(checks, func(each missingCheck) error {
		err := each.judge(e)
		if outcome.Of(err) == outcome.Violated && outcome.Of(each.judge(other)) == outcome.Violated {
			return &outcome.Unjudged{By: each.clause, Reason: reason}
		}
		return err
	})
}

// worst returns the worst that checks come to, the first of its kind.
func worst(checks []missingCheck, judge func(missingCheck) error) error {
	var worst error
	for _, each := range checks {
		err := judge(each)
		if worst == nil || outcome.Of(err).Worse(outcome.Of(worst)) {
			worst = err
		}
	}
	return worst
}

// NotReplaced judges that a parameter in the query string does not replace the one that the form lacks (REF-5). What is
// wrong with the response to the same form without a query string too, or to another one of the run with the same status,
// is left to the clauses about missing parameters.
func (j *Judge) NotReplaced(query, form *exchange.Exchange, run []*exchange.Exchange) error {
	if err := j.NoTokens(query); outcome.Of(err) == outcome.Violated && j.NoTokens(form) == nil {
		return err
	}
	err := j.MissingNamed(query)
	var violation *outcome.Violation
	if !errors.As(err, &violation) {
		return err
	}
	if of := j.MissingNamed(form); of != nil && outcome.Of(of) != outcome.Violated {
		return of
	}
	for _, e := range append([]*exchange.Exchange{form}, run...) {
		lacking := e.Request.Method == http.MethodPost && len(e.Request.Query) == 0 && len(absent(e.Request)) > 0
		if lacking && (e == form || e.Status == query.Status) && outcome.Of(j.MissingNamed(e)) == outcome.Violated {
			return &outcome.Unjudged{By: missingClause(e.Request), Reason: e.Request.Name + " is answered no better"}
		}
	}
	return &outcome.Violation{Expected: violation.Expected + ", as without a query string", Got: violation.Got}
}

// namesUnknown reports whether a response names a parameter that the contract does not know.
func namesUnknown(e *exchange.Exchange) bool {
	return slices.ContainsFunc(e.Request.Params, func(param exchange.Param) bool {
		return !slices.Contains(Parameters(), param.Name) &&
			slices.ContainsFunc(bodyTexts(e), func(text string) bool { return strings.Contains(text, param.Name) })
	})
}

// EmptyFormBlocks says which clause an empty form's answer breaks that carries tokens.
func (j *Judge) EmptyFormBlocks(empty *exchange.Exchange) error {
	if !empty.Answered() {
		return empty.Unanswered()
	}
	by := "ERR-7"
	if empty.Success() {
		by = missingClause(empty.Request)
	}
	return &outcome.Unjudged{By: by, Reason: empty.Request.Name + " is answered with tokens, too"}
}

// NamesExactly judges that the error names every missing parameter and none that was sent (ADV-6).
func (j *Judge) NamesExactly(e *exchange.Exchange) error {
	if err := j.MissingNamed(e); err != nil {
		if outcome.Of(err) == outcome.Violated {
			return &outcome.Unjudged{By: missingClause(e.Request), Reason: "the response is not a 500 error that names a missing parameter"}
		}
		return err
	}
	text, _, err := errorText(e)
	if err != nil {
		return err
	}
	named := Named(text[:min(len(text), longestError)], e.Request)
	missing := absent(e.Request)
	for _, name := range Parameters() {
		if named[name] != slices.Contains(missing, name) {
			return &outcome.Violation{
				Expected: "an error that names " + strings.Join(missing, ", ") + " and nothing else",
				Got:      j.said(e, text),
			}
		}
	}
	return nil
}
