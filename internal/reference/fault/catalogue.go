package fault

import (
	"fmt"
	"slices"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// Catalogue returns every fault, in the order of the contract's clauses.
func Catalogue() []Fault {
	return slices.Concat(
		// What may be asked (REQ).
		endpoint(), noAuthorization(), strayBasic(), urlencodedForms(), multipartForms(), anyValues(),
		// The token response (OK).
		success(), responseMembers(), strictJSON(), releaseVersion(), alwaysAlike(), offeredCodings(),
		// The tokens (TOK).
		compactForm(), tokenType(), claimTypes(), accessLifetime(), refreshLifetime(), expiryOrder(),
		freshness(), identity(), verification(), passwordKept(),
		// Missing and empty parameters (ERR).
		oneMissing(), severalMissing(), errorObject(), missingInMultipart(), leaks(), blankParameters(),
		// Refused logins (REF).
		wrongPasswords(), unknownUsers(), unknownCompanies(), otherCompanies(), otherMethods(), redirects(),
		// The advisories (ADV).
		noStore(), verifiedHTTPS(), refusedAlike(), refreshBound(), noSniff(), exactNames(), crossOrigin(),
		basicChallenge(), numericUser(), extraParameter(),
	)
}

// Find returns the fault called name. The error says how to list them.
func Find(name string) (Fault, error) {
	for _, fault := range Catalogue() {
		if fault.Name == name {
			return fault, nil
		}
	}
	return Fault{}, fmt.Errorf(`there is no fault named %q: "go run ./cmd/reference -list" lists them`, name)
}

// of makes faults of one clause.
func of(clause string, faults ...Fault) []Fault {
	for i := range faults {
		faults[i].Clause = clause
	}
	return faults
}

// hooked is a fault that remembers nothing.
func hooked(name, sentence string, hooks reference.Hooks, also ...AlsoBroken) Fault {
	return remembering(name, sentence, func() reference.Hooks { return hooks }, also...)
}

// remembering is a fault whose hooks share a state: build is called once for
// each server.
func remembering(name, sentence string, build func() reference.Hooks, also ...AlsoBroken) Fault {
	return Fault{
		Name:       name,
		Sentence:   sentence,
		AlsoBreaks: also,
		Serving:    PlainHTTP,
		Apply:      func(config *reference.Config) { change.Hooked(build())(config) },
	}
}
