package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func alwaysAlike() []Fault {
	return of("OK-5",
		hooked("every-third-login-crashes", "Answers every third valid login with 500.",
			change.Failing(http.StatusInternalServerError, "Internal server error").Only(change.Every(3))),
		hooked("every-second-login-without-refresh-token", "Answers every second valid login without a refresh token.",
			change.Without(reference.MemberRefresh).Only(change.Every(2))),
		hooked("every-second-login-refused", "Refuses every second valid login with 401.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(change.Every(2))),
		hooked("every-third-login-declared-as-html", "Declares every third token response as text/html.",
			change.Header("Content-Type", "text/html").Only(change.Every(3))),
		hooked("every-third-login-with-another-release", "Answers every third valid login with the release version dev.",
			change.Member(reference.MemberRelease, "dev").Only(change.Every(3))),
		hooked("every-fourth-access-token-expired", "Answers every fourth valid login with an access token that expired an hour ago.",
			change.Shifted(-2*hour, reference.Access).Only(change.Every(4))),
		hooked("every-second-access-token-lives-a-day", "Answers every second valid login with an access token that lives a day.",
			change.Lifetime(day, reference.Access).Only(change.Every(2))),
		hooked("every-third-pair-typed-access", "Answers every third valid login with a refresh token of type access.",
			change.Claim("token_type", "access", reference.Refresh).Only(change.Every(3))),
		hooked("six-logins-granted", "Grants six valid logins and refuses all that come later.",
			change.Failing(http.StatusForbidden, "Too many active sessions").Only(after(6))),
		hooked("one-login-granted", "Grants one valid login and refuses all that come later.",
			change.Failing(http.StatusUnauthorized, "Already logged in").Only(after(1))),
	)
}

// after picks the granted logins of a server but the first few.
func after(first int64) change.Match { return func(c *reference.Call) bool { return c.Login > first } }
