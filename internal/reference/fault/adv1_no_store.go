package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func noStore() []Fault {
	cached := func(directives ...string) reference.Hooks {
		return change.Header("Cache-Control", directives...).Only(change.Granted)
	}
	return of("ADV-1",
		hooked("cache-control-absent", "Sends token responses without Cache-Control.", cached()),
		hooked("cache-control-private", "Lets the client's own cache store token responses.", cached("private")),
		hooked("cache-control-no-cache", "Lets caches store token responses if they ask before they use them.", cached("no-cache")),
		hooked("cache-control-max-age", "Lets caches store token responses for a minute.", cached("public, max-age=60")),
	)
}
