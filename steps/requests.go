package steps

import (
	"strings"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/requests"
)

// givens returns the sentences about what a run's settings must have.
func givens() []definition {
	need := func(pattern string, otherwise error, has func(w *World) bool) definition {
		return definition{pattern: pattern, given: func(w *World) error {
			if has(w) {
				return nil
			}
			return otherwise
		}}
	}
	// values is a sentence about the configured values, and setting one about a setting that may be absent.
	values := func(pattern, reason string, has func(w *World) bool) definition {
		return need(pattern, &outcome.Inapplicable{Reason: reason}, has)
	}
	setting := func(pattern, name, to string, has func(w *World) bool) definition {
		return need(pattern, &outcome.Untested{Setting: name, Reason: "set " + name + to}, has)
	}
	late := func(d definition) definition { d.late = true; return d }
	return []definition{
		values(`^a configured value with a space in it$`,
			"no configured value has a space in it",
			func(w *World) bool { return w.Catalogue.HasSpace() }),
		values(`^configured values of plain ASCII without &, \+, % and ;$`,
			"a configured value holds &, +, %, ; or more than plain ASCII, which this sample sends as it is, so that another value may arrive",
			func(w *World) bool { return w.Catalogue.SuitsShell() }),
		values(`^a configured value with &, \+, %, ; or more than plain ASCII$`,
			"the configured values are sent as they are",
			func(w *World) bool { return !w.Catalogue.SuitsShell() }),
		values(`^a configured value with reserved characters, spaces or letters beyond ASCII$`,
			"the configured values are plain letters and digits",
			func(w *World) bool { return w.Catalogue.HasReserved() }),
		setting(`^the verification key$`,
			"KLEARSTACK_JWT_KEY", " to the key that verifies the signatures",
			func(w *World) bool { return w.Judge.Key != "" }),
		setting(`^the name of another company$`,
			"KLEARSTACK_OTHER_COMPANY_NAME", " to a company that exists, but not for this user",
			func(w *World) bool { return w.Catalogue.OtherCompany != "" }),
		late(setting(`^permission to send credentials in the query string$`,
			"KLEARSTACK_ALLOW_QUERY_CREDENTIALS", " to true if the password may appear in access logs",
			func(w *World) bool { return w.Runner.QueryPermitted() })),
	}
}

// whens returns the sentences that ask for requests.
func whens() []definition {
	one := func(pattern string, request func(w *World) exchange.Request) definition {
		return definition{pattern: pattern, when: func(w *World, _ []string) []exchange.Request {
			return []exchange.Request{request(w)}
		}}
	}
	some := func(pattern string, requests func(w *World, args []string) []exchange.Request) definition {
		return definition{pattern: pattern, when: requests}
	}
	return []definition{
		one(`^the user logs in$`, func(w *World) exchange.Request { return w.Catalogue.Login() }),
		some(`^the user logs in as the (Shell|Python|Java|Node\.js|browser) sample does$`, func(w *World, args []string) []exchange.Request {
			return []exchange.Request{sample(w.Catalogue, args[0])}
		}),
		some(`^the user logs in with a (urlencoded|multipart) form$`, func(w *World, args []string) []exchange.Request {
			return []exchange.Request{w.Catalogue.LoginIn(exchange.Encoding(args[0]))}
		}),
		some(`^the user logs in with spaces sent (as plus|as %20|as they are)$`, func(w *World, args []string) []exchange.Request {
			switch args[0] {
			case "as plus":
				return []exchange.Request{w.Catalogue.PythonLogin()}
			case "as %20":
				return []exchange.Request{w.Catalogue.JavaLogin()}
			default:
				return []exchange.Request{w.Catalogue.ShellLogin()}
			}
		}),
		one(`^the user logs in with a rewritten form, beside a stray Basic authorization$`, func(w *World) exchange.Request { return w.Catalogue.Rewritten().Login }),
		one(`^the user logs in with an extended multipart form$`, func(w *World) exchange.Request { return w.Catalogue.Extended().Login }),
		some(`^the user logs in in every documented way$`, func(w *World, _ []string) []exchange.Request {
			return append(w.Catalogue.EveryLogin(), w.Catalogue.LoginAgain())
		}),
		some(`^the user logs in more than once$`, func(w *World, _ []string) []exchange.Request {
			return []exchange.Request{w.Catalogue.Login(), w.Catalogue.LoginAgain()}
		}),
		some(`^(username|company_name|password) is missing$`, missing(exchange.Urlencoded)),
		some(`^([a-z_, ]+) are missing$`, missing(exchange.Urlencoded)),
		some(`^([a-z_, ]+) are missing in a multipart form$`, func(w *World, args []string) []exchange.Request {
			// The urlencoded form shows what ERR-6 has to be told from.
			return append(missing(exchange.Multipart)(w, args), append(missing(exchange.Urlencoded)(w, args), w.Catalogue.NodeLogin())...)
		}),
		some(`^([a-z_, ]+) (?:is|are) missing in a (urlencoded|multipart) form beside a stray Basic authorization$`, func(w *World, args []string) []exchange.Request {
			encoding := exchange.Encoding(args[1])
			pair := requests.BesideBasic(missing(encoding)(w, args)[0])
			return []exchange.Request{pair.Beside, pair.Alone, w.Catalogue.LoginIn(encoding)}
		}),
		some(`^parameters are missing in either encoding$`, func(w *World, _ []string) []exchange.Request {
			return append(w.Catalogue.EveryMissing(exchange.Urlencoded), w.Catalogue.EveryMissing(exchange.Multipart)...)
		}),
		one(`^company_name is missing in a multipart form of another origin$`, func(w *World) exchange.Request { return w.Catalogue.MissingFromOtherOrigin().Beside }),
		some(`^parameters are missing and an unknown user logs in$`, func(w *World, _ []string) []exchange.Request {
			return append(w.Catalogue.EveryMissing(exchange.Urlencoded), w.Catalogue.UnknownUser(exchange.Urlencoded))
		}),
		some(`^(username|company_name|password) is (empty|blank)$`, func(w *World, args []string) []exchange.Request {
			if args[1] == "empty" {
				return []exchange.Request{w.Catalogue.Empty(args[0])}
			}
			return []exchange.Request{w.Catalogue.Blank(args[0])}
		}),
		one(`^password is empty in a multipart form$`, func(w *World) exchange.Request { return w.Catalogue.EmptyMultipart("password") }),
		one(`^the user logs in with the letters of the password in the wrong case$`, func(w *World) exchange.Request { return w.Catalogue.WrongCase() }),
		some(`^the user logs in with a wrong last character in the password$`, func(w *World, _ []string) []exchange.Request {
			return []exchange.Request{w.Catalogue.WrongLast(), w.Catalogue.LoginAgain(), w.Catalogue.NodeLogin()}
		}),
		some(`^an unknown user logs in with a (urlencoded|multipart) form$`, withLogin(func(w *World, encoding exchange.Encoding) exchange.Request {
			return w.Catalogue.UnknownUser(encoding)
		})),
		some(`^the user logs in to an unknown company with a (urlencoded|multipart) form$`, withLogin(func(w *World, encoding exchange.Encoding) exchange.Request {
			return w.Catalogue.UnknownCompany(encoding)
		})),
		some(`^the user logs in to the other company with a (urlencoded|multipart) form$`, withLogin(func(w *World, encoding exchange.Encoding) exchange.Request {
			return w.Catalogue.OtherCompanyLogin(encoding)
		})),
		some(`^an unknown user logs in and the user logs in with a wrong password$`, func(w *World, _ []string) []exchange.Request {
			return []exchange.Request{w.Catalogue.UnknownUser(exchange.Urlencoded), w.Catalogue.WrongCase(), w.Catalogue.UnknownUser(exchange.Multipart), w.Catalogue.LoginAgain()}
		}),
		some(`^the form is sent with (GET|HEAD|PUT|PATCH|DELETE)$`, func(w *World, args []string) []exchange.Request {
			return []exchange.Request{w.Catalogue.Method(args[0])}
		}),
		some(`^the credentials stand in the query string of a (GET|POST)$`, func(w *World, args []string) []exchange.Request {
			return []exchange.Request{w.Catalogue.Query(args[0]), w.Catalogue.EverythingMissing()}
		}),
		some(`^(username|company_name|password) is in the query string instead of the form$`, func(w *World, args []string) []exchange.Request {
			return []exchange.Request{w.Catalogue.MissingInForm(args[0]), w.Catalogue.Missing(exchange.Urlencoded, args[0])}
		}),
		one(`^the browser sample asks for permission from another origin$`, func(w *World) exchange.Request { return w.Catalogue.Preflight() }),
		some(`^every other request of the run is answered$`, func(*World, []string) []exchange.Request { return nil }),
	}
}

// sample returns the login of one of the page's samples.
func sample(c requests.Catalogue, client string) exchange.Request {
	switch client {
	case "Shell":
		return c.ShellLogin()
	case "Python":
		return c.PythonLogin()
	case "Java":
		return c.JavaLogin()
	case "Node.js":
		return c.NodeLogin()
	default:
		return c.BrowserLogin()
	}
}

func missing(encoding exchange.Encoding) func(*World, []string) []exchange.Request {
	return func(w *World, args []string) []exchange.Request {
		names := strings.FieldsFunc(strings.ReplaceAll(args[0], " and ", ","), func(r rune) bool { return r == ',' || r == ' ' })
		return []exchange.Request{w.Catalogue.Missing(encoding, names...)}
	}
}

// withLogin asks for a request and for the valid login in the same encoding, without which a refusal shows nothing.
func withLogin(request func(*World, exchange.Encoding) exchange.Request) func(*World, []string) []exchange.Request {
	return func(w *World, args []string) []exchange.Request {
		encoding := exchange.Encoding(args[0])
		return []exchange.Request{request(w, encoding), w.Catalogue.LoginIn(encoding)}
	}
}
