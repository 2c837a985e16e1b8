package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func offeredCodings() []Fault {
	offered := func(coding string) change.Match { return change.WithHeader("Accept-Encoding", coding) }
	return of("OK-6",
		hooked("gzip-always", "Compresses every answer with gzip, whatever the client offered.",
			coded("gzip", change.Gzipped).Only(change.Post)),
		hooked("brotli-not-offered", "Compresses token responses with Brotli for clients that did not offer it.",
			coded("br", change.Brotlied).Only(change.All(change.Granted, change.Not(offered("br"))))),
		hooked("gzip-not-offered", "Compresses token responses with gzip for clients that did not offer it.",
			coded("gzip", change.Gzipped).Only(change.All(change.Granted, change.Not(offered("gzip"))))),
		hooked("gzip-of-errors-not-offered", "Compresses the error about a missing parameter with gzip for clients that did not offer it.",
			coded("gzip", change.Gzipped).Only(change.All(change.Missing, change.Not(offered("gzip"))))),
		hooked("deflate-for-gzip", "Compresses token responses with deflate for clients that offered gzip alone.",
			coded("deflate", change.Deflated).Only(change.All(change.Granted, offered("gzip"), change.Not(offered("deflate"))))),
		hooked("charset-as-content-coding", "Names the charset as content coding of token responses.",
			coded("utf-8", func(text string) string { return text }).Only(change.Granted)),
	)
}

// coded encodes the body and says how.
func coded(coding string, encode func(string) string) reference.Hooks {
	return change.Body(encode).Then(change.Encoding(func(a *reference.Answer) { a.Header.Set("Content-Encoding", coding) }))
}
