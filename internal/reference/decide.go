package reference

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
)

// Decision is what the server makes of a request, before any answer exists.
type Decision string

// The decisions, with the status that each is answered with.
const (
	// Granted is a valid login: 200 (OK-1).
	Granted Decision = "granted"
	// Missing is a form without at least one parameter: 500 (ERR-1 to ERR-4).
	Missing Decision = "missing"
	// Refused is a form with an empty or wrong value: 401 (ERR-8, REF-1 to REF-4).
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

// decide settles what the call comes to. Nothing but path, method and form counts: no Authorization header (REQ-2,
// REQ-3), no query.
func (s *Server) decide(call *Call) {
	switch {
	case call.Request.URL.Path != Path:
		call.Decision = NotFound
	case call.Request.Method == http.MethodOptions:
		call.Decision = Options
	case call.Request.Method != http.MethodPost:
		call.Decision = NotAllowed
	case call.Decision == "":
		call.judge()
	}
	if hook := s.config.Hooks.Decided; hook != nil {
		hook(call)
	}
	if call.Decision == Granted {
		call.Login = s.logins.Add(1)
	}
}

// judge decides by the form alone.
func (c *Call) judge() {
	if c.Missing = c.Form.missing(); len(c.Missing) > 0 {
		c.Decision = Missing
		return
	}
	c.Decision = Refused
	if c.HasBlank() {
		return
	}
	for _, user := range c.Users() {
		if c.Form.matches(user) {
			c.Grant(user)
		}
	}
}

// HasBlank reports whether a value is empty, or a name only blanks (ERR-8).
func (c *Call) HasBlank() bool {
	return blank(c.Form.Value(ParamUsername)) || blank(c.Form.Value(ParamCompany)) || c.Form.Value(ParamPassword) == ""
}

// matches compares all three values in constant time, so that neither the answer nor its delay tells which one is wrong
// (ADV-3).
func (f Form) matches(user User) bool {
	return same(f.Value(ParamUsername), user.Username)&same(f.Value(ParamCompany), user.Company)&
		same(f.Value(ParamPassword), user.Password) == 1
}

// same is 1 for equal strings; hashing hides their lengths.
func same(a, b string) int {
	hashA, hashB := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(hashA[:], hashB[:])
}
