package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func refreshLifetime() []Fault {
	lives := func(seconds int64) reference.Hooks { return change.Lifetime(seconds, reference.Refresh) }
	return of("TOK-5",
		hooked("refresh-lives-a-second-under-a-day", "Issues refresh tokens that live a second less than 24 hours.", lives(day-1)),
		hooked("refresh-lives-23-hours", "Issues refresh tokens that live 23 hours.", lives(23*hour)),
		hooked("refresh-lives-7-hours", "Issues refresh tokens that live 7 hours, taking days for hours.", lives(7*hour)),
		hooked("refresh-lives-an-hour", "Issues refresh tokens that live an hour.", lives(hour)),
		hooked("lifetimes-of-the-page-example", "Issues tokens that live two and three minutes, as the page's example tokens do.",
			change.Lifetime(2*minute, reference.Access).Then(lives(3*minute))),
	)
}
