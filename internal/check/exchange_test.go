package check_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/schema"
)

// judge returns one that tolerates a minute.
func judge(t *testing.T) *check.Judge {
	t.Helper()
	schemas, err := schema.Load()
	require.NoError(t, err)
	return &check.Judge{Schemas: schemas, Secrets: &redact.Secrets{}, Tolerance: time.Minute, Key: key}
}

// key signs the tokens of these tests.
const key = "a key of 32 bytes that nobody else has"

// header makes a header of names and values in turn.
func header(fields ...string) http.Header {
	made := http.Header{}
	for i := 0; i+1 < len(fields); i += 2 {
		made.Add(fields[i], fields[i+1])
	}
	return made
}

// answer is what came back for a form that was posted.
func answer(status int, body string, fields ...string) *exchange.Exchange {
	return &exchange.Exchange{
		Request: exchange.Request{
			Name: "the request", Method: http.MethodPost, Encoding: exchange.Urlencoded,
			Params: []exchange.Param{{Name: user, Value: "bob"}, {Name: company, Value: "Acme"}, {Name: secret, Value: "S3cret&p+ä \"x\""}},
		},
		Sent: made(), Received: made(), Done: made(),
		Status: status, Header: header(fields...), ContentLength: int64(len(body)), Raw: []byte(body),
	}
}

// made is when all answers of these tests were made.
func made() time.Time { return time.Date(2026, time.March, 4, 5, 6, 7, 0, time.UTC) }

// with replaces the parameters that a request sent: names and values in turn.
func with(e *exchange.Exchange, params ...string) *exchange.Exchange {
	e.Request.Params = nil
	for i := 0; i+1 < len(params); i += 2 {
		e.Request.Params = append(e.Request.Params, exchange.Param{Name: params[i], Value: params[i+1]})
	}
	return e
}

// failed is a request that got no answer.
func failed() *exchange.Exchange {
	return exchange.Withheld(exchange.Request{Name: "the request", Method: http.MethodPost}, exchange.Failure{Sentence: "nobody answered"})
}

// unsent is a request that was held back because a clause is broken.
func unsent() *exchange.Exchange {
	return exchange.Withheld(exchange.Request{Name: "the request", Method: http.MethodPost}, exchange.Failure{Sentence: "held back", Clause: "OK-1"})
}

// brokenOff is an answer whose body broke off, so that nothing can be said of it.
func brokenOff(e *exchange.Exchange) *exchange.Exchange {
	e.Failure = &exchange.Failure{Sentence: "the connection was reset"}
	return e
}

// assertOutcome asserts what a judgement comes to: an outcome.Kind, or "by X" where clause X blocks it.
func assertOutcome(t *testing.T, want string, err error, about ...any) {
	t.Helper()
	got := string(outcome.Of(err))
	var blocked *outcome.Unjudged
	if outcome.Of(err) == outcome.NotJudged && assert.ErrorAs(t, err, &blocked) {
		got = "by " + blocked.By
		assert.NotEmpty(t, blocked.Reason)
	}
	assert.Equal(t, want, got, "%v: %v", about, err)
}

// The outcomes, as these tests write them.
const (
	kept         = string(outcome.Kept)
	violated     = string(outcome.Violated)
	inconclusive = string(outcome.Inconclusive)
	inapplicable = string(outcome.NotApplicable)
)
