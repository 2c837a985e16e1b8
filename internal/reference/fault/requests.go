package fault

import "slices"

// requestFaults break the clauses about what may be asked (REQ).
func requestFaults() []Fault {
	return slices.Concat(endpoint(), noAuthorization(), strayBasic(), urlencodedForms(), multipartForms(), anyValues())
}
