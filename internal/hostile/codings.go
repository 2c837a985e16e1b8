package hostile

import (
	"bytes"
	"encoding/base64"
	"io"
	"math/rand/v2"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// codings are compressed bodies that are not what they seem.
func codings() []Misbehaviour {
	coded := func(coding string, body func([]byte) []byte, where func(*Call) bool) func(*Call) {
		return func(c *Call) {
			if where(c) {
				c.Header.Set("Content-Encoding", coding)
				c.Body = body(c.Body)
			}
			c.answer()
		}
	}
	same := func(body []byte) []byte { return body }
	offering := func(c *Call) bool { return c.granted() && c.offers() }
	offeringDeflate := func(c *Call) bool {
		return c.granted() && strings.Contains(c.Request.Header.Get("Accept-Encoding"), "deflate")
	}
	unasked := func(c *Call) bool { return c.granted() && !c.offers() }
	always := func(c *Call) bool { return c.granted() }
	bomb := change.Gzipped([]byte(`{"access_token":"`))
	piece := mebibyte()
	for range 500 {
		bomb = append(bomb, piece...)
	}
	brotliBomb, zstdBomb := bombs()
	random := make([]byte, 1_500_000)
	_, _ = rand.NewChaCha8([32]byte{}).Read(random) // it always reads all
	letters := change.Gzipped([]byte(`{"access_token":"` + base64.RawURLEncoding.EncodeToString(random) + `"}`))
	return []Misbehaviour{
		Misbehaviour{Name: "gzip where it is offered", Answer: coded("gzip", change.Gzipped, offering)}.conforms(),
		Misbehaviour{Name: "gzip where it is not offered", Answer: coded("gzip", change.Gzipped, unasked)}.violates("OK-6"),
		Misbehaviour{Name: "gzip declared, offered and not sent", Answer: coded("gzip", same, offering)}.violates("OK-3"),
		Misbehaviour{Name: "gzip declared, not offered and not sent", Answer: coded("gzip", same, unasked)}.violates("OK-6"),
		Misbehaviour{Name: "gzip sent and not declared", Answer: coded("identity", change.Gzipped, always)}.violates("OK-3"),
		Misbehaviour{Name: "gzip that ends early", Answer: coded("gzip", func(body []byte) []byte {
			packed := change.Gzipped(body)
			return packed[:len(packed)-20]
		}, offering)}.violates("OK-3"),
		Misbehaviour{Name: "deflate declared, offered and not sent", Answer: coded("deflate", same, offeringDeflate)}.violates("OK-3"),
		Misbehaviour{Name: "raw deflate that ends early", Answer: coded("deflate", func(body []byte) []byte {
			packed := change.RawDeflated(body)
			return packed[:len(packed)-20]
		}, offeringDeflate)}.violates("OK-3"),
		Misbehaviour{Name: "gzip twice over", Answer: coded("gzip, gzip", func(body []byte) []byte {
			return change.Gzipped(change.Gzipped(body))
		}, offering)}.conforms(),
		Misbehaviour{Name: "a coding that does not exist", Answer: coded("rot13", same, always)}.violates("OK-6"),
		Misbehaviour{Name: "a gzip bomb", Much: true, Answer: coded("gzip", func([]byte) []byte { return bomb }, offering)}.inconclusive(),
		Misbehaviour{Name: "a Brotli bomb that nobody asked for", Much: true, Answer: coded("br", func([]byte) []byte {
			return brotliBomb
		}, func(c *Call) bool { return c.granted() || c.missing() })}.violates("OK-6"),
		Misbehaviour{Name: "a Zstandard bomb for the browser sample", Much: true, Answer: coded("zstd", func([]byte) []byte {
			return zstdBomb
		}, func(c *Call) bool {
			return c.granted() && strings.Contains(c.Request.Header.Get("Accept-Encoding"), "zstd")
		})}.inconclusive(),
		Misbehaviour{Name: "tokens in a refusal that is declared as gzip and is not", Change: leaking(same)}.violates("ERR-7", "ERR-8", "REF-1", "REF-2", "REF-3", "REF-4"),
		Misbehaviour{Name: "tokens in a refusal whose gzip ends early", Change: leaking(func(body []byte) []byte {
			packed := change.Gzipped(body)
			return packed[:len(packed)-4]
		})}.violates("ERR-7", "ERR-8", "REF-1", "REF-2", "REF-3", "REF-4"),
		Misbehaviour{Name: "a gzip bomb in every error", Much: true, Answer: coded("gzip", func([]byte) []byte { return bomb }, func(c *Call) bool {
			return c.missing() && c.offers()
		})}.inconclusive(),
		Misbehaviour{Name: "a gzip bomb in every response", Much: true, Answer: coded("gzip", func([]byte) []byte {
			return bomb
		}, func(*Call) bool { return true })}.violates("OK-6"),
		Misbehaviour{Name: "500 kB of header and 2 MB of letters under gzip in every response", Much: true, Answer: func(c *Call) {
			c.Header.Set("X-Padding", strings.Repeat("a", 500_000))
			coded("gzip", func([]byte) []byte { return letters }, func(*Call) bool { return true })(c)
		}}.violates("OK-6"),
	}
}

// mebibyte is a MiB of letters in about a KiB. Compressed texts can be strung together (RFC 1952, section 2.2).
func mebibyte() []byte { return change.Gzipped(bytes.Repeat([]byte("a"), 1<<20)) }

// bombs are 32 MiB of a token, written with the widest windows that clients take.
func bombs() (inBrotli, inZstd []byte) {
	letters := append([]byte(`{"access_token":"`), bytes.Repeat([]byte("a"), 32<<20)...)
	zstdWriter := func(w io.Writer) *zstd.Encoder {
		writer, _ := zstd.NewWriter(w, zstd.WithWindowSize(8<<20), zstd.WithEncoderConcurrency(1)) // these options can't fail
		return writer
	}
	brotliWriter := func(w io.Writer) *brotli.Writer {
		return brotli.NewWriterOptions(w, brotli.WriterOptions{Quality: 1, LGWin: 24})
	}
	return change.Packed(letters, brotliWriter), change.Packed(letters, zstdWriter)
}

// leaking puts tokens into the refusals of logins, in a body that is declared as gzip where that is offered.
func leaking(body func([]byte) []byte) func(*reference.Config) {
	return change.Hooked(reference.Hooks{Encoded: func(call *reference.Call, answer *reference.Answer) {
		if pair, err := call.Mint(call.Users()[0]); err == nil {
			answer.Header.Set("Content-Encoding", "gzip")
			answer.Body = body([]byte(`{"hint":"` + pair.Access + `"}`))
		}
	}}.Only(change.All(change.Refused, change.WithHeader("Accept-Encoding", "gzip"))))
}
