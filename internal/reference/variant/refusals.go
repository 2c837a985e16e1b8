package variant

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
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
			{"json", "JSON", failing(status, "Invalid username or password")},
			{"null-tokens", "null tokens", failing(status, "Invalid login").Then(nullTokens())},
			{"html", "an HTML page", page(status, "text/html; charset=utf-8",
				"<!doctype html><html><head><title>Login failed</title></head><body><h1>Login failed</h1><form><input name=username></form></body></html>")},
			{"plain", "plain text", page(status, "text/plain", "Login failed.\n")},
			{"empty", "an empty body", page(status, "", "")},
		} {
			all = append(all, hooked(fmt.Sprintf("refusal-%d-%s", status, way.name),
				fmt.Sprintf("Refuses logins with status %d and %s.", status, way.sentence), open, way.hooks.Only(refused)))
		}
	}
	return append(all,
		hooked("refusal-409", "Refuses logins with status 409.", open, failing(http.StatusConflict, "Login failed").Only(refused)),
		hooked("refusal-418", "Refuses logins with status 418.", open, failing(http.StatusTeapot, "Login failed").Only(refused)),
		hooked("refusal-475", "Refuses logins with a status that nobody registered.", open, failing(475, "Login failed").Only(refused)),
		hooked("refusal-501", "Refuses logins with status 501.", open, failing(http.StatusNotImplemented, "Login failed").Only(refused)),
		hooked("refusal-broken-json", "Refuses logins with a body that is declared as JSON and is none.",
			"OK-3 leaves the bodies of refusals alone", page(http.StatusUnauthorized, "application/json", "{'error': Login failed").Only(refused)),
		hooked("refusal-bom", "Starts the JSON of refusals with a byte order mark.", "OK-3 leaves the bodies of refusals alone",
			body(func(text string) string { return "\uFEFF" + text }).Only(refused)),
		hooked("refusal-bearer-challenge", "Refuses logins with a Bearer challenge.", "ADV-8 is about Basic",
			header("WWW-Authenticate", `Bearer realm="api", error="invalid_token"`).Only(refused)),
		hooked("refusal-challenge-about-basic", "Refuses logins with a Bearer challenge whose realm says Basic.",
			"ADV-8 is about the scheme, not the word inside a realm",
			header("WWW-Authenticate", `Bearer realm="Basic plan, Basic tier", error="invalid_token"`).Only(refused)),
		hooked("refusal-basic-challenge", "Refuses logins with a Basic challenge.", "ADV-8 is an advisory",
			header("WWW-Authenticate", `Basic realm="api"`).Only(refused)).against("ADV-8"),
		hooked("unknown-user-told", "Refuses an unknown user with 404 and a wrong password with 401.", "ADV-3 is an advisory",
			failing(http.StatusNotFound, "No such user").Only(unknownUser)).against("ADV-3"),
		hooked("user-echoed", "Names the user and the company in refusals.", "ERR-7 forbids to echo the password alone; ADV-3 compares what the client does not know",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Fail(http.StatusUnauthorized, fmt.Sprintf("%s of %s may not log in", value(c, reference.ParamUsername), value(c, reference.ParamCompany)))
			}}.Only(refused)),
		hooked("request-ids", "Puts an id and a time into every refusal.", "ADV-3: what differs by request tells no user apart",
			reference.Hooks{Composed: func(c *reference.Call, a *reference.Answer) {
				a.Members.Set("request_id", fmt.Sprintf("%08x-0000-4000-8000-%012d", c.Number*7919, c.Number))
				a.Members.Set("timestamp", fmt.Sprintf("2022-06-30T07:%02d:11.%03dZ", c.Number%60, c.Number))
			}}.Only(refused)),
		hooked("refusal-id-at-random", "Puts an id of letters and digits, drawn at random, into every refusal.", "ADV-3: what differs by request tells no user apart",
			reference.Hooks{Composed: func(_ *reference.Call, a *reference.Answer) { a.Members.Set("request_id", "req_"+rand.Text()) }}.Only(refused)),
		hooked("refusal-form-with-csrf-token", "Refuses logins with a page whose form has a token against forged requests, drawn at random.", "ADV-3: what differs by request tells no user apart",
			reference.Hooks{Encoded: func(_ *reference.Call, a *reference.Answer) {
				a.Header.Set("Content-Type", "text/html; charset=utf-8")
				a.Body = []byte(`<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="` + rand.Text() + `"><p>Please enter a correct username and password.</p></form>`)
			}}.Only(refused)),
		hooked("refusal-token-required", "Says in refusals what is wrong with the tokens of other requests, as validators do.", "the contract's words: a token is a token string",
			member("refresh_token", []string{"This field is required."}).Only(refused)),
		hooked("refusal-tokens-masked", "Repeats in refusals what it logs of a response, with the tokens masked, and where it was logged.", "the contract's words: a token is a token string; ERR-7: one place in a program is no stack trace",
			member("log", reference.Members{{Name: "access_token", Value: "[FILTERED]"}, {Name: "refresh_token", Value: "***"}, {Name: "file", Value: "login.go"},
				{Name: "line", Value: 41}, {Name: "method", Value: "POST"}}).Only(refused)),
		hooked("refusal-cookies-of-null", "Sets the tokens' cookies to null in refusals, as Express writes it.", "the contract's words: a token that is null is none",
			header("Set-Cookie", "access_token=j%3Anull; Path=/; HttpOnly", "refresh_token=j%3Anull; Path=/; HttpOnly").Only(refused)),
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
			failing(http.StatusBadRequest, "Malformed body").Only(func(c *reference.Call) bool {
				return c.Encoding == reference.Multipart && len(c.Form) == 0
			})),
		hooked("username-in-any-case", "Takes usernames in any case.", "no clause asks for their case",
			reference.Hooks{Decided: func(c *reference.Call) {
				for _, user := range c.Users() {
					if refused(c) && strings.EqualFold(user.Username, value(c, reference.ParamUsername)) &&
						user.Company == value(c, reference.ParamCompany) && user.Password == value(c, reference.ParamPassword) {
						c.Grant(user)
					}
				}
			}}),
	)
}
