package reference

// Decision is what the server makes of a request, before any answer exists.
type Decision string

// The decisions, with the status that each is answered with.
const (
	// Granted is a valid login: 200 (OK-1).
	Granted Decision = "granted"
	// Missing is a form without at least one parameter: 500 (ERR-1 to ERR-4).
	Missing Decision = "missing"
	// Refused is a form with an empty or wrong value: 401 (ERR-8, REF-1 to
	// REF-4).
	Refused Decision = "refused"
	// Malformed is a body that can't be read as what it says it is: 400.
	Malformed Decision = "malformed"
	// TooLarge is a body above the cap: 413.
	TooLarge Decision = "too large"
	// Unsupported is a body that is not a form: 415.
	Unsupported Decision = "unsupported"
	// NotAllowed is a method other than POST and OPTIONS: 405 (REF-5).
	NotAllowed Decision = "not allowed"
	// Options is OPTIONS, with CORS headers for a preflight (ADV-7): 204.
	Options Decision = "options"
	// NotFound is any other path: 404.
	NotFound Decision = "not found"
)
