// Package check judges what came back. A check is a function that returns nil where the clause is kept, and one of
// package outcome's errors where it is not.
package check

import (
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"sync"
	"time"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/schema"
	"github.com/klearstack/conformance/internal/strictjson"
	"github.com/klearstack/conformance/internal/token"
)

// Judge holds what checks need to know besides the answer.
type Judge struct {
	Schemas   *schema.Set
	Secrets   *redact.Secrets
	Tolerance time.Duration // of clocks (TOK-7)
	Key       string        // verifies signatures (TOK-9); "" where it is not supplied

	// What looks wrong with the configured login and with the key, as clauses that follow a hint where the one is rejected
	// or the other verifies nothing.
	Suspicions, KeySuspicions []string

	carriers sync.Map // where an answer carries a token, by exchange
}

// Kind is which of the two tokens is meant.
type Kind string

// The kinds of tokens.
const (
	Access  Kind = "access"
	Refresh Kind = "refresh"
)

func (k Kind) member() string { return string(k) + "_token" }

// Login is a valid login's exchange, taken apart once. It is read-only and safe for concurrent use.
type Login struct {
	*exchange.Exchange
	document    any   // the body, decoded strictly
	documentErr error // why there is none: an outcome
	tokens      map[Kind]*token.Token
	tokenErrs   map[Kind]error
}

// Login takes the answer to a valid login apart, and makes its tokens known as secrets.
func (j *Judge) Login(e *exchange.Exchange) *Login {
	l := &Login{Exchange: e, tokens: map[Kind]*token.Token{}, tokenErrs: map[Kind]error{}}
	l.document, l.documentErr = l.decode()
	for _, kind := range []Kind{Access, Refresh} {
		compact, err := l.text(kind.member())
		if err != nil {
			l.tokenErrs[kind] = err
			continue
		}
		parsed, err := token.Parse(compact)
		if err != nil {
			l.tokenErrs[kind] = &outcome.Unjudged{By: "TOK-1", Reason: fmt.Sprintf("the %s token %s", kind, j.Secrets.Text(err.Error()))}
			continue
		}
		j.Secrets.Add(parsed.Signature)
		l.tokens[kind] = parsed
	}
	return l
}

// granted is nil where the endpoint granted the login.
func (l *Login) granted() error {
	switch {
	case !l.Answered():
		return l.Unanswered()
	case l.Redirect():
		return &outcome.Unjudged{By: "REF-6", Reason: fmt.Sprintf("the login was redirected with status %d", l.Status) + because(front(l.Exchange))}
	case l.notAllowed():
		return &outcome.Unjudged{By: "REQ-1", Reason: fmt.Sprintf("POST to the documented address got status %d", l.Status)}
	case l.Status != http.StatusOK:
		return &outcome.Unjudged{By: "OK-1", Reason: fmt.Sprintf("a valid login got status %d", l.Status)}
	}
	return nil
}

// Issued is nil where the response has tokens, in whatever form, or cannot be read to its end.
func (l *Login) Issued() error {
	err := l.granted()
	if err == nil {
		_, err = l.text(Access.member())
	}
	_, all := l.Legible()
	if l.Answered() && (whereTokens(l.Exchange) != "" || l.Success() && !all) {
		err = nil
	}
	return err
}

func (l *Login) notAllowed() bool {
	return l.Status == http.StatusMethodNotAllowed || l.Status == http.StatusNotImplemented
}

func (l *Login) decode() (any, error) {
	if err := l.granted(); err != nil {
		return nil, err
	}
	_, whole, err := l.Body()
	if err != nil {
		by := "OK-3"
		if _, offered := unoffered(l.Exchange); !offered {
			by = "OK-6"
		}
		return nil, &outcome.Unjudged{By: by, Reason: "the body " + err.Error()}
	}
	value, err := l.JSON()
	switch {
	case !whole && (err == nil || errors.Is(err, strictjson.ErrTruncated)):
		return nil, &outcome.Unknown{Reason: "the body is larger than what is read of it"}
	case errors.Is(err, strictjson.ErrTooMany):
		return nil, &outcome.Unknown{Reason: "the body " + err.Error()}
	case err != nil:
		return nil, &outcome.Unjudged{By: "OK-3", Reason: "the body " + err.Error() + because(front(l.Exchange))}
	}
	return value, nil
}

// Packed is nil unless the answer was packed in a way that the client did not offer, so that it can't read its tokens.
func (l *Login) Packed() error {
	if _, offered := unoffered(l.Exchange); l.Success() && !offered {
		return &outcome.Unjudged{By: "OK-6", Reason: "the response has a content coding that the client did not offer"}
	}
	return nil
}

// unoffered returns the first content coding that the request did not offer; offered says that there is none.
func unoffered(e *exchange.Exchange) (coding string, offered bool) {
	for _, coding := range e.Codings() {
		if !e.Request.Offers(coding) {
			return coding, false
		}
	}
	return "", true
}

// object returns the token response's members.
func (l *Login) object() (map[string]any, error) {
	if l.documentErr != nil {
		return nil, l.documentErr
	}
	members, ok := l.document.(map[string]any)
	if !ok {
		return nil, &outcome.Unjudged{By: "OK-2", Reason: "the body is not a JSON object"}
	}
	return members, nil
}

// text returns a member that has to be a text.
func (l *Login) text(member string) (string, error) {
	members, err := l.object()
	if err != nil {
		return "", err
	}
	text, ok := members[member].(string)
	if !ok || text == "" {
		return "", &outcome.Unjudged{By: "OK-2", Reason: fmt.Sprintf("%s is not a non-empty string", member)}
	}
	return text, nil
}

// token returns one of the tokens.
func (l *Login) token(kind Kind) (*token.Token, error) {
	if err := l.tokenErrs[kind]; err != nil {
		return nil, err
	}
	return l.tokens[kind], nil
}

// typed returns one of the tokens, where it is known which is which.
func (l *Login) typed(kind Kind) (*token.Token, error) {
	for _, each := range []Kind{Access, Refresh} {
		parsed, err := l.token(each)
		if err != nil {
			if each == kind {
				return nil, err
			}
			continue
		}
		if parsed.Claims["token_type"] != string(each) {
			return nil, &outcome.Unjudged{By: "TOK-2", Reason: fmt.Sprintf("token_type of the %s token is another one", each)}
		}
	}
	return l.tokens[kind], nil
}

// expiry returns a token's `exp`, in seconds since 1970.
func (l *Login) expiry(kind Kind) (*big.Rat, error) {
	parsed, err := l.typed(kind)
	if err != nil {
		return nil, err
	}
	exp, ok := parsed.Number("exp")
	if !ok {
		return nil, &outcome.Unjudged{By: "TOK-3", Reason: fmt.Sprintf("the %s token has no numeric exp", kind)}
	}
	return exp, nil
}

// window returns the earliest and the latest time at which the answer can have been made, by the answer's own clock
// where it tells one. A second of play is for clocks that are told in whole seconds.
func (l *Login) window() (from, to time.Time, clock string) {
	if date, told := l.Date(); told {
		return date.Add(l.Sent.Sub(l.Received) - time.Second), date.Add(time.Second), "the response's Date"
	}
	return l.Sent.Add(-time.Second), l.Received.Add(time.Second), "this machine's clock"
}
