package fault

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func endpoint() []Fault {
	return of("REQ-1",
		hooked("post-not-allowed", "Answers every POST with 405.",
			change.Failing(http.StatusMethodNotAllowed, "The method must be PUT").Only(change.Post)),
		hooked("post-not-implemented", "Answers every POST with 501.",
			change.Failing(http.StatusNotImplemented, "The method is not implemented").Only(change.Post)),
		hooked("put-in-place-of-post", "Takes logins with PUT alone and answers POST with 405.",
			reference.Hooks{Wrap: methods(map[string]string{http.MethodPut: http.MethodPost, http.MethodPost: http.MethodPut})},
			AlsoBroken{"REF-5", "PUT issues tokens, which is what this server takes in place of POST"}),
	)
}

// methods lets the server take one method for another.
func methods(taken map[string]string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if method, found := taken[r.Method]; found {
				r = r.Clone(r.Context())
				r.Method = method
			}
			next.ServeHTTP(w, r)
		})
	}
}
