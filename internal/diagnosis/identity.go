package diagnosis

import (
	"slices"

	"github.com/klearstack/conformance/internal/check"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/outcome"
)

// Distinct relates logins to each other: all name the same user, and no two tokens share an id or a signature (TOK-8).
func Distinct(judge *check.Judge) func([]*check.Login) map[*check.Login]error {
	return func(all []*check.Login) map[*check.Login]error {
		found := map[*check.Login]error{}
		var readable []*check.Login
		for _, l := range all {
			if err := judge.Identified(l); err != nil {
				found[l] = err
				continue
			}
			readable = append(readable, l)
		}
		if len(readable) == 1 {
			found[readable[0]] = &outcome.Unknown{Reason: "there is only one login whose tokens can be read"}
		}
		for _, l := range readable {
			if err := conflict(judge, l, readable); err != nil {
				found[l] = err
			}
		}
		return found
	}
}

// conflict returns how a login's tokens clash with others'. Two logins that name different users clash both; the one
// that agrees with most of the requests, however often they were repeated, is not held guilty.
func conflict(judge *check.Judge, l *check.Login, all []*check.Login) error {
	var requests []exchange.Request
	agreeing := 0
	var clash error
	for _, other := range all {
		alike := judge.SameUser(l, other)
		if !slices.ContainsFunc(requests, func(known exchange.Request) bool { return same(known, other.Request) }) {
			requests = append(requests, other.Request)
			if alike {
				agreeing++
			}
		}
		switch {
		case other == l:
		case !alike:
			clash = judge.Distinct(l, other)
		default:
			if err := judge.Distinct(l, other); err != nil {
				return err
			}
		}
	}
	if 2*agreeing > len(requests) {
		return nil
	}
	return clash
}
