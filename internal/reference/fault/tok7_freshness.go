package fault

import (
	"net/http"
	"time"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func freshness() []Fault {
	return of("TOK-7",
		hooked("issued-two-hours-ago", "Issues tokens as of two hours ago, so that the access token has expired.", change.Shifted(-2*hour)),
		hooked("issued-two-minutes-ago", "Issues tokens as of two minutes ago.", change.Shifted(-2*minute)),
		hooked("issued-in-two-minutes", "Issues tokens as of two minutes from now.", change.Shifted(2*minute)),
		hooked("issued-in-local-time", "Takes the local time for UTC, five and a half hours ahead.", change.Shifted(5*hour+30*minute)),
		hooked("access-token-issued-an-hour-ago", "Issues access tokens as of an hour ago, already expired.", change.Shifted(-hour, reference.Access)),
		hooked("refresh-token-issued-tomorrow", "Issues refresh tokens as of tomorrow.", change.Shifted(day, reference.Refresh)),
		hooked("issued-in-1970", "Issues tokens as of 1970, for want of a clock.",
			change.Tokens(func(t *reference.Token) {
				lifetime := change.Number(t.Claims["exp"]) - change.Number(t.Claims["iat"])
				t.Claims["iat"], t.Claims["exp"] = int64(0), lifetime
			})),
		hooked("issued-an-hour-ago-beside-two-dates", "Issues tokens as of an hour ago, with two Date fields of which only one says so.",
			change.Shifted(-hour).Then(change.Encoding(func(a *reference.Answer) {
				now := time.Now().UTC()
				a.Header["Date"] = []string{now.Add(-time.Hour).Format(http.TimeFormat), now.Format(http.TimeFormat)}
			}))),
		hooked("date-header-an-hour-behind", "Names a time in the Date header that is an hour before the tokens'.",
			change.Encoding(func(a *reference.Answer) {
				if date, err := http.ParseTime(a.Header.Get("Date")); err == nil {
					a.Header.Set("Date", date.Add(-time.Hour).Format(http.TimeFormat))
				}
			})),
	)
}
