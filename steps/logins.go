package steps

import (
	"errors"
	"strconv"
	"time"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/diagnosis"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// loginChecks returns the sentences about the answer to a valid login. Each is judged over every valid login of the run.
func loginChecks() []definition {
	// alike is what REQ-5 lists: a difference between requests breaks the clause about that difference.
	alike := func(pattern string, judge func(w *World, args []string) check.LoginCheck) definition {
		return definition{pattern: pattern, login: func(w *World, args []string) diagnosis.Check {
			return diagnosis.Check{Alike: true, Judge: judge(w, args)}
		}}
	}
	always := func(pattern string, judge func(w *World, args []string) check.LoginCheck) definition {
		return definition{pattern: pattern, login: func(w *World, args []string) diagnosis.Check {
			return diagnosis.Check{Judge: judge(w, args)}
		}}
	}
	// lives is a sentence about the limits of a token's lifetime. The check is that of alike or of always.
	lives := func(pattern string, of func(string, func(*World, []string) check.LoginCheck) definition, limit func(args []string) Limit) definition {
		made := of(pattern, func(w *World, args []string) check.LoginCheck {
			l := limit(args)
			return w.Judge.Lifetime(l.Token, l.Least, l.Most)
		})
		made.limit = limit
		return made
	}
	return []definition{
		always(`^the documented address takes the request$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.Address }),
		alike(`^the login succeeds with status 200$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.Succeeds }),
		alike(`^the token response has its members$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.Members }),
		alike(`^the token response is declared as JSON$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.DeclaredJSON }),
		alike(`^the token response is strict and complete JSON$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.StrictJSON }),
		alike(`^the release version is dotted numbers$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.ReleaseVersion }),
		alike(`^the (access|refresh) token is a signed JWT in compact form$`, func(w *World, args []string) check.LoginCheck {
			return w.Judge.TokenForm(check.Kind(args[0]))
		}),
		alike(`^the (access|refresh) token says that it is of type "([a-z]+)"$`, func(w *World, args []string) check.LoginCheck {
			return w.Judge.TokenType(check.Kind(args[0]), args[1])
		}),
		alike(`^the (access|refresh) token has its claims$`, func(w *World, args []string) check.LoginCheck {
			return w.Judge.Claims(check.Kind(args[0]))
		}),
		lives(`^the access token lives at least (\d+) seconds and at most (\d+) minutes$`, alike, func(args []string) Limit {
			return Limit{check.Access, "", times(args[0], time.Second), times(args[1], time.Minute), args[0] + " s to " + args[1] + " min"}
		}),
		lives(`^the refresh token lives at least (\d+) hours$`, alike, func(args []string) Limit {
			return Limit{check.Refresh, "", times(args[0], time.Hour), 0, "at least " + args[0] + " h"}
		}),
		lives(`^the refresh token lives at most (\d+) days$`, always, func(args []string) Limit {
			return Limit{check.Refresh, "", 0, times(args[0], 24*time.Hour), "at most " + args[0] + " days"}
		}),
		alike(`^the access token expires before the refresh token$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.ExpiresFirst }),
		alike(`^the (access|refresh) token is issued now and not yet expired$`, func(w *World, args []string) check.LoginCheck {
			return w.Judge.Fresh(check.Kind(args[0]))
		}),
		alike(`^both tokens name the same user and differ in id and signature$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.Pair }),
		{
			pattern: `^all logins name the same user and no two tokens share an id or a signature$`,
			login: func(w *World, _ []string) diagnosis.Check {
				return diagnosis.Check{Alike: true, Relate: diagnosis.Distinct(w.Judge)}
			},
		},
		always(`^the signature of the (access|refresh) token verifies$`, func(w *World, args []string) check.LoginCheck {
			return w.Judge.Signature(check.Kind(args[0]))
		}),
		always(`^neither the claims nor the token response hold the password$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.NoPassword }),
		always(`^the token response forbids caches to store it$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.NotStored }),
		always(`^the user_id of both tokens is a number$`, func(w *World, _ []string) check.LoginCheck { return w.Judge.UserIsNumber }),

		loginJudged(`^the login is answered like the others$`, func(s *scenario, name string, _ []string) error {
			return s.Runner.Logins().Login(name, s.clause.ID)
		}),
		loginJudged(`^the lack of an authorization does no harm$`, func(s *scenario, name string, _ []string) error {
			return s.Runner.Logins().Login(name, s.clause.ID)
		}),
		loginJudged(`^the sample gets its tokens$`, func(s *scenario, name string, _ []string) error {
			return s.Runner.Logins().Login(name, s.clause.ID)
		}),
		{pattern: `^no harm comes from (.+)$`, compared: true, then: func(s *scenario, args []string) error {
			return s.Runner.Logins().Part(args[0], s.clause.ID)
		}},
		loginJudged(`^the values arrive unharmed in the (?:urlencoded|multipart) form$`, func(s *scenario, name string, _ []string) error {
			return s.Runner.Logins().Login(name, s.clause.ID)
		}),
	}
}

// loginJudged is a sentence about the login that the scenario asked for, compared with all others.
func loginJudged(pattern string, judge func(s *scenario, name string, args []string) error) definition {
	return definition{pattern: pattern, compared: true, then: func(s *scenario, args []string) error {
		return judge(s, s.answers[len(s.answers)-1].Request.Name, args)
	}}
}

func times(count string, unit time.Duration) time.Duration {
	n, err := strconv.Atoi(count)
	if err != nil { // only where the number is absurdly long
		return 0
	}
	return time.Duration(n) * unit
}

// accepted is nil where a valid login in the encoding was granted, so that what was refused can be told from it.
func (s *scenario) accepted(encoding exchange.Encoding) error {
	if err := s.Runner.Logins().Barred(); err != nil {
		return err
	}
	return s.Runner.Logins().Accepted(s.Catalogue.LoginIn(encoding).Name)
}

// issued is nil where valid logins get tokens, so that not getting any shows something.
func (s *scenario) issued(encoding exchange.Encoding) error {
	if err := s.Runner.Logins().Barred(); err != nil {
		return err
	}
	return s.Runner.Logins().Issued(encoding)
}

// understood is nil unless the encoding as such, the address or the suite itself is known not to be taken: what is missing
// from a form that nobody reads can't be judged.
func (s *scenario) understood(encoding exchange.Encoding) error {
	if err := s.Runner.Logins().Barred(); err != nil {
		return err
	}
	var blocked *outcome.Unjudged
	if errors.As(s.accepted(encoding), &blocked) {
		switch blocked.By {
		case "REQ-1", "REQ-2", "REQ-4", "REQ-5":
			return blocked
		}
	}
	return nil
}
