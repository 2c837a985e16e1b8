package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func expiryOrder() []Fault {
	tooShort := AlsoBroken{"TOK-5", "a refresh token that expires no later than an access token of minutes lives less than a day"}
	tooLong := AlsoBroken{"TOK-4", "an access token that expires no earlier than a refresh token of days lives more than an hour"}
	return of("TOK-6",
		hooked("pair-expires-together", "Lets the refresh token expire with the access token, after 15 minutes.",
			change.Lifetime(15*minute), tooShort),
		hooked("pair-expires-together-after-a-day", "Lets the access token expire with the refresh token, after a day.",
			change.Lifetime(day), tooLong),
		hooked("refresh-expires-first", "Lets the refresh token expire a minute before the access token, after 14 minutes.",
			change.Lifetime(14*minute, reference.Refresh), tooShort),
		hooked("access-expires-last", "Lets the access token expire a day after the refresh token.",
			change.Lifetime(8*day, reference.Access), tooLong),
	)
}
