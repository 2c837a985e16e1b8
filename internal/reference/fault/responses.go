package fault

import "slices"

// responseFaults break the clauses about the token response (OK).
func responseFaults() []Fault {
	return slices.Concat(success(), responseMembers(), strictJSON(), releaseVersion(), alwaysAlike(), offeredCodings())
}
