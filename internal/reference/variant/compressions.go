package variant

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// compressions differ in the content coding, as far as the client offered it.
func compressions() []Variant {
	const offered = "OK-6: codings that the client offered in Accept-Encoding"
	return []Variant{
		hooked("gzip-when-offered", "Compresses bodies with gzip for clients that offer it.", offered, packed("gzip", "gzip", change.Gzipped)),
		hooked("gzip-members", "Compresses bodies with gzip in two members.", offered,
			packed("gzip", "gzip", func(text string) string {
				return change.Gzipped(text[:len(text)/2]) + change.Gzipped(text[len(text)/2:])
			})),
		hooked("gzip-in-capitals", "Names the coding GZIP.", offered+"; codings have no case (RFC 9110, section 8.4.1)", packed("gzip", "GZIP", change.Gzipped)),
		hooked("deflate-when-offered", "Compresses bodies with deflate for clients that offer it.", offered, packed("deflate", "deflate", change.Deflated)),
		hooked("raw-deflate-when-offered", "Compresses bodies with deflate, without the zlib wrapper, for clients that offer it.",
			"OK-6: deflate may come with or without the zlib wrapper", packed("deflate", "deflate", change.RawDeflated)),
		hooked("brotli-when-offered", "Compresses bodies with Brotli for clients that offer it.", offered, packed("br", "br", change.Brotlied)),
		hooked("zstd-when-offered", "Compresses bodies with Zstandard for clients that offer it.", offered, packed("zstd", "zstd", change.Zstded)),
		hooked("identity-named", "Says that bodies are in the coding identity.", "OK-6: identity is no coding (RFC 9110, section 8.4.1)",
			change.Header("Content-Encoding", "identity")),
		hooked("https-gzip", "Compresses bodies with gzip over HTTP/2.", offered, packed("gzip", "gzip", change.Gzipped)).servedBy(TrustedTLS),
	}
}

func packed(coding, label string, pack func(string) string) reference.Hooks {
	return reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
		a.Header.Set("Vary", "Accept-Encoding")
		if change.WithHeader("Accept-Encoding", coding)(c) && len(a.Body) > 0 {
			a.Header.Set("Content-Encoding", label)
			a.Body = []byte(pack(string(a.Body)))
		}
	}}
}
