package fault

import (
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func noAuthorization() []Fault {
	anonymous := change.All(change.Post, change.WithoutHeader("Authorization"))
	noBearer := change.All(change.Post, func(c *reference.Call) bool {
		return !strings.HasPrefix(c.Request.Header.Get("Authorization"), "Bearer ")
	})
	return of("REQ-2",
		hooked("any-authorization-demanded", "Answers every POST without an Authorization header with 401.",
			change.Failing(http.StatusUnauthorized, "Authentication credentials were not provided.").Only(anonymous)),
		hooked("any-authorization-demanded-with-403", "Answers every POST without an Authorization header with 403.",
			change.Failing(http.StatusForbidden, "Authentication credentials were not provided.").Only(anonymous)),
		hooked("bearer-token-demanded", "Answers every POST without a bearer token with 401.",
			change.Failing(http.StatusUnauthorized, "A bearer token is needed.").
				Then(change.Header("WWW-Authenticate", `Bearer realm="api"`)).Only(noBearer)),
		hooked("api-key-demanded", "Answers every POST without an X-Api-Key header with 401.",
			change.Failing(http.StatusUnauthorized, "An API key is needed.").
				Only(change.All(change.Post, func(c *reference.Call) bool { return c.Request.Header.Get("X-Api-Key") == "" }))),
	)
}
