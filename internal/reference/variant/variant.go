package variant

import (
	"slices"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// Variant is one way to keep the contract.
type Variant struct {
	// Name is unique and in kebab-case.
	Name string
	// Sentence says what the server does differently.
	Sentence string
	// Because says which words of the contract allow it.
	Because string
	// Serving is how the server has to be served to show the variant.
	Serving Serving
	// BasePath stands in the URL before the endpoint's path (REQ-1), percent-encoded; "" is none.
	BasePath string
	// Advisories are the advisories that it does not follow, and no others.
	Advisories []string
	// Apply puts the variant into one server's configuration. Users[0] is the one to log in as, Users[1] belongs to
	// another company.
	Apply func(*reference.Config)
}

// Serving is how a server is served.
type Serving string

// The ways to serve.
const (
	// PlainHTTP is HTTP on a loopback address.
	PlainHTTP Serving = "http"
	// TrustedTLS is HTTPS, with HTTP/2 on offer, and a certificate that the client is told to trust.
	TrustedTLS Serving = "trusted tls"
	// IPv6 is HTTP on the IPv6 loopback address.
	IPv6 Serving = "ipv6"
)

func hooked(name, sentence, because string, hooks ...reference.Hooks) Variant {
	return configured(name, sentence, because, change.Hooked(hooks...))
}

func configured(name, sentence, because string, apply func(*reference.Config)) Variant {
	return Variant{Name: name, Sentence: sentence, Because: because, Serving: PlainHTTP, Apply: apply}
}

// and changes the configuration further.
func (v Variant) and(further func(*reference.Config)) Variant {
	apply := v.Apply
	v.Apply = func(config *reference.Config) {
		apply(config)
		further(config)
	}
	return v
}

func (v Variant) against(advisories ...string) Variant {
	v.Advisories = advisories
	return v
}

func (v Variant) servedBy(serving Serving) Variant {
	v.Serving = serving
	return v
}

// Catalogue returns every variant.
func Catalogue() []Variant {
	return slices.Concat(
		servings(),
		transfers(),
		compressions(),
		headers(),
		bodies(),
		releases(),
		lifetimes(),
		clocks(),
		users(),
		tokenForms(),
		names(),
		sentences(),
		refusals(),
		methods(),
		repetitions(),
		origins(),
		cookies(),
		stacks(),
		credentials(),
	)
}
