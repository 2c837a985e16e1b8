package change

import (
	"slices"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/reference"
)

// Reason is why a complete form is refused.
type Reason string

// The reasons, in the order in which they count.
const (
	BlankValue     Reason = "blank value"     // ERR-8
	UnknownUser    Reason = "unknown user"    // REF-2
	UnknownCompany Reason = "unknown company" // REF-3
	OtherCompany   Reason = "other company"   // REF-4
	WrongPassword  Reason = "wrong password"  // REF-1
)

// Because picks the refusals for one reason.
func Because(why Reason) Match {
	return func(c *reference.Call) bool { return Refused(c) && reasonOf(c) == why }
}

func reasonOf(c *reference.Call) Reason {
	username, company := c.Form.Value(reference.ParamUsername), c.Form.Value(reference.ParamCompany)
	isUser := func(u reference.User) bool { return u.Username == username }
	hasCompany := func(u reference.User) bool { return u.Company == company }
	switch {
	case c.HasBlank():
		return BlankValue
	case !slices.ContainsFunc(c.Users(), isUser):
		return UnknownUser
	case !slices.ContainsFunc(c.Users(), hasCompany):
		return UnknownCompany
	case !slices.ContainsFunc(c.Users(), func(u reference.User) bool { return isUser(u) && hasCompany(u) }):
		return OtherCompany
	default:
		return WrongPassword
	}
}

// held returns what a user's account holds for a parameter.
func held(user reference.User, parameter string) string {
	switch parameter {
	case reference.ParamUsername:
		return user.Username
	case reference.ParamCompany:
		return user.Company
	default:
		return user.Password
	}
}

// userBut returns the user whose values were sent, but for one parameter, which fits judges.
func userBut(c *reference.Call, parameter string, fits func(sent, held string) bool) (reference.User, bool) {
	for _, user := range c.Users() {
		if !slices.ContainsFunc(reference.Parameters(), func(each string) bool {
			sent := c.Form.Value(each)
			if each == parameter {
				return !fits(sent, held(user, each))
			}
			return sent != held(user, each)
		}) {
			return user, true
		}
	}
	return reference.User{}, false
}

// Accepting logs a user in whose values were sent but for one parameter, where fits says so.
func Accepting(parameter string, fits func(sent, held string) bool) reference.Hooks {
	return reference.Hooks{Decided: func(c *reference.Call) {
		if user, found := userBut(c, parameter, fits); found {
			c.Grant(user)
		}
	}}
}

// Anything fits whatever was sent.
func Anything(string, string) bool { return true }

// NoLonger fits what passes for a value by its length.
func NoLonger(sent, held string) bool {
	return utf8.RuneCountInString(sent) <= utf8.RuneCountInString(held)
}
