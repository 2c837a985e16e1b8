package fault

import "slices"

// adviceFaults break the advisories (ADV).
func adviceFaults() []Fault {
	return slices.Concat(noStore(), verifiedHTTPS(), refusedAlike(), refreshBound(), noSniff(), exactNames(),
		crossOrigin(), basicChallenge(), numericUser(), extraParameter())
}
