package exchange_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

func TestClassesOfStatus(t *testing.T) {
	t.Parallel()
	gateway := map[int]bool{408: true, 429: true, 460: true, 464: true, 499: true, 502: true, 503: true, 504: true, 561: true, 598: true, 599: true}
	for status := 520; status <= 530; status++ {
		gateway[status] = true
	}
	for status := 550; status <= 555; status++ {
		gateway[status] = true
	}
	for status := 100; status <= 999; status++ {
		e := &exchange.Exchange{Status: status}
		assert.Equal(t, status/100 == 2, e.Success(), status)
		assert.Equal(t, status/100 == 3 && status != http.StatusNotModified, e.Redirect(), status)
		assert.Equal(t, gateway[status], e.Gateway(), status)
		assert.Equal(t, !gateway[status], e.Answered(), status)
	}
}

func TestUnanswered(t *testing.T) {
	t.Parallel()
	after := func(value string) http.Header { return http.Header{"Retry-After": {value}} }
	const (
		limited = "the target responds with 429 Too Many Requests"
		later   = ": run again later, raise the limit for this client, or set KLEARSTACK_RATE (requests per second) below it"
	)
	for _, c := range []struct {
		name string
		give *exchange.Exchange
		kind outcome.Kind
		want string
	}{
		{"failed", &exchange.Exchange{Failure: &exchange.Failure{Sentence: "no route"}}, outcome.Inconclusive, "no route"},
		{"withheld", &exchange.Exchange{Failure: &exchange.Failure{Sentence: "refused", Clause: "OK-1"}}, outcome.NotJudged, "it builds on OK-1: refused"},
		{"failed in the body", &exchange.Exchange{Status: 429, Failure: &exchange.Failure{Sentence: "broke off"}}, outcome.Inconclusive, "broke off"},
		{"too many", &exchange.Exchange{Status: 429}, outcome.Inconclusive, limited + later},
		{"too many for a while", &exchange.Exchange{Status: 429, Header: after("17")}, outcome.Inconclusive, limited + " and asks to wait 17 s" + later},
		{"too many, and a text", &exchange.Exchange{Status: 429, Header: after(marker)}, outcome.Inconclusive, limited + later},
		{"too many for ever", &exchange.Exchange{Status: 429, Header: after("99999999999")}, outcome.Inconclusive, limited + later},
		{"unavailable for a while", &exchange.Exchange{Status: 503, Header: after("17")}, outcome.Inconclusive, "the target responds with 503 Service Unavailable and asks to wait 17 s" + later},
		{"gateway", &exchange.Exchange{Status: 502}, outcome.Inconclusive, "a gateway answered 502 Bad Gateway in the endpoint's stead: run again when the service is up"},
		{"an edge", &exchange.Exchange{Status: 522}, outcome.Inconclusive, "a gateway answered 522 in the endpoint's stead: run again when the service is up"},
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
		"application/json, text/html":     "",
		"text":                            "text",

		"application/json, Application/JSON":            "application/json",
		"application/json; a=b,c":                       "application/json",
		`application/json; a="b,c/d"`:                   "application/json",
		`application/json; a="b\",c/d"; e=f, text/html`: "",
	} {
		e := &exchange.Exchange{Header: http.Header{"Content-Type": {declared}}}
		assert.Equal(t, want, e.ContentType(), declared)
	}
	for want, several := range map[string][][]string{
		"application/json": {
			{"application/json", "application/json"}, {"application/json", "APPLICATION/JSON; charset=utf-8"}, {"application/json", ""}, {"", "application/json"},
		},
		"": {{"application/json", "text/html"}, {"text/html; charset=utf-8", "application/json"}, {"application/json", "json"}, {"application/json", "application/json", "application/problem+json"}},
	} {
		for _, fields := range several {
			e := &exchange.Exchange{Header: http.Header{"Content-Type": fields}}
			assert.Equal(t, want, e.ContentType(), fields)
		}
	}
	assert.Empty(t, (&exchange.Exchange{}).ContentType())
}

// Retry-After is seconds or a date (RFC 9110, section 10.2.3), which counts from the response's Date.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	received := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	const later = "Mon, 23 Nov 2026 08:00:42 GMT"
	for _, c := range []struct {
		value, date string
		wait        time.Duration
		told        bool
	}{
		{"", "", 0, false},
		{"0", "", 0, true},
		{" 17 ", "", 17 * time.Second, true},
		{"007", "", 7 * time.Second, true},
		{"99999999999999999999", "", 9223372036 * time.Second, true},
		{later, "", 42 * time.Second, true},
		{later, "Mon, 23 Nov 2026 07:59:42 GMT", time.Minute, true}, // its clock is slow
		{later, "nonsense", 42 * time.Second, true},
		{"Mon, 23 Nov 2026 07:00:00 GMT", "", 0, true},
		{"Monday, 23-Nov-26 08:00:42 GMT", "", 42 * time.Second, true},
		{"Mon Nov 23 08:00:42 2026", "", 42 * time.Second, true},
		{"-1", "", 0, false},
		{"1.5", "", 0, false},
		{"soon", "", 0, false},
	} {
		e := &exchange.Exchange{Status: http.StatusServiceUnavailable, Received: received, Header: http.Header{}}
		e.Header.Set("Retry-After", c.value)
		e.Header.Set("Date", c.date)
		wait, told := e.RetryAfter()
		assert.Equal(t, c.wait, wait, c.value)
		assert.Equal(t, c.told, told, c.value)
		assert.Equal(t, c.told, e.Limited(), "%s: 503 without a time to wait is the service that is down", c.value)
		e.Status = http.StatusTooManyRequests
		assert.True(t, e.Limited(), c.value)
		e.Status = http.StatusInternalServerError
		assert.False(t, e.Limited(), c.value)
	}
}

// Whatever is not one time in one of HTTP's formats is none.
func TestDate(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, time.March, 4, 5, 6, 7, 0, time.UTC)
	const now, old, asctime = "Wed, 04 Mar 2026 05:06:07 GMT", "Wednesday, 04-Mar-26 05:06:07 GMT", "Wed Mar  4 05:06:07 2026"
	for _, fields := range [][]string{{now}, {old}, {asctime}, {now, now}, {now, now, now}, {now, old}} {
		date, told := (&exchange.Exchange{Header: http.Header{"Date": fields}}).Date()
		assert.True(t, told, fields)
		assert.True(t, at.Equal(date), fields)
	}
	const other = "Wed, 04 Mar 2026 05:06:08 GMT"
	for _, fields := range [][]string{
		nil, {""}, {"0"}, {"2026-03-04T05:06:07Z"}, {now + ", " + now}, {now, other}, {other, now}, {now, now, other}, {now, ""}, {"", now}, {now, "2026-03-04T05:06:07Z"},
	} {
		_, told := (&exchange.Exchange{Header: http.Header{"Date": fields}}).Date()
		assert.False(t, told, fields)
	}
}

func TestValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ fields, want []string }{
		{nil, nil},
		{[]string{""}, []string{""}},
		{[]string{" a ,b", "c"}, []string{"a", "b", "c"}},
		{[]string{",a,"}, []string{"", "a", ""}},
		{[]string{`a="b, c", d="e\", f"`, "g"}, []string{`a="b, c"`, `d="e\", f"`, "g"}},
		{[]string{`a="b, c`, "d"}, []string{`a="b, c`, "d"}},
	} {
		e := &exchange.Exchange{Header: http.Header{"X-Field": c.fields}}
		assert.Equal(t, c.want, e.Values("X-Field"), c.fields)
	}
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
