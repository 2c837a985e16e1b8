package fault

import "slices"

// tokenFaults break the clauses about the tokens (TOK).
func tokenFaults() []Fault {
	return slices.Concat(compactForm(), tokenType(), claimTypes(), accessLifetime(), refreshLifetime(),
		expiryOrder(), freshness(), identity(), verification(), passwordKept())
}
