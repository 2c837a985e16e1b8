package steps

import (
	"net/http"
	"slices"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// runChecks returns the sentences about all answers of a run.
func runChecks() []definition {
	every := func(pattern string, of func(*exchange.Exchange) bool, judge func(s *scenario, e *exchange.Exchange) error) definition {
		return definition{pattern: pattern, then: func(s *scenario, _ []string) error {
			return each(s.relevant(of), func(e *exchange.Exchange) error { return judge(s, e) })
		}}
	}
	asked := func(pattern string, judge func(s *scenario, e *exchange.Exchange) error) definition {
		return definition{pattern: pattern, then: func(s *scenario, _ []string) error {
			return most(s.answers, func(e *exchange.Exchange) error { return judge(s, e) })
		}}
	}
	return []definition{
		asked(`^every error about missing parameters is declared as JSON$`, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.MissingDeclared(e)
		}),
		asked(`^every error about missing parameters is strict and complete JSON$`, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.MissingStrict(e)
		}),
		asked(`^the answers use no content coding that was not offered$`, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.OfferedCoding(e)
		}),
		every(`^no answer of the run uses a content coding that was not offered$`, anyAnswer, func(s *scenario, e *exchange.Exchange) error {
			return s.Judge.OfferedCoding(e)
		}),
		every(`^no answer to a POST is a redirect$`, anyAnswer, func(s *scenario, e *exchange.Exchange) error { return s.Judge.Direct(e) }),
		every(`^no error or refusal carries a token$`, refusals, func(s *scenario, e *exchange.Exchange) error { return s.Judge.NoTokens(e) }),
		every(`^no error or refusal echoes the password$`, refusals, func(s *scenario, e *exchange.Exchange) error { return s.Judge.NoEcho(e, s.Runner.Exchanges()) }),
		every(`^no error or refusal shows a stack trace or a debug page$`, toBeRefused, func(s *scenario, e *exchange.Exchange) error { return s.Judge.NoInnards(e) }),
		every(`^no refusal asks for Basic authorization$`, refusals, func(s *scenario, e *exchange.Exchange) error { return s.Judge.NoBasicChallenge(e) }),
		{pattern: `^the same request is always answered the same way$`, then: func(s *scenario, _ []string) error {
			return s.Runner.Logins().Steady()
		}},
		{pattern: `^the connection is verified HTTPS$`, then: func(s *scenario, _ []string) error {
			switch {
			case s.Encrypted && s.Verified:
				return nil
			case s.Encrypted:
				return &outcome.Violation{Expected: "a certificate that is verified", Got: "KLEARSTACK_INSECURE_SKIP_VERIFY=true"}
			case s.Runner.Loopback():
				return &outcome.Inapplicable{Reason: "plain HTTP on this machine's loopback does not leave the machine"}
			default:
				return &outcome.Violation{Expected: "HTTPS", Got: "plain HTTP", Hint: "anybody on the way can read the password"}
			}
		}},
	}
}

// most judges exchanges one by one and returns the worst that it finds. What can't be judged because another clause is
// broken counts only where nothing else is left.
func most(answers []*exchange.Exchange, judge func(*exchange.Exchange) error) error {
	judged := slices.DeleteFunc(slices.Clone(answers), func(e *exchange.Exchange) bool {
		return outcome.Of(judge(e)) == outcome.NotJudged
	})
	if len(judged) == 0 {
		judged = answers
	}
	return each(judged, judge)
}

func anyAnswer(*exchange.Exchange) bool { return true }

// refusals are answers that say no: all that are neither a success nor a redirect.
func refusals(e *exchange.Exchange) bool { return e.Status >= 400 }

// toBeRefused are answers that say no, or should: a program that fails may send its stack trace with any status.
func toBeRefused(e *exchange.Exchange) bool {
	return refusals(e) || e.Request.Method == http.MethodPost && !e.Request.ValidLogin
}

// relevant returns the run's answers that a sentence is about. What was not answered is left to the scenarios that asked
// for it, but for what this one asked for itself.
func (s *scenario) relevant(of func(*exchange.Exchange) bool) []*exchange.Exchange {
	return slices.DeleteFunc(slices.Clone(s.Runner.Exchanges()), func(e *exchange.Exchange) bool {
		if !e.Answered() {
			return !slices.Contains(s.answers, e)
		}
		return !of(e)
	})
}
