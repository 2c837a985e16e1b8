// Package reference is a get_access_token endpoint that keeps every clause of
// the contract: the server that the suite is tried on.
//
// A request runs through a short line of steps, each in a file of its own:
// receive (the body), parse (the form), decide, mint (the tokens), compose (the
// answer's members), encode (its bytes) and write. After each step a hook may
// change what the step made; the zero [Hooks] change nothing.
package reference
