// Package requests knows the requests of the contract, made from the run's settings.
package requests

import (
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/klearstack/conformance/internal/exchange"
)

// Catalogue makes requests with one user's credentials.
type Catalogue struct {
	Username, Password, Company, OtherCompany string
	UnknownUsername                           string // who does not exist (REF-2); "" makes one up

	hidden []string // names that must not be shown
}

// Hiding returns the catalogue with variables in the curl lines in place of the names that contain a secret.
func (c Catalogue) Hiding(secret func(name string) bool) Catalogue {
	names := []string{c.Username, c.Company, c.OtherCompany, c.UnknownUsername, madeUp(c.Username), madeUp(c.Company)}
	c.hidden = slices.DeleteFunc(names, func(name string) bool { return !secret(name) })
	return c
}

// param is a parameter whose value is that of a variable; "" where it was made up.
func (c Catalogue) param(name, value, variable string) exchange.Param {
	param := exchange.Param{Name: name, Value: value}
	switch {
	case !slices.Contains(c.hidden, value):
	case variable == "":
		param.Shell = "'[redacted]'"
	default:
		param.Shell = `"$` + variable + `"`
	}
	return param
}

func (c Catalogue) username() exchange.Param {
	return c.param("username", c.Username, "KLEARSTACK_USERNAME")
}

func (c Catalogue) company() exchange.Param {
	return c.param("company_name", c.Company, "KLEARSTACK_COMPANY_NAME")
}

func (c Catalogue) password() exchange.Param {
	return exchange.Param{Name: "password", Value: c.Password, Shell: `"$KLEARSTACK_PASSWORD"`}
}

// extra is a parameter that no endpoint knows.
func extra() exchange.Param { return exchange.Param{Name: "conformance_extra", Value: "ignored"} }

// credentials are the parameters in the order of the documented samples.
func (c Catalogue) credentials() []exchange.Param {
	return []exchange.Param{c.username(), c.company(), c.password()}
}

// post is a form with the header that the Python sample's client sends, or curl with a multipart form, but for its name.
func post(name string, encoding exchange.Encoding, params []exchange.Param) exchange.Request {
	header := pythonHeader()
	if encoding == exchange.Multipart {
		header = shellHeader()
	}
	return exchange.Request{Name: name, Method: http.MethodPost, Encoding: encoding, Params: params, Header: header}
}

func (c Catalogue) login(name string, encoding exchange.Encoding) exchange.Request {
	request := post(name, encoding, c.credentials())
	request.ValidLogin, request.Credentials = true, true
	return request
}

// Login is the ordinary login: the Python sample's, but under the suite's own name. It goes first and tells whether the
// target is there at all.
func (c Catalogue) Login() exchange.Request {
	return c.login("the ordinary login", exchange.Urlencoded)
}

// LoginAgain is the ordinary login once more, sent between the wrong passwords (REF-1, OK-5).
func (c Catalogue) LoginAgain() exchange.Request {
	return c.login("the ordinary login, sent once more", exchange.Urlencoded)
}

// LoginIn is the login that shows whether the encoding is accepted.
func (c Catalogue) LoginIn(encoding exchange.Encoding) exchange.Request {
	if encoding == exchange.Multipart {
		return c.NodeLogin()
	}
	return c.Login()
}

// EveryLogin returns all valid logins but the one that LoginAgain sends (OK-5).
func (c Catalogue) EveryLogin() []exchange.Request {
	return []exchange.Request{
		c.Login(), c.NodeLogin(), c.BrowserLogin(), c.PythonLogin(), c.JavaLogin(), c.ShellLogin(), c.Rewritten().Login, c.Extended().Login,
	}
}

// Comparison returns what tells which clause a badly answered login breaks: logins in both encodings, in both documented
// spellings of a space, and with a charset, and what an unknown user and forms without one parameter come to.
func (c Catalogue) Comparison() []exchange.Request {
	all := []exchange.Request{c.Login(), c.PythonLogin(), c.JavaLogin(), c.NodeLogin(), c.BrowserLogin(), c.Rewritten().Login}
	for _, encoding := range []exchange.Encoding{exchange.Urlencoded, exchange.Multipart} {
		all = append(append(all, c.UnknownUser(encoding)), c.OneMissing(encoding)...)
	}
	return all
}

// HasSpace tells whether a configured value has a space in it, so that its spelling can be told (REQ-4).
func (c Catalogue) HasSpace() bool {
	return strings.Contains(c.Username+c.Company+c.Password, " ")
}

// HasReserved tells whether a configured value has characters that an encoding could harm (REQ-6).
func (c Catalogue) HasReserved() bool {
	return strings.ContainsFunc(c.Username+c.Company+c.Password, func(r rune) bool {
		return r > unicode.MaxASCII || !(unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_.", r))
	})
}
