package requests

import (
	"net/http"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
)

// Missing leaves parameters out (ERR-1 to ERR-6). A multipart body has at least one part (RFC 2046, section 5.1.1): where
// every parameter is missing, one of an unknown name.
func (c Catalogue) Missing(encoding exchange.Encoding, missing ...string) exchange.Request {
	params := slices.DeleteFunc(c.credentials(), func(param exchange.Param) bool {
		return slices.Contains(missing, param.Name)
	})
	if encoding == exchange.Multipart && len(params) == 0 {
		params = append(params, extra())
	}
	return post("the "+string(encoding)+" form without "+strings.Join(missing, ", "), encoding, params)
}

// Pair is a form with missing parameters beside something that should make no difference, and the form alone. Where the
// first gets the documented response, the second need not be sent.
type Pair struct{ Beside, Alone exchange.Request }

// MissingFromOtherOrigin is a form that a page of another origin sends, where the preflight gives permission to it (ADV-7).
func (c Catalogue) MissingFromOtherOrigin() Pair {
	alone := c.Missing(exchange.Multipart, "company_name")
	beside := FromOtherOrigin(alone)
	beside.Name += ", from another origin"
	return Pair{Beside: beside, Alone: alone}
}

// BesideBasic is a form beside the Basic authorization that the browser sample sends (REQ-3).
func BesideBasic(alone exchange.Request) Pair { return Pair{Beside: Authorized(alone), Alone: alone} }

// Pairs returns all of them, planned or not.
func (c Catalogue) Pairs() []Pair {
	pairs := []Pair{c.MissingFromOtherOrigin()}
	for _, encoding := range []exchange.Encoding{exchange.Urlencoded, exchange.Multipart} {
		for _, alone := range c.EveryMissing(encoding) {
			pairs = append(pairs, BesideBasic(alone))
		}
	}
	return pairs
}

// EverythingMissing is an empty form.
func (c Catalogue) EverythingMissing() exchange.Request {
	return c.Missing(exchange.Urlencoded, "username", "company_name", "password")
}

// OneMissing returns the requests that leave one parameter out, in one encoding.
func (c Catalogue) OneMissing(encoding exchange.Encoding) []exchange.Request {
	return c.EveryMissing(encoding)[:3]
}

// EveryMissing returns the requests for all seven ways of leaving parameters out, in one encoding.
func (c Catalogue) EveryMissing(encoding exchange.Encoding) []exchange.Request {
	var all []exchange.Request
	for _, missing := range [][]string{
		{"company_name"}, {"username"}, {"password"},
		{"username", "company_name"}, {"username", "password"}, {"company_name", "password"},
		{"username", "company_name", "password"},
	} {
		all = append(all, c.Missing(encoding, missing...))
	}
	return all
}

// replaced is a form with the right credentials but for one parameter.
func (c Catalogue) replaced(name string, encoding exchange.Encoding, param exchange.Param) exchange.Request {
	params := c.credentials()
	for i := range params {
		if params[i].Name == param.Name {
			params[i] = param
		}
	}
	return post(name, encoding, params)
}

// Empty sends a parameter without a value (ERR-8).
func (c Catalogue) Empty(parameter string) exchange.Request {
	request := c.replaced("the login with an empty "+parameter, exchange.Urlencoded, exchange.Param{Name: parameter})
	request.Credentials = parameter != "username"
	return request
}

// EmptyMultipart sends a multipart form with a parameter without a value (ERR-8).
func (c Catalogue) EmptyMultipart(parameter string) exchange.Request {
	request := c.replaced("the multipart login with an empty "+parameter, exchange.Multipart, exchange.Param{Name: parameter})
	request.Credentials = parameter != "username"
	return request
}

// Blank sends a parameter of spaces only (ERR-8).
func (c Catalogue) Blank(parameter string) exchange.Request {
	request := c.replaced("the login with a blank "+parameter, exchange.Urlencoded, exchange.Param{Name: parameter, Value: "   "})
	request.Credentials = parameter != "username"
	return request
}

// UnknownUser names a user that does not exist, with the configured password (REF-2).
func (c Catalogue) UnknownUser(encoding exchange.Encoding) exchange.Request {
	unknown, variable := c.UnknownUsername, "KLEARSTACK_UNKNOWN_USERNAME"
	if unknown == "" {
		unknown, variable = madeUp(c.Username), ""
	}
	return c.replaced("the "+string(encoding)+" login of an unknown user", encoding, c.param("username", unknown, variable))
}

// UnknownCompany names a company that does not exist (REF-3).
func (c Catalogue) UnknownCompany(encoding exchange.Encoding) exchange.Request {
	request := c.replaced("the "+string(encoding)+" login to an unknown company", encoding,
		c.param("company_name", madeUp(c.Company), ""))
	request.Credentials = true
	return request
}

// OtherCompanyLogin names a company that exists but is not the user's (REF-4).
func (c Catalogue) OtherCompanyLogin(encoding exchange.Encoding) exchange.Request {
	request := c.replaced("the "+string(encoding)+" login to another company", encoding,
		c.param("company_name", c.OtherCompany, "KLEARSTACK_OTHER_COMPANY_NAME"))
	request.Credentials = true
	return request
}

// WrongCase changes the case of the password's letters (REF-1).
func (c Catalogue) WrongCase() exchange.Request {
	request := c.replaced("the login with the password in the wrong case", exchange.Urlencoded, wrongCase(c.Password))
	request.Credentials = true
	return request
}

// WrongLast changes the password's last character (REF-1).
func (c Catalogue) WrongLast() exchange.Request {
	request := c.replaced("the multipart login with a wrong last character in the password", exchange.Multipart, wrongLast(c.Password))
	request.Credentials = true
	return request
}

// Method sends the form with another method than POST (REF-5).
func (c Catalogue) Method(method string) exchange.Request {
	request := post("the form sent with "+method, exchange.Urlencoded, c.credentials())
	request.Method, request.Credentials = method, true
	return request
}

// MissingInForm leaves a parameter out of the form and puts it into the query string (REF-5).
func (c Catalogue) MissingInForm(parameter string) exchange.Request {
	request := c.Missing(exchange.Urlencoded, parameter)
	request.Name = "the form with " + parameter + " in the query string instead"
	request.Query = slices.DeleteFunc(c.credentials(), func(param exchange.Param) bool { return param.Name != parameter })
	request.Credentials = true
	return request
}

// Query puts the credentials into the query string alone (REF-5).
func (c Catalogue) Query(method string) exchange.Request {
	request := post("the credentials in the query string of a "+method, "", nil)
	request.Method, request.Query, request.Credentials = method, c.credentials(), true
	if method == http.MethodPost {
		request.Encoding = exchange.Urlencoded
	}
	return request
}
