package fault

import (
	"bytes"
	"compress/zlib"
	"strings"

	"github.com/andybalholm/brotli"

	"github.com/klearstack/conformance/internal/reference"
)

func offeredCodings() []Fault {
	notOffered := func(coding string) match {
		return func(c *reference.Call) bool {
			return post(c) && !strings.Contains(c.Request.Header.Get("Accept-Encoding"), coding)
		}
	}
	return of("OK-6",
		hooked("gzip-always", "Compresses every answer with gzip, whatever the client offered.",
			coded("gzip", gzipped).Only(post)),
		hooked("brotli-not-offered", "Compresses token responses with Brotli for clients that did not offer it.",
			coded("br", brotlied).Only(all(granted, notOffered("br")))),
		hooked("gzip-not-offered", "Compresses token responses with gzip for clients that did not offer it.",
			coded("gzip", gzipped).Only(all(granted, notOffered("gzip")))),
		hooked("gzip-of-errors-not-offered", "Compresses the error about a missing parameter with gzip for clients that did not offer it.",
			coded("gzip", gzipped).Only(all(missing, notOffered("gzip")))),
		hooked("deflate-for-gzip", "Compresses token responses with deflate for clients that offered gzip alone.",
			coded("deflate", deflated).Only(all(granted, not(notOffered("gzip")), notOffered("deflate")))),
		hooked("charset-as-content-coding", "Names the charset as content coding of token responses.",
			coded("utf-8", func(text string) string { return text }).Only(granted)),
	)
}

// coded encodes the body and says how.
func coded(coding string, encode func(string) string) reference.Hooks {
	return body(encode).Then(encoding(func(a *reference.Answer) { a.Header.Set("Content-Encoding", coding) }))
}

func brotlied(text string) string {
	var compressed bytes.Buffer
	writer := brotli.NewWriter(&compressed)
	_, _ = writer.Write([]byte(text)) // a buffer takes everything
	_ = writer.Close()
	return compressed.String()
}

// deflated is text in zlib's format, which HTTP calls deflate (RFC 9110 §8.4.1.2).
func deflated(text string) string {
	var compressed bytes.Buffer
	writer := zlib.NewWriter(&compressed)
	_, _ = writer.Write([]byte(text)) // a buffer takes everything
	_ = writer.Close()
	return compressed.String()
}
