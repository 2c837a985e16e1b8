package reference

import "net/http"

// Hooks change what single steps of a server make, in the order in which they run. A nil hook changes nothing, so the
// zero value keeps the contract. Hooks run at the same time for different calls.
type Hooks struct {
	// Wrap stands before the whole server.
	Wrap func(http.Handler) http.Handler
	// Parsed sees the call when its form is known.
	Parsed func(*Call)
	// Decided sees the call when its decision is known.
	Decided func(*Call)
	// Claimed sees each token before it is signed.
	Claimed func(*Call, *Token)
	// Signed sees each token after it was signed.
	Signed func(*Call, *Token)
	// Composed sees the answer while its body is still a list of members.
	Composed func(*Call, *Answer)
	// Encoded sees the answer as it will be written.
	Encoded func(*Call, *Answer)
}

// Then returns hooks that run h's and then next's at every step. Of two Wraps next's is the outer one.
func (h Hooks) Then(next Hooks) Hooks {
	return Hooks{
		Wrap:     wrapBoth(h.Wrap, next.Wrap),
		Parsed:   callBoth(h.Parsed, next.Parsed),
		Decided:  callBoth(h.Decided, next.Decided),
		Claimed:  changeBoth(h.Claimed, next.Claimed),
		Signed:   changeBoth(h.Signed, next.Signed),
		Composed: changeBoth(h.Composed, next.Composed),
		Encoded:  changeBoth(h.Encoded, next.Encoded),
	}
}

// Only returns hooks that run h's where match says so. Match is asked at each step anew and sees what is known by then.
// Wrap knows no call: it stays as it is.
func (h Hooks) Only(match func(*Call) bool) Hooks {
	return Hooks{
		Wrap:     h.Wrap,
		Parsed:   callOnly(h.Parsed, match),
		Decided:  callOnly(h.Decided, match),
		Claimed:  changeOnly(h.Claimed, match),
		Signed:   changeOnly(h.Signed, match),
		Composed: changeOnly(h.Composed, match),
		Encoded:  changeOnly(h.Encoded, match),
	}
}

func wrapBoth(inner, outer func(http.Handler) http.Handler) func(http.Handler) http.Handler {
	if inner == nil {
		return outer
	}
	if outer == nil {
		return inner
	}
	return func(handler http.Handler) http.Handler { return outer(inner(handler)) }
}

func callBoth(first, second func(*Call)) func(*Call) {
	if first == nil {
		return second
	}
	if second == nil {
		return first
	}
	return func(call *Call) { first(call); second(call) }
}

func changeBoth[T any](first, second func(*Call, *T)) func(*Call, *T) {
	if first == nil {
		return second
	}
	if second == nil {
		return first
	}
	return func(call *Call, made *T) { first(call, made); second(call, made) }
}

func callOnly(hook func(*Call), match func(*Call) bool) func(*Call) {
	if hook == nil {
		return nil
	}
	return func(call *Call) {
		if match(call) {
			hook(call)
		}
	}
}

func changeOnly[T any](hook func(*Call, *T), match func(*Call) bool) func(*Call, *T) {
	if hook == nil {
		return nil
	}
	return func(call *Call, made *T) {
		if match(call) {
			hook(call, made)
		}
	}
}
