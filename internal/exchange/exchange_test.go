package exchange_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

func TestClassesOfStatus(t *testing.T) {
	t.Parallel()
	success := map[int]bool{200: true, 201: true, 204: true, 299: true}
	redirect := map[int]bool{300: true, 301: true, 302: true, 303: true, 307: true, 308: true, 399: true}
	gateway := map[int]bool{429: true, 502: true, 503: true, 504: true}
	for _, status := range []int{101, 199, 200, 201, 204, 299, 300, 301, 302, 303, 304, 307, 308, 399, 400, 401, 403, 404, 408, 428, 429, 430, 500, 501, 502, 503, 504, 505, 799} {
		e := &exchange.Exchange{Status: status}
		assert.Equal(t, success[status], e.Success(), status)
		assert.Equal(t, redirect[status], e.Redirect(), status)
		assert.Equal(t, gateway[status], e.Gateway(), status)
		assert.Equal(t, !gateway[status], e.Answered(), status)
	}
}

func TestUnanswered(t *testing.T) {
	t.Parallel()
	after := func(value string) http.Header { return http.Header{"Retry-After": {value}} }
	const later = "the target answered 429 Too Many Requests: run again later, or raise its limit for this client"
	for _, c := range []struct {
		name string
		give *exchange.Exchange
		kind outcome.Kind
		want string
	}{
		{"failed", &exchange.Exchange{Failure: &exchange.Failure{Sentence: "no route"}}, outcome.Inconclusive, "no route"},
		{"withheld", &exchange.Exchange{Failure: &exchange.Failure{Sentence: "refused", Clause: "OK-1"}}, outcome.NotJudged, "it builds on OK-1: refused"},
		{"failed in the body", &exchange.Exchange{Status: 429, Failure: &exchange.Failure{Sentence: "broke off"}}, outcome.Inconclusive, "broke off"},
		{"too many", &exchange.Exchange{Status: 429}, outcome.Inconclusive, later},
		{"too many for a while", &exchange.Exchange{Status: 429, Header: after("17")}, outcome.Inconclusive, later + " (it asks to wait 17 seconds)"},
		{"too many until a date", &exchange.Exchange{Status: 429, Header: after("Wed, 21 Oct 2015 07:28:00 GMT")}, outcome.Inconclusive, later},
		{"too many, and a text", &exchange.Exchange{Status: 429, Header: after(marker)}, outcome.Inconclusive, later},
		{"too many for ever", &exchange.Exchange{Status: 429, Header: after("99999999999")}, outcome.Inconclusive, later},
		{"gateway", &exchange.Exchange{Status: 502}, outcome.Inconclusive, "a gateway answered 502 Bad Gateway in the endpoint's stead: run again when the service is up"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.False(t, c.give.Answered())
			err := c.give.Unanswered()
			assert.Equal(t, c.kind, outcome.Of(err))
			assert.EqualError(t, err, c.want)
		})
	}
}

func TestContentType(t *testing.T) {
	t.Parallel()
	for declared, want := range map[string]string{
		"":                                "",
		"application/json":                "application/json",
		"Application/JSON; charset=UTF-8": "application/json",
		" text/html ;a=b;c=d":             "text/html",
		";charset=utf-8":                  "",
		"application/json, text/html":     "application/json, text/html",
	} {
		e := &exchange.Exchange{Header: http.Header{"Content-Type": {declared}}}
		assert.Equal(t, want, e.ContentType(), declared)
	}
	assert.Empty(t, (&exchange.Exchange{}).ContentType())
}

func TestValue(t *testing.T) {
	t.Parallel()
	for name, request := range map[string]exchange.Request{
		"form": qa().Login(), "parts": qa().NodeLogin(), "query": qa().Query(http.MethodGet),
	} {
		value, sent := request.Value("company_name")
		assert.True(t, sent, name)
		assert.Equal(t, "Acme Invoices", value, name)
		_, sent = request.Value("company")
		assert.False(t, sent, name)
	}
	value, sent := qa().Empty("username").Value("username")
	assert.True(t, sent, "an empty parameter is sent")
	assert.Empty(t, value)
}

func TestOffers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		offered, coding string
		want            bool
	}{
		{"gzip, deflate", "gzip", true},
		{"gzip, deflate", "x-gzip", true},
		{"gzip, deflate", "deflate", true},
		{"GZIP", "gzip", true},
		{"gzip, deflate", "br", false},
		{"gzip", "deflate", false},
		{"", "gzip", false},
	} {
		request := exchange.Request{Header: http.Header{"Accept-Encoding": {c.offered}}}
		assert.Equal(t, c.want, request.Offers(c.coding), "%+v", c)
	}
	assert.False(t, exchange.Request{}.Offers("gzip"))
}
