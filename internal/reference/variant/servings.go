package variant

import (
	"net/http"

	"github.com/klearstack/conformance/internal/reference"
)

// servings differ in where and how the endpoint is reached.
func servings() []Variant {
	return []Variant{
		hooked("https", "Serves HTTPS, with HTTP/2 on offer.", "no clause asks for a protocol; ADV-2 asks for verified HTTPS").
			servedBy(TrustedTLS),
		hooked("ipv6", "Serves an IPv6 address.", "REQ-1 leaves the host of the base open").servedBy(IPv6),
		below("base-path", "/api/v1"),
		below("base-path-percent-encoded", "/pre%20fix/d%C3%A9p%C3%B4t"),
		below("base-path-with-encoded-slash", "/a%2Fb"),
		below("base-path-https", "/tenant-7").servedBy(TrustedTLS),
	}
}

// below serves the endpoint below a path, percent-encoded, and nothing beside it.
func below(name, path string) Variant {
	v := hooked(name, "Serves the endpoint below "+path+".", "REQ-1: the base may carry a path prefix", reference.Hooks{
		Wrap: func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.EscapedPath() != path+reference.Path {
					http.NotFound(w, r)
					return
				}
				stripped := r.Clone(r.Context())
				stripped.URL.Path, stripped.URL.RawPath = reference.Path, ""
				next.ServeHTTP(w, stripped)
			})
		},
	})
	v.BasePath = path
	return v
}
