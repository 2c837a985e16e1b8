package fault

import "slices"

// refusalFaults break the clauses about refused logins (REF).
func refusalFaults() []Fault {
	return slices.Concat(wrongPasswords(), unknownUsers(), unknownCompanies(), otherCompanies(), otherMethods(), redirects())
}
