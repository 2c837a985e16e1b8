// Package outcome holds what a check can come to. A check returns an error: nil where the clause is kept, else one of
// the types below, which say why it is not.
package outcome

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is what became of a scenario or of a clause.
type Kind string

// The kinds.
const (
	Kept          Kind = "kept"
	NotApplicable Kind = "not applicable" // the configured values or the target give no occasion
	NotTested     Kind = "not tested"     // a setting that the clause needs is absent
	NotJudged     Kind = "not judged"     // a clause that it builds on is broken
	Inconclusive  Kind = "inconclusive"   // the target gave no answer that could be judged
	Violated      Kind = "violated"
)

// ErrTimeLimit is the cause with which a run's context ends when the run's time is over.
var ErrTimeLimit = errors.New("the run's time is over")

// AtTimeLimit is why there is no response to a request, and a clause so not tested, after a run stopped at its time limit.
const AtTimeLimit = "no response before the run stopped at its time limit"

// NotReached reports whether that is the reason of an outcome, or the rate limit is.
func NotReached(reason string) bool {
	return strings.HasSuffix(reason, AtRateLimit) || strings.HasSuffix(reason, AtTimeLimit)
}

// AtRateLimit is why a request was not sent, and a clause so not tested, after a run stopped at the target's rate limit.
const AtRateLimit = "not sent: the run stopped at the target's rate limit"

// Violation says that a clause is broken.
type Violation struct {
	Expected string // what the clause asks for
	Got      string // what was received instead, fit to be shown: no secrets, no control characters
	Hint     string // the likely cause, or what the reader might look at first; may be empty
	Request  string // the name of the request whose answer it is; may be empty
}

// At notes of a violation which request's answer it is. It leaves other outcomes as they are.
func At(request string, err error) error {
	var violation *Violation
	if !errors.As(err, &violation) || violation.Request != "" {
		return err
	}
	noted := *violation
	noted.Request = request
	return &noted
}

// Received is Got, with the request in response to which it came.
func (v *Violation) Received() string {
	if v.Request == "" || strings.Contains(v.Got, v.Request) {
		return v.Got
	}
	return v.Got + ", in response to " + v.Request
}

func (v *Violation) Error() string {
	text := fmt.Sprintf("expected %s; received %s", v.Expected, v.Received())
	if v.Hint != "" {
		text += " (" + v.Hint + ")"
	}
	return text
}

// Unjudged says that a clause can't be judged, because one that it builds on is broken.
type Unjudged struct {
	By     string // the broken clause's id
	Reason string // what that means here
}

func (u *Unjudged) Error() string { return fmt.Sprintf("it builds on %s: %s", u.By, u.Reason) }

// Unknown says that the target gave no answer that could be judged.
type Unknown struct{ Reason string }

func (u *Unknown) Error() string { return u.Reason }

// Rejection says that the endpoint reads the form and yet rejects every valid login: a broken login cannot be told from
// wrong settings then (OK-1).
type Rejection struct {
	Status   int    // of the response
	Response string // to the first login, fit to be shown
	Unknown  string // what an unknown user gets, compared with that
	Check    string // what to check
}

func (r *Rejection) Error() string {
	return fmt.Sprintf("the endpoint reads the form, but rejects every valid login with %s; %s: check %s", r.Response, r.Unknown, r.Check)
}

// Untested says that a setting is absent that the clause needs.
type Untested struct {
	Setting string // the variable
	Reason  string // what to set it to, with its name
}

func (u *Untested) Error() string { return u.Reason }

// Inapplicable says that the configured values or the target give no occasion to test the clause.
type Inapplicable struct{ Reason string }

func (i *Inapplicable) Error() string { return i.Reason }

// Of tells what kind of outcome err is. An error that is none of this package's types is the suite's own failure, and
// nothing can be said of the target then.
func Of(err error) Kind {
	var (
		violation    *Violation
		unjudged     *Unjudged
		untested     *Untested
		inapplicable *Inapplicable
	)
	switch {
	case err == nil:
		return Kept
	case errors.As(err, &violation):
		return Violated
	case errors.As(err, &unjudged):
		return NotJudged
	case errors.As(err, &untested):
		return NotTested
	case errors.As(err, &inapplicable):
		return NotApplicable
	default:
		return Inconclusive
	}
}

// Worse reports whether k is to be reported rather than other, where one clause has scenarios of both kinds.
func (k Kind) Worse(other Kind) bool { return k.rank() > other.rank() }

func (k Kind) rank() int {
	switch k {
	case Violated:
		return 5
	case Inconclusive:
		return 4
	case NotJudged:
		return 3
	case Kept:
		return 2
	case NotTested:
		return 1
	default:
		return 0
	}
}
