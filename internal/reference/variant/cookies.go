package variant

import (
	"fmt"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// cookies differ in what the server wants a browser to keep.
func cookies() []Variant {
	const others = "ERR-7 forbids tokens in cookies, not other cookies"
	flood := make([]string, 300)
	for i := range flood {
		flood[i] = fmt.Sprintf("track_%d=%032d; Path=/; Secure; SameSite=None", i, i)
	}
	return []Variant{
		hooked("session-cookies", "Sets the cookies of a session and against forged requests.", others, change.Header("Set-Cookie",
			"sessionid=k3x8q0v1s7c2b5n9; HttpOnly; Path=/; SameSite=Lax", "csrftoken=Qm9d3fKx0aW2LrTzUeYsVnHgJpCbXi81; Path=/; Max-Age=31449600")),
		hooked("cookie-flood", "Sets 300 cookies with every answer.", others, change.Header("Set-Cookie", flood...)),
		hooked("token-cookies-deleted", "Deletes the cookies of earlier logins with errors and refusals.",
			"ERR-7: a deleted cookie holds no token", change.Header("Set-Cookie",
				"access_token=; Path=/; Max-Age=0", `refresh_token=""; Path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT`,
				"accessToken=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0; path=/").Only(change.Failed)),
		hooked("token-cookies-at-login", "Sets the tokens as cookies at a login, too.", "ERR-7 forbids it to errors and refusals alone",
			change.Composing(func(a *reference.Answer) {
				access, _ := a.Members.Get(reference.MemberAccess).(string)
				refresh, _ := a.Members.Get(reference.MemberRefresh).(string)
				a.Header["Set-Cookie"] = []string{"access_token=" + access + "; HttpOnly", "refresh_token=" + refresh + "; HttpOnly"}
			}).Only(change.Granted)),
		hooked("broken-cookies", "Sets cookies that no browser would keep.", others, change.Header("Set-Cookie", "", "=", ";;;", "a b c=1", "x=\"unclosed")),
		hooked("play-session", "Keeps its own session as a JWT in a cookie, also of refusals.", "ERR-7: tokens are those of this endpoint",
			change.Header("Set-Cookie", "PLAY_SESSION="+sessionToken(`{"data":{"csrfToken":"5c1d-1656576038000-9f0e"},"nbf":1656576038,"iat":1656576038}`)+"; SameSite=Lax; Path=/; HTTPOnly")),
	}
}
