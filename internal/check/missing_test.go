package check_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
)

// without is the answer to a form that leaves parameters out.
func without(e *exchange.Exchange, missing ...string) *exchange.Exchange {
	var sent []exchange.Param
	for _, param := range e.Request.Params {
		if !strings.Contains(strings.Join(missing, " "), param.Name) {
			sent = append(sent, param)
		}
	}
	e.Request.Params = sent
	return e
}

// cut is an answer of whose body only a part was read.
func cut(e *exchange.Exchange) *exchange.Exchange {
	e.Cut = true
	return e
}

// An error is judged for what it names, and told apart from answers that nobody can judge (ERR-1 to ERR-5, OK-3).
func TestMissing(t *testing.T) {
	t.Parallel()
	const good = `{"error":"Company Name"}`
	const most = 1 << 16
	html := func(text string) string { return "<html>" + text + "</html>" }
	declared := []string{"Content-Type", "Application/JSON; charset=utf-8"}
	for _, c := range []struct {
		name                               string
		answer                             *exchange.Exchange
		named, object, typed, strict, only string
	}{
		{"good", without(answer(500, good, declared...), company), kept, kept, kept, kept, kept},
		{"not answered", failed(), inconclusive, inconclusive, inconclusive, inconclusive, inconclusive},
		{"held back", unsent(), "by OK-1", "by OK-1", "by OK-1", "by OK-1", "by OK-1"},
		{"broken off", without(brokenOff(answer(500, good, declared...)), company), inconclusive, inconclusive, inconclusive, inconclusive, inconclusive},
		{"503", without(answer(503, good, declared...), company), inconclusive, inconclusive, inconclusive, inconclusive, inconclusive},
		{"redirected", without(answer(303, good, declared...), company), "by REF-6", "by REF-6", "by REF-6", "by REF-6", "by REF-6"},
		{"400 without a company", without(answer(400, good, declared...), company), violated, "by ERR-1", "by ERR-1", "by ERR-1", "by ERR-1"},
		{"400 without a username", without(answer(400, good, declared...), user), violated, "by ERR-2", "by ERR-2", "by ERR-2", "by ERR-2"},
		{"400 without a password", without(answer(400, good, declared...), secret), violated, "by ERR-3", "by ERR-3", "by ERR-3", "by ERR-3"},
		{"400 without two", without(answer(400, good, declared...), secret, user), violated, "by ERR-4", "by ERR-4", "by ERR-4", "by ERR-4"},
		{"501", without(answer(501, good, declared...), company), violated, "by ERR-1", "by ERR-1", "by ERR-1", "by ERR-1"},
		{"another one is named", without(answer(500, good, declared...), user), violated, kept, kept, kept, "by ERR-2"},
		{"one of two is named", without(answer(500, good, declared...), user, company), kept, kept, kept, kept, violated},
		{"one that was sent is named, too", without(answer(500, `{"error":"Company Name, Password"}`, declared...), company), kept, kept, kept, kept, violated},
		{"both are named", without(answer(500, `{"error":"user name or company"}`, declared...), user, company), kept, kept, kept, kept, kept},

		// Where the name stands.
		{"in another member", without(answer(500, `{"message":"Company Name"}`, declared...), company), kept, violated, kept, kept, kept},
		{"in a member's name", without(answer(500, `{"company_name":["required"]}`, declared...), company), kept, violated, kept, kept, kept},
		{"beside a text called error", without(answer(500, `{"error":"x","company_name":"required"}`, declared...), company), violated, kept, kept, kept, "by ERR-1"},
		{"beside an empty text called error", without(answer(500, `{"error":"","detail":"company"}`, declared...), company), kept, violated, kept, kept, kept},
		{"beside an error that is no text", without(answer(500, `{"error":{"detail":"company"}}`, declared...), company), kept, violated, kept, kept, kept},
		{"in a list", without(answer(500, `["company"]`, declared...), company), kept, violated, kept, kept, kept},
		{"nowhere, in no text called error", without(answer(500, `{"message":"x"}`, declared...), company), "by ERR-5", violated, kept, kept, "by ERR-5"},
		{"in plain text", without(answer(500, "Company Name", "Content-Type", "text/plain"), company), kept, "by OK-3", violated, violated, kept},
		{"in HTML", without(answer(500, html("Company Name")), company), kept, "by OK-3", violated, violated, kept},
		{"nowhere in HTML", without(answer(500, html("x")), company), violated, "by OK-3", violated, violated, "by ERR-1"},
		{"in no body", without(answer(500, "", declared...), company), violated, "by ERR-1", "by ERR-1", "by ERR-1", "by ERR-1"},
		{"in white space", without(answer(500, " \n", declared...), company), violated, "by ERR-1", "by ERR-1", "by ERR-1", "by ERR-1"},
		{"in a body of which nothing came", without(short(answer(500, "", declared...), 20), company), "by OK-3", "by OK-3", kept, violated, "by OK-3"},
		{"in what is no gzip", without(answer(500, good, append(declared, "Content-Encoding", "gzip")...), company),
			"by OK-3", "by OK-3", kept, "by OK-6", "by OK-3"},

		// How much of it is read.
		{"in the last bytes that are read", without(answer(500, `{"error":"`+strings.Repeat("x ", most/2-4)+` company"}`, declared...), company), kept, kept, kept, kept, kept},
		{"behind what is read", without(answer(500, `{"error":"`+strings.Repeat("x ", most/2)+`company"}`, declared...), company),
			inconclusive, kept, kept, kept, inconclusive},
		{"behind what is read of a page", without(answer(500, html(strings.Repeat("x ", most/2)+"company"), "Content-Type", "text/html"), company),
			"by OK-3", "by OK-3", violated, violated, "by OK-3"},
		{"nowhere in all that is read", without(answer(500, `{"error":"`+strings.Repeat("x", most)+`"}`, declared...), company), violated, kept, kept, kept, "by ERR-1"},
		{"in a body that goes on", without(cut(answer(500, `{"error":"company`, declared...)), company), kept, inconclusive, kept, inconclusive, kept},
		{"in a body that goes on, though it is whole", without(cut(answer(500, good, declared...)), company), kept, inconclusive, kept, inconclusive, kept},
		{"in a body that goes on and is no JSON", without(cut(answer(500, good+good, declared...)), company), kept, inconclusive, kept, violated, kept},
		{"beside more values than are read", without(answer(500, `{"error":"company","x":[`+strings.Repeat("0,", 10_000)+`0]}`, declared...), company),
			kept, inconclusive, kept, inconclusive, kept},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			j := judge(t)
			assertOutcome(t, c.named, j.MissingNamed(c.answer), "MissingNamed")
			assertOutcome(t, c.object, j.ErrorObject(c.answer), "ErrorObject")
			assertOutcome(t, c.typed, j.MissingDeclared(c.answer), "MissingDeclared")
			assertOutcome(t, c.strict, j.MissingStrict(c.answer), "MissingStrict")
			assertOutcome(t, c.only, j.NamesExactly(c.answer), "NamesExactly")
		})
	}
}

// What is wrong with the answer to a urlencoded form too is left to the clauses about that (ERR-6).
func TestMissingAlike(t *testing.T) {
	t.Parallel()
	good := func() *exchange.Exchange { return without(answer(500, `{"error":"Company Name"}`), company) }
	unnamed := func() *exchange.Exchange { return without(answer(500, `{"error":"x"}`), company) }
	shapeless := func() *exchange.Exchange { return without(answer(500, `{"message":"Company Name"}`), company) }
	status := func() *exchange.Exchange { return without(answer(400, `{"error":"Company Name"}`), company) }
	for _, c := range []struct {
		name                  string
		multipart, urlencoded *exchange.Exchange
		want                  string
	}{
		{"both good", good(), good(), kept},
		{"the urlencoded form's is worse", good(), status(), kept},
		{"not named", unnamed(), good(), violated},
		{"not named in either", unnamed(), unnamed(), "by ERR-1"},
		{"no text called error", shapeless(), good(), violated},
		{"no text called error in either", shapeless(), shapeless(), "by ERR-5"},
		{"no text called error, and none named in the other", shapeless(), unnamed(), violated},
		{"another status", status(), good(), violated},
		{"another status of either", status(), status(), "by ERR-1"},
		{"not answered", failed(), good(), inconclusive},
		{"too long to be read, and no text called error", without(answer(500, `{"message":"`+strings.Repeat("x ", 1<<15)+`company"}`), company), good(), violated},
		{"the unknown part is rejected", with(answer(400, `{"message":["property conformance_extra should not exist"]}`), "conformance_extra", "x"), good(), inapplicable},
		{"the unknown part is named beside what is missing", with(answer(500, `{"error":"Company Name; unknown: conformance_extra"}`), "conformance_extra", "x"), good(), kept},
		{"another status, and the unknown part is not named", with(answer(400, `{"error":"Company Name"}`), "conformance_extra", "x"), good(), violated},
		{"the urlencoded form's not answered", unnamed(), failed(), violated},
	} {
		assertOutcome(t, c.want, judge(t).MissingAlike(c.multipart, c.urlencoded), c.name)
	}
}

// What a form with missing parameters has beside it is to blame only for what the form alone does not get.
func TestMissingBeside(t *testing.T) {
	t.Parallel()
	encoded := func(encoding exchange.Encoding, e *exchange.Exchange) *exchange.Exchange {
		e.Request.Encoding = encoding
		return without(e, company)
	}
	type pair struct{ beside, alone *exchange.Exchange }
	form := func(encoding exchange.Encoding, beside, alone *exchange.Exchange) pair {
		return pair{encoded(encoding, beside), encoded(encoding, alone)}
	}
	good := func() *exchange.Exchange {
		return answer(500, `{"error":"Company Name"}`, "Content-Type", "application/json")
	}
	page := func() *exchange.Exchange {
		e := good()
		e.Header.Set("Content-Type", "text/html")
		return e
	}
	for name, c := range map[string]struct {
		pair pair
		want string
	}{
		"both good":                           {form(exchange.Urlencoded, good(), good()), kept},
		"another status":                      {form(exchange.Urlencoded, answer(401, `{"error":"x"}`), good()), violated},
		"another type":                        {form(exchange.Urlencoded, page(), good()), violated},
		"no text called error":                {form(exchange.Urlencoded, answer(500, `{"message":"company"}`), good()), violated},
		"the same wrong status":               {form(exchange.Urlencoded, answer(400, `{"error":"x"}`), answer(400, `{"error":"x"}`)), kept},
		"two wrong statuses":                  {form(exchange.Urlencoded, answer(401, `{"error":"x"}`), answer(400, `{"error":"x"}`)), "by ERR-1"},
		"two wrong statuses, multipart":       {form(exchange.Multipart, answer(401, `{"error":"x"}`), answer(400, `{"error":"x"}`)), "by ERR-6"},
		"two wrong types":                     {form(exchange.Multipart, page(), page()), kept},
		"not answered":                        {form(exchange.Urlencoded, failed(), good()), inconclusive},
		"a difference, and the other is lost": {form(exchange.Urlencoded, answer(401, `{"error":"x"}`), failed()), violated},
	} {
		assertOutcome(t, c.want, judge(t).MissingBeside(c.pair.beside, c.pair.alone), name)
	}
}

// An empty form that gets tokens breaks the clause about its error, or the one about what errors give away (REF-5).
func TestEmptyFormBlocks(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{http.StatusOK: "by ERR-4", http.StatusInternalServerError: "by ERR-7", http.StatusBadGateway: inconclusive} {
		err := judge(t).EmptyFormBlocks(with(answer(status, `{"access_token":"x"}`)))
		assertOutcome(t, want, err, status)
		if status != http.StatusBadGateway {
			require.ErrorContains(t, err, "the request is answered with tokens, too")
		}
	}
	assertOutcome(t, "by ERR-3", judge(t).EmptyFormBlocks(without(answer(http.StatusOK, `{"access_token":"x"}`), secret)), "one is missing")
}

// What is wrong with a form that has a parameter in the query string is the query string's doing only where forms without
// one are answered well (REF-5).
func TestNotReplaced(t *testing.T) {
	t.Parallel()
	const good, tokens = `{"error":"username"}`, `{"access_token":"a.b.c"}`
	query := func(status int, body string) *exchange.Exchange {
		e := without(answer(status, body), user)
		e.Request.Query = []exchange.Param{{Name: user, Value: "bob"}}
		return e
	}
	form := func(status int, body string) *exchange.Exchange { return without(answer(status, body), user) }
	other := func(status int) *exchange.Exchange {
		return without(answer(status, `{"error":"Company Name"}`), company)
	}
	for _, c := range []struct {
		name               string
		query, form, other *exchange.Exchange
		want               string
	}{
		{"ignored", query(500, good), form(500, good), other(500), kept},
		{"tokens", query(200, tokens), form(500, good), other(500), violated},
		{"tokens where the form is answered badly", query(200, tokens), form(400, good), other(500), violated},
		{"tokens for whatever is missing", query(200, tokens), form(200, tokens), other(500), "by ERR-2"},
		{"rejected", query(401, `{"error":"Invalid credentials"}`), form(500, good), other(500), violated},
		{"another is named", query(500, `{"error":"password"}`), form(500, good), other(500), violated},
		{"answered badly without a query string, too", query(400, good), form(400, good), other(500), "by ERR-2"},
		{"answered badly now and then", query(400, good), form(500, good), other(400), "by ERR-1"},
		{"another form is answered badly in another way", query(401, good), form(500, good), other(400), violated},
		{"no response", failed(), form(500, good), other(500), inconclusive},
		{"no response to the form", query(400, good), failed(), other(500), inconclusive},
	} {
		assertOutcome(t, c.want, judge(t).NotReplaced(c.query, c.form, []*exchange.Exchange{c.query, c.form, c.other}), c.name)
	}
}
