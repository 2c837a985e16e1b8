// Package contract holds what is fixed about the contract of get_access_token.
package contract

// Edition names the state of the contract that the clauses come from, by the month. It changes where a clause is added, taken
// out or judged differently, so that the same deployment may get another verdict; not where only words change.
const Edition = "2026-11"
