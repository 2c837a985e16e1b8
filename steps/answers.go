package steps

import (
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// answerChecks returns the sentences about the answer to what the scenario asked for.
func answerChecks() []definition {
	// first is a sentence about the first answer that the scenario asked for.
	first := func(pattern string, judge func(s *scenario, e *exchange.Exchange) error) definition {
		return definition{pattern: pattern, then: func(s *scenario, _ []string) error {
			return each(s.answers[:1], func(e *exchange.Exchange) error { return judge(s, e) })
		}}
	}
	// missing is such a sentence about a form with missing parameters, which must be one that is understood.
	missing := func(pattern string, judge func(s *scenario, e *exchange.Exchange) error) definition {
		return first(pattern, func(s *scenario, e *exchange.Exchange) error {
			err := judge(s, e)
			if outcome.Of(err) == outcome.Violated {
				if blocked := s.understood(e.Request.Encoding); blocked != nil {
					return blocked
				}
			}
			return err
		})
	}
	// refusal is such a sentence about a login that must fail, which shows something only where a valid one succeeds: a
	// status of the class 2xx, or another one, means nothing where nobody gets tokens.
	refusal := func(pattern string, judge func(s *scenario, e *exchange.Exchange) error) definition {
		return first(pattern, func(s *scenario, e *exchange.Exchange) error {
			err := judge(s, e)
			if err == nil {
				return s.accepted(e.Request.Encoding)
			}
			if outcome.Of(err) == outcome.Violated && outcome.Of(s.Judge.NoTokens(e)) != outcome.Violated {
				if none := s.issued(e.Request.Encoding); none != nil {
					return none
				}
			}
			return err
		})
	}
	return []definition{
		missing(`^the answer is a 500 error that names a missing parameter$`, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.MissingNamed(e)
		}),
		missing(`^the error is a JSON object with a text called error$`, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.ErrorObject(e)
		}),
		missing(`^the answer is a 500 error as for a urlencoded form$`, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.MissingAlike(e, s.answers[1])
		}),
		missing(`^the authorization makes no difference$`, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.MissingBeside(e, s.answers[1])
		}),
		missing(`^the error names every missing parameter and none that was sent$`, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.NamesExactly(e)
		}),
		missing(`^the query string does not replace the missing parameter$`, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.NotReplaced(e, s.answers[1], s.Runner.Exchanges())
		}),
		refusal(`^the login is refused$`, func(s *scenario, e *exchange.Exchange) error { return s.Judge.Refused(e) }),
		refusal(`^no tokens are issued$`, func(s *scenario, e *exchange.Exchange) error { return s.Judge.NoTokens(e) }),
		refusal(`^no tokens are issued for the query string$`, func(s *scenario, e *exchange.Exchange) error {
			err := s.Judge.NoTokens(e)
			// An empty form that gets tokens gets them without the query string, too.
			if empty := s.answers[1]; err != nil && s.Judge.NoTokens(empty) != nil {
				return s.Judge.EmptyFormBlocks(empty)
			}
			return err
		}),
		first(`^the answer forbids content sniffing$`, func(s *scenario, e *exchange.Exchange) error { return s.Judge.NoSniff(e) }),
		first(`^the permission covers POST and the authorization header$`, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.PermissionCovers(e)
		}),
		{
			pattern: `^the answer can be read from the other origin$`,
			then: func(s *scenario, _ []string) error {
				if err := s.Judge.Permission(s.answers[0]); err != nil {
					return err
				}
				asked := s.answers[len(s.answers)-1]
				return each(s.answeredAlike(asked), s.Judge.Readable)
			},
		},
		{
			pattern: `^another origin makes no difference$`,
			then: func(s *scenario, _ []string) error {
				// What else may be wrong with the login is no matter of its origin.
				if err := s.Runner.Logins().Part("another origin", s.clause.ID); outcome.Of(err) == outcome.Violated {
					return err
				}
				return nil
			},
		},
		{
			pattern: `^both are refused alike$`,
			then: func(s *scenario, _ []string) error {
				if none := s.issued(exchange.Urlencoded); none != nil {
					return none
				}
				unknown, wrong, otherUnknown, again := s.answers[0], s.answers[1], s.answers[2], s.answers[3]
				for _, e := range []*exchange.Exchange{unknown, wrong} {
					if err := s.Judge.Refused(e); outcome.Of(err) == outcome.Violated {
						return &outcome.Unjudged{By: refusalClause(e.Request, s), Reason: e.Request.Name + " was not refused"}
					}
				}
				if again.Failure != nil { // a lockout may have answered the wrong password, or both
					return &outcome.Unjudged{By: "REF-1", Reason: again.Failure.Sentence}
				}
				if err := s.Judge.RefusedAlike(unknown, wrong, otherUnknown); err != nil {
					return outcome.At(unknown.Request.Name, err)
				}
				return s.accepted(exchange.Urlencoded)
			},
		},
	}
}

// answeredAlike returns what was answered of the logins, or of the other forms, that came from the same page as the one that
// was asked for: repeated ones and parts of it, too.
func (s *scenario) answeredAlike(asked *exchange.Exchange) []*exchange.Exchange {
	var all []*exchange.Exchange
	for _, e := range s.Runner.Exchanges() {
		page := e.Request.Header.Get("Origin")
		if page != "" && page == asked.Request.Header.Get("Origin") && e.Request.ValidLogin == asked.Request.ValidLogin &&
			e.Request.Method == asked.Request.Method && e.Answered() {
			all = append(all, e)
		}
	}
	if len(all) == 0 {
		return []*exchange.Exchange{asked}
	}
	return all
}

// refusalClause is the clause that a login breaks that should have been refused.
func refusalClause(request exchange.Request, s *scenario) string {
	if request.Name == s.Catalogue.WrongCase().Name {
		return "REF-1"
	}
	return "REF-2"
}
