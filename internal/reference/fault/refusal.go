package fault

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/reference"
)

// reason is why a complete form is refused.
type reason string

const (
	blankValue     reason = "blank value"     // ERR-8
	unknownUser    reason = "unknown user"    // REF-2
	unknownCompany reason = "unknown company" // REF-3
	otherCompany   reason = "other company"   // REF-4
	wrongPassword  reason = "wrong password"  // REF-1
)

// because picks the refusals for one reason.
func because(why reason) match {
	return func(c *reference.Call) bool { return refused(c) && reasonOf(c) == why }
}

func reasonOf(c *reference.Call) reason {
	username, company := value(c, reference.ParamUsername), value(c, reference.ParamCompany)
	isUser := func(u reference.User) bool { return u.Username == username }
	hasCompany := func(u reference.User) bool { return u.Company == company }
	switch {
	case isBlank(username), isBlank(company), value(c, reference.ParamPassword) == "":
		return blankValue
	case !slices.ContainsFunc(c.Users(), isUser):
		return unknownUser
	case !slices.ContainsFunc(c.Users(), hasCompany):
		return unknownCompany
	case !slices.ContainsFunc(c.Users(), func(u reference.User) bool { return isUser(u) && hasCompany(u) }):
		return otherCompany
	default:
		return wrongPassword
	}
}

// value is what was sent for a parameter; "" where nothing was.
func value(c *reference.Call, parameter string) string {
	sent, _ := c.Form.Get(parameter)
	return sent
}

func isBlank(text string) bool { return strings.TrimSpace(text) == "" }

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

// userBut returns the user whose values were sent, but for one parameter, which
// fits judges.
func userBut(c *reference.Call, parameter string, fits func(sent, held string) bool) (reference.User, bool) {
	for _, user := range c.Users() {
		if !slices.ContainsFunc(reference.Parameters(), func(each string) bool {
			sent := value(c, each)
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

// accepting logs a user in whose values were sent but for one parameter, where
// fits says so.
func accepting(parameter string, fits func(sent, held string) bool) reference.Hooks {
	return reference.Hooks{Decided: func(c *reference.Call) {
		if user, found := userBut(c, parameter, fits); found {
			c.Grant(user)
		}
	}}
}

// anything fits whatever was sent.
func anything(string, string) bool { return true }

// noLonger fits what passes for a value by its length.
func noLonger(sent, held string) bool {
	return utf8.RuneCountInString(sent) <= utf8.RuneCountInString(held)
}
