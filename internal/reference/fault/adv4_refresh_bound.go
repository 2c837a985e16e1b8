package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func refreshBound() []Fault {
	lives := func(seconds int64) reference.Hooks { return change.Lifetime(seconds, reference.Refresh) }
	return of("ADV-4",
		hooked("refresh-lives-90-days-and-a-second", "Issues refresh tokens that live 90 days and a second.", lives(90*day+1)),
		hooked("refresh-lives-a-year", "Issues refresh tokens that live a year.", lives(365*day)),
		hooked("refresh-lives-a-century", "Issues refresh tokens that live a hundred years.", lives(36500*day)),
		hooked("refresh-exp-in-milliseconds", "Writes the exp of refresh tokens in milliseconds.",
			change.Tokens(func(t *reference.Token) { t.Claims["exp"] = 1000 * change.Number(t.Claims["exp"]) }, reference.Refresh)),
	)
}
