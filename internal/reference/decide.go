package reference

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
)

// decide settles what the call comes to. Nothing but path, method and form
// counts: no Authorization header (REQ-2, REQ-3), no query.
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
	if c.hasBlank() {
		return
	}
	for _, user := range c.Users() {
		if c.Form.matches(user) {
			c.Grant(user)
		}
	}
}

// hasBlank tells whether a value is empty, or a name only blanks (ERR-8).
func (c *Call) hasBlank() bool {
	username, _ := c.Form.Get(ParamUsername)
	company, _ := c.Form.Get(ParamCompany)
	password, _ := c.Form.Get(ParamPassword)
	return blank(username) || blank(company) || password == ""
}

// matches compares all three values in constant time, so that neither the
// answer nor its delay tells which one is wrong (ADV-3).
func (f Form) matches(user User) bool {
	username, _ := f.Get(ParamUsername)
	company, _ := f.Get(ParamCompany)
	password, _ := f.Get(ParamPassword)
	return same(username, user.Username)&same(company, user.Company)&same(password, user.Password) == 1
}

// same is 1 for equal strings; hashing hides their lengths.
func same(a, b string) int {
	hashA, hashB := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(hashA[:], hashB[:])
}
