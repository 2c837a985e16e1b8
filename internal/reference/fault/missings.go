package fault

import "slices"

// missingFaults break the clauses about missing and empty parameters (ERR).
func missingFaults() []Fault {
	return slices.Concat(oneMissing(), severalMissing(), errorObject(), missingInMultipart(), leaks(), blankParameters())
}
