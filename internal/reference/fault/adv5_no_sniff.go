package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func noSniff() []Fault {
	const field = "X-Content-Type-Options"
	return of("ADV-5",
		hooked("nosniff-absent", "Sends answers without X-Content-Type-Options.", change.Header(field)),
		hooked("nosniff-misspelt", "Sends X-Content-Type-Options with the value no-sniff.", change.Header(field, "no-sniff")),
		hooked("nosniff-second", "Sends X-Content-Type-Options with nosniff as its second value.", change.Header(field, "none, nosniff")),
		hooked("nosniff-absent-from-tokens", "Sends token responses without X-Content-Type-Options.", change.Header(field).Only(change.Granted)),
		hooked("nosniff-absent-from-errors", "Sends errors without X-Content-Type-Options.",
			change.Composing(func(a *reference.Answer) { a.Header.Del(field) }).Only(change.Not(change.Granted))),
	)
}
