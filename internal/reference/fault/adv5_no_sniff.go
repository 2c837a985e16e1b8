package fault

import "github.com/klearstack/conformance/internal/reference"

func noSniff() []Fault {
	const field = "X-Content-Type-Options"
	return of("ADV-5",
		hooked("nosniff-absent", "Sends answers without X-Content-Type-Options.", header(field, "")),
		hooked("nosniff-misspelt", "Sends X-Content-Type-Options with the value no-sniff.", header(field, "no-sniff")),
		hooked("nosniff-second", "Sends X-Content-Type-Options with nosniff as its second value.", header(field, "none, nosniff")),
		hooked("nosniff-absent-from-tokens", "Sends token responses without X-Content-Type-Options.", header(field, "").Only(granted)),
		hooked("nosniff-absent-from-errors", "Sends errors without X-Content-Type-Options.",
			composing(func(a *reference.Answer) { a.Header.Del(field) }).Only(not(granted))),
	)
}
