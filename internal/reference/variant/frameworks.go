package variant

import (
	"fmt"
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

// frameworks look as web frameworks make servers look.
func frameworks() []Variant {
	const look = "no clause names a framework: each of these headers, members and texts is allowed by itself"
	errors := func(text string) reference.Hooks {
		return naming(func(_ *reference.Call, missing []string) string { return fmt.Sprintf(text, missing[0]) })
	}
	with := func(hooks func(c *reference.Call, a *reference.Answer)) reference.Hooks {
		return reference.Hooks{Composed: hooks}
	}
	jsonAs := func(contentType string) reference.Hooks { return header("Content-Type", contentType).Only(nonempty) }
	return []Variant{
		hooked("django", "Looks like Django REST framework.", look, errors("'%s'"), header("Vary", "Accept, Cookie, Origin"),
			header("Allow", "POST, OPTIONS"), header("X-Frame-Options", "DENY"), header("Referrer-Policy", "same-origin"),
			header("Cross-Origin-Opener-Policy", "same-origin"), header("Server", "gunicorn"),
			header("Set-Cookie", "csrftoken=Qm9d3fKx0aW2LrTzUeYsVnHgJpCbXi81; Path=/; SameSite=Lax", "sessionid=k3x8q0v1s7c2b5n9; HttpOnly; Path=/"),
			with(func(_ *reference.Call, a *reference.Answer) {
				a.Members = reference.Members{{Name: "detail", Value: "No active account found with the given credentials"}, {Name: "code", Value: "no_active_account"}}
				a.Header.Set("WWW-Authenticate", `Bearer realm="api"`)
			}).Only(refused)).against("ADV-6"),
		hooked("flask", "Looks like Flask.", look, errors("400 Bad Request: KeyError: '%s'"), header("Server", "Werkzeug/2.1.2 Python/3.10.5"),
			body(indented),
			page(http.StatusUnauthorized, "text/html; charset=utf-8", "<!doctype html>\n<html lang=en>\n<title>401 Unauthorized</title>\n<h1>Unauthorized</h1>\n").Only(refused)).
			against("ADV-6"),
		hooked("fastapi", "Looks like FastAPI.", look, header("Server", "uvicorn"), with(func(c *reference.Call, a *reference.Answer) {
			var details []reference.Members
			for _, name := range c.Missing {
				details = append(details, reference.Members{{Name: "loc", Value: []string{"body", name}}, {Name: "msg", Value: "field required"}, {Name: "type", Value: "value_error.missing"}})
			}
			a.Members.Set("detail", details)
		}).Only(missing)),
		hooked("spring", "Looks like Spring.", look, jsonAs("application/json;charset=UTF-8"),
			header("Set-Cookie", "JSESSIONID=0A1B2C3D4E5F60718293A4B5C6D7E8F9; Path=/; HttpOnly"), header("Vary", "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"),
			header("X-Xss-Protection", "0"), header("Pragma", "no-cache"), header("Expires", "0"),
			header("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
			errors("Required request parameter '%s' for method parameter type String is not present"),
			with(func(c *reference.Call, a *reference.Answer) {
				a.Members = append(reference.Members{{Name: "timestamp", Value: fmt.Sprintf("2022-06-30T08:00:%02d.000+00:00", c.Number%60)}, {Name: "status", Value: a.Status}},
					append(a.Members, reference.Members{{Name: "message", Value: ""}, {Name: "path", Value: reference.Path}}...)...)
			}).Only(failed)).against("ADV-6"),
		hooked("express", "Looks like Express.", look, jsonAs("application/json; charset=utf-8"), header("X-Powered-By", "Express"),
			header("Etag", `W/"1f-Tz0Zm9vYmFyYmF6cXV1eA"`), header("Keep-Alive", "timeout=5"), errors(`"%s" is required`)).against("ADV-6"),
		hooked("laravel", "Looks like Laravel.", look, header("X-Ratelimit-Limit", "60"), header("X-Ratelimit-Remaining", "59"), header("X-Powered-By", "PHP/8.1.7"),
			header("Set-Cookie", "XSRF-TOKEN=eyJpdiI6IkxhcmF2ZWwiLCJ2YWx1ZSI6InNlc3Npb24iLCJtYWMiOiI2MmJkIn0%3D; path=/; samesite=lax",
				"laravel_session=eyJpdiI6IkxhcmF2ZWwiLCJ2YWx1ZSI6Im90aGVyIiwibWFjIjoiNjJiZSJ9; path=/; httponly"),
			errors("The %s field is required."), with(func(c *reference.Call, a *reference.Answer) {
				fields := reference.Members{}
				for _, name := range c.Missing {
					fields.Set(name, []string{"The " + name + " field is required."})
				}
				a.Members.Set("message", "The given data was invalid.")
				a.Members.Set("errors", fields)
			}).Only(missing)).against("ADV-6"),
		hooked("asp-net", "Looks like ASP.NET Core.", look, jsonAs("application/json; charset=utf-8"), header("Server", "Kestrel"), header("X-Powered-By", "ASP.NET"),
			header("Set-Cookie", ".AspNetCore.Antiforgery.w5W7x28NAIs=CfDJ8NZoXLbmNl1Hk0ZlZ0JtYXo; path=/; samesite=strict; httponly"),
			errors("The %s field is required."), with(func(c *reference.Call, a *reference.Answer) {
				a.Members = append(reference.Members{{Name: "type", Value: "https://tools.ietf.org/html/rfc9110#section-15.6.1"}, {Name: "title", Value: "An error occurred."},
					{Name: "status", Value: a.Status}, {Name: "traceId", Value: fmt.Sprintf("00-0af7651916cd43dd8448eb211c80319c-%016x-01", c.Number)}}, a.Members...)
			}).Only(failed)).against("ADV-6"),
		hooked("rails", "Looks like Rails.", look, jsonAs("application/json; charset=utf-8"), header("X-Runtime", "0.004711"),
			header("X-Request-Id", "0b1e2d3c-4f5a-6789-abcd-ef0123456789"), header("Set-Cookie", "_app_session=dGhlIHNlc3Npb24%3D--62bd0cd5; path=/; HttpOnly"),
			errors("param is missing or the value is empty: %s")).against("ADV-6"),
		hooked("play", "Looks like Play.", look,
			header("Set-Cookie", "PLAY_SESSION="+sessionToken(`{"data":{"csrfToken":"5c1d"},"nbf":1656576038,"iat":1656576038}`)+"; Path=/; HTTPOnly"),
			header("Request-Time", "3"), errors("error.required: %s")).against("ADV-6"),
		hooked("go", "Looks like a plain Go program.", look, errors("missing form value %s"),
			body(func(text string) string { return text + "\n" }),
			page(http.StatusUnauthorized, "text/plain; charset=utf-8", "Unauthorized\n").Only(refused)).against("ADV-6"),
	}
}
