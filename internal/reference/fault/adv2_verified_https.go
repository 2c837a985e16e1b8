package fault

import "github.com/klearstack/conformance/internal/reference"

func verifiedHTTPS() []Fault {
	unverified := hooked("https-unverified", "Serves HTTPS with a certificate that the client can't verify.", reference.Hooks{})
	unverified.Serving = UnverifiedTLS
	return of("ADV-2", unverified)
}
