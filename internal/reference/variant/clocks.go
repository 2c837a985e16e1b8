package variant

import (
	"net/http"
	"time"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// clocks differ in what time the server and its tokens tell.
func clocks() []Variant {
	const (
		tolerated = "TOK-7: within the clock tolerance of 60 s"
		byDate    = "TOK-7: measured against the response's Date header when there is one"
	)
	off := func(by time.Duration) func(*reference.Config) {
		return func(config *reference.Config) { config.Now = func() time.Time { return time.Now().Add(by) } }
	}
	undated := change.Hooked(change.Header("Date"))
	dated := func(text func(time.Time) string) reference.Hooks {
		return change.Composing(func(a *reference.Answer) { a.Header.Set("Date", text(time.Now().UTC())) })
	}
	const disagreeing = "TOK-7: if several Date fields disagree, there is none, and our own clock counts"
	dates := func(first, second time.Duration) reference.Hooks {
		return change.Composing(func(a *reference.Answer) {
			now := time.Now().UTC()
			a.Header["Date"] = []string{now.Add(first).Format(http.TimeFormat), now.Add(second).Format(http.TimeFormat)}
		})
	}
	return []Variant{
		configured("clock-50-s-ahead", "Has a clock 50 s ahead, and says so in Date.", tolerated, off(50*time.Second)),
		configured("clock-50-s-behind", "Has a clock 50 s behind, and says so in Date.", tolerated, off(-50*time.Second)),
		configured("clock-50-s-ahead-without-date", "Has a clock 50 s ahead, and sends no Date.", tolerated, off(50*time.Second)).and(undated),
		configured("clock-50-s-behind-without-date", "Has a clock 50 s behind, and sends no Date.", tolerated, off(-50*time.Second)).and(undated),
		configured("clock-an-hour-ahead", "Has a clock an hour ahead, and says so in Date.", byDate, off(time.Hour)),
		configured("clock-an-hour-behind", "Has a clock an hour behind, and says so in Date.", byDate, off(-time.Hour)),
		hooked("tokens-50-s-ahead-of-date", "Issues tokens by a clock 50 s ahead of Date.", tolerated, change.Shifted(50)),
		hooked("tokens-50-s-behind-date", "Issues tokens by a clock 50 s behind Date.", tolerated, change.Shifted(-50)),
		hooked("no-date", "Sends no Date.", "TOK-7: our own clock otherwise", change.Header("Date")),
		hooked("date-in-the-old-format", "Sends Date as RFC 850 has it.", byDate+"; recipients read that format, too (RFC 9110, section 5.6.7)",
			dated(func(now time.Time) string { return now.Format("Monday, 02-Jan-06 15:04:05 GMT") })),
		hooked("date-of-asctime", "Sends Date as asctime writes it.", byDate+"; recipients read that format, too (RFC 9110, section 5.6.7)",
			dated(func(now time.Time) string { return now.Format(time.ANSIC) })),
		hooked("date-twice", "Sends Date twice, with equal values.", "TOK-7: equal duplicates of Date count as one", dates(0, 0)),
		hooked("date-twice-first-behind", "Sends Date twice, the first one two hours behind.", disagreeing, dates(-2*time.Hour, 0)),
		hooked("date-twice-second-ahead", "Sends Date twice, the second one two hours ahead.", disagreeing, dates(0, 2*time.Hour)),
		hooked("date-twice-both-behind", "Sends Date twice, an hour and two hours behind.", disagreeing, dates(-time.Hour, -2*time.Hour)),
		hooked("date-twice-in-one-field", "Sends two equal values in one Date field.", "TOK-7: our own clock where there is no Date to measure against",
			dated(func(now time.Time) string {
				text := now.Add(-time.Hour).Format(http.TimeFormat)
				return text + ", " + text
			})),
		hooked("date-unreadable", "Sends a Date that is none.", "TOK-7: our own clock where there is no Date to measure against",
			dated(func(now time.Time) string { return now.Format(time.RFC3339) })),
		configured("date-of-a-proxy", "Has a clock 40 s behind that of the proxy that sets Date.", tolerated, off(-40*time.Second)).
			and(change.Hooked(dated(func(now time.Time) string { return now.Format(http.TimeFormat) }))),
	}
}

// lifetimes are at the ends of what the clauses allow.
func lifetimes() []Variant {
	const day = 24 * time.Hour
	lives := func(name, because string, access, refresh time.Duration) Variant {
		return configured(name, "Issues access tokens for "+access.String()+" and refresh tokens for "+refresh.String()+".", because,
			func(config *reference.Config) { config.AccessLifetime, config.RefreshLifetime = access, refresh })
	}
	return []Variant{
		lives("lifetimes-shortest", "TOK-4: at least 60 s; TOK-5: at least 24 hours", time.Minute, day),
		lives("lifetimes-longest", "TOK-4: at most 60 minutes; ADV-4: no longer than 90 days", time.Hour, 90*day),
		lives("lifetimes-of-the-library", "TOK-4 and TOK-5 hold the defaults of the library that mints such tokens", 5*time.Minute, day),
		lives("refresh-lives-a-year", "TOK-5 has no upper bound; ADV-4 is an advisory", 15*time.Minute, 365*day).against("ADV-4"),
	}
}
