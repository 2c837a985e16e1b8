package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func accessLifetime() []Fault {
	lives := func(seconds int64) reference.Hooks { return change.Lifetime(seconds, reference.Access) }
	return of("TOK-4",
		hooked("access-lives-59-seconds", "Issues access tokens that live 59 seconds.", lives(minute-1)),
		hooked("access-lives-3601-seconds", "Issues access tokens that live an hour and a second.", lives(hour+1)),
		hooked("access-lives-15-seconds", "Issues access tokens that live 15 seconds, taking minutes for seconds.", lives(15)),
		hooked("access-lives-no-time", "Issues access tokens that expire the moment they are issued.", lives(0)),
		hooked("access-lives-less-than-no-time", "Issues access tokens that expire half a minute before they are issued.", lives(-minute/2)),
		hooked("access-lives-15-hours", "Issues access tokens that live 15 hours, taking minutes for hours.", lives(15*hour)),
		hooked("access-lives-a-day", "Issues access tokens that live a day.", lives(day)),
		hooked("access-lives-900000-seconds", "Issues access tokens that live 900000 seconds, taking milliseconds for seconds.",
			lives(15*minute*1000).Then(change.Lifetime(30*day, reference.Refresh))),
	)
}
