package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func basicChallenge() []Fault {
	challenging := func(challenges ...string) reference.Hooks {
		return change.Header("WWW-Authenticate", challenges...).Only(change.Refused)
	}
	return of("ADV-8",
		hooked("basic-challenge", "Refuses logins with a Basic challenge.", challenging(`Basic realm="api"`)),
		hooked("basic-challenge-in-lower-case", "Refuses logins with a basic challenge in lower case.", challenging("basic")),
		hooked("basic-challenge-after-bearer", "Refuses logins with a Bearer and a Basic challenge in one field.",
			challenging(`Bearer realm="api", Basic realm="api"`)),
		hooked("basic-challenge-after-quoted-commas", "Refuses logins with a Basic challenge after a Bearer challenge whose realm has commas.",
			challenging(`Bearer realm="a, b", error="c", BASIC realm="api", charset="UTF-8"`)),
		hooked("basic-challenge-with-token", "Refuses logins with a Basic challenge after one with a token.", challenging(`Negotiate YWJj==, Basic`)),
		hooked("basic-challenge-in-second-field", "Refuses logins with a Basic challenge in a second field.",
			challenging(`Bearer realm="api"`, `Basic realm="api"`)),
	)
}
