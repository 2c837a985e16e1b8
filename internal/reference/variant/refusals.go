package variant

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// refusals differ in how wrong credentials are answered.
func refusals() []Variant {
	const open = "REF-1 to REF-4: not 2xx, no tokens; which other status is not documented, nor what body"
	var all []Variant
	for _, status := range []int{
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		http.StatusUnprocessableEntity, http.StatusInternalServerError,
	} {
		for _, way := range []struct {
			name, sentence string
			hooks          reference.Hooks
		}{
			{"json", "JSON", change.Failing(status, "Invalid username or password")},
			{"null-tokens", "null tokens", change.Failing(status, "Invalid login").Then(nullTokens())},
			{"html", "an HTML page", change.Page(status, "text/html; charset=utf-8",
				"<!doctype html><html><head><title>Login failed</title></head><body><h1>Login failed</h1><form><input name=username></form></body></html>")},
			{"plain", "plain text", change.Page(status, "text/plain", "Login failed.\n")},
			{"empty", "an empty body", change.Page(status, "", "")},
		} {
			all = append(all, hooked(fmt.Sprintf("refusal-%d-%s", status, way.name),
				fmt.Sprintf("Refuses logins with status %d and %s.", status, way.sentence), open, way.hooks.Only(change.Refused)))
		}
	}
	return append(all,
		hooked("refusal-409", "Refuses logins with status 409.", open, change.Failing(http.StatusConflict, "Login failed").Only(change.Refused)),
		hooked("refusal-418", "Refuses logins with status 418.", open, change.Failing(http.StatusTeapot, "Login failed").Only(change.Refused)),
		hooked("refusal-475", "Refuses logins with a status that nobody registered.", open, change.Failing(475, "Login failed").Only(change.Refused)),
		hooked("refusal-501", "Refuses logins with status 501.", open, change.Failing(http.StatusNotImplemented, "Login failed").Only(change.Refused)),
		hooked("refusal-broken-json", "Refuses logins with a body that is declared as JSON and is none.",
			"OK-3 leaves the bodies of refusals alone", change.Page(http.StatusUnauthorized, "application/json", "{'error': Login failed").Only(change.Refused)),
		hooked("refusal-bom", "Starts the JSON of refusals with a byte order mark.", "OK-3 leaves the bodies of refusals alone",
			change.Body(func(text string) string { return "\uFEFF" + text }).Only(change.Refused)),
		hooked("refusal-bearer-challenge", "Refuses logins with a Bearer challenge.", "ADV-8 is about Basic",
			change.Header("WWW-Authenticate", `Bearer realm="api", error="invalid_token"`).Only(change.Refused)),
		hooked("refusal-challenge-about-basic", "Refuses logins with a Bearer challenge whose realm says Basic.",
			"ADV-8 is about the scheme, not the word inside a realm",
			change.Header("WWW-Authenticate", `Bearer realm="Basic plan, Basic tier", error="invalid_token"`).Only(change.Refused)),
		hooked("refusal-basic-challenge", "Refuses logins with a Basic challenge.", "ADV-8 is an advisory",
			change.Header("WWW-Authenticate", `Basic realm="api"`).Only(change.Refused)).against("ADV-8"),
		hooked("unknown-user-told", "Refuses an unknown user with 404 and a wrong password with 401.", "ADV-3 is an advisory",
			change.Failing(http.StatusNotFound, "No such user").Only(change.Because(change.UnknownUser))).against("ADV-3"),
		hooked("user-echoed", "Names the user and the company in refusals.", "ERR-7 forbids to echo the password alone; ADV-3 compares what the client does not know",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Fail(http.StatusUnauthorized, fmt.Sprintf("%s of %s may not log in", c.Form.Value(reference.ParamUsername), c.Form.Value(reference.ParamCompany)))
			}}.Only(change.Refused)),
		hooked("request-ids", "Puts an id and a time into every refusal.", "ADV-3: what differs by request tells no user apart",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Members.Set("request_id", fmt.Sprintf("%08x-0000-4000-8000-%012d", c.Number*7919, c.Number))
				a.Members.Set("timestamp", fmt.Sprintf("2022-06-30T07:%02d:11.%03dZ", c.Number%60, c.Number))
			}}.Only(change.Refused)),
		hooked("refusal-id-at-random", "Puts an id of letters and digits, drawn at random, into every refusal.", "ADV-3: what differs by request tells no user apart",
			reference.Hooks{Composed: func(_ *reference.Call, a *reference.Answer) { a.Members.Set("request_id", "req_"+rand.Text()) }}.Only(change.Refused)),
		hooked("refusal-form-with-csrf-token", "Refuses logins with a page whose form has a token against forged requests, drawn at random.", "ADV-3: what differs by request tells no user apart",
			reference.Hooks{Encoded: func(_ *reference.Call, a *reference.Answer) {
				a.Header.Set("Content-Type", "text/html; charset=utf-8")
				a.Body = []byte(`<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="` + rand.Text() + `"><p>Please enter a correct username and password.</p></form>`)
			}}.Only(change.Refused)),
		hooked("refusal-token-required", "Says in refusals what is wrong with the tokens of other requests, as validators do.", "the contract's words: a token is a token string",
			change.Member("refresh_token", []string{"This field is required."}).Only(change.Refused)),
		hooked("refusal-tokens-masked", "Repeats in refusals what it logs of a response, with the tokens masked, and where it was logged.", "the contract's words: a token is a token string; ERR-7: one place in a program is no stack trace",
			change.Member("log", reference.Members{{Name: "access_token", Value: "[FILTERED]"}, {Name: "refresh_token", Value: "***"}, {Name: "file", Value: "login.go"},
				{Name: "line", Value: 41}, {Name: "method", Value: "POST"}}).Only(change.Refused)),
		hooked("refusal-cookies-of-null", "Sets the tokens' cookies to null in refusals, as Express writes it.", "the contract's words: a token that is null is none",
			change.Header("Set-Cookie", "access_token=j%3Anull; Path=/; HttpOnly", "refresh_token=j%3Anull; Path=/; HttpOnly").Only(change.Refused)),
		hooked("empty-taken-for-missing", "Takes an empty parameter for a missing one: 500.", "ERR-8: which other status is not documented",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Fail(http.StatusInternalServerError, reference.MissingText(emptyOnes(c)))
			}}.Only(emptied)),
		hooked("fields-validated", "Refuses empty parameters with a text for each field.", "ERR-8: which other status is not documented",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Status, a.Members = http.StatusBadRequest, nil
				for _, name := range emptyOnes(c) {
					a.Members.Set(name, []string{"This field may not be blank."})
				}
			}}.Only(emptied)),
		hooked("multipart-without-parts-rejected", "Rejects a multipart body without parts with 400.",
			"ERR-6: a multipart body has at least one part (RFC 2046, section 5.1.1)",
			change.Failing(http.StatusBadRequest, "Malformed body").Only(func(c *reference.Call) bool {
				return c.Encoding == reference.Multipart && len(c.Form) == 0
			})),
		hooked("username-in-any-case", "Takes usernames in any case.", "no clause asks for their case",
			change.Accepting(reference.ParamUsername, strings.EqualFold).Only(change.Refused)),
	)
}

// emptied picks the refusals of forms with an empty value.
func emptied(c *reference.Call) bool { return change.Refused(c) && len(emptyOnes(c)) > 0 }

func emptyOnes(c *reference.Call) []string {
	return slices.DeleteFunc(reference.Parameters(), func(name string) bool { return c.Form.Value(name) != "" })
}
