package variant

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"github.com/klearstack/conformance/internal/reference"
)

// compressions differ in the content coding, as far as the client offered it.
func compressions() []Variant {
	const offered = "OK-6: codings that the client offered in Accept-Encoding"
	return []Variant{
		hooked("gzip-when-offered", "Compresses bodies with gzip for clients that offer it.", offered, packed("gzip", "gzip", gzipped)),
		hooked("gzip-members", "Compresses bodies with gzip in two members.", offered,
			packed("gzip", "gzip", func(data []byte) []byte { return append(gzipped(data[:len(data)/2]), gzipped(data[len(data)/2:])...) })),
		hooked("gzip-in-capitals", "Names the coding GZIP.", offered+"; codings have no case (RFC 9110, section 8.4.1)", packed("gzip", "GZIP", gzipped)),
		hooked("deflate-when-offered", "Compresses bodies with deflate for clients that offer it.", offered, packed("deflate", "deflate", deflated)),
		hooked("raw-deflate-when-offered", "Compresses bodies with deflate, without the zlib wrapper, for clients that offer it.",
			"OK-6: deflate may come with or without the zlib wrapper", packed("deflate", "deflate", rawDeflated)),
		hooked("brotli-when-offered", "Compresses bodies with Brotli for clients that offer it.", offered, packed("br", "br", brotlied)),
		hooked("zstd-when-offered", "Compresses bodies with Zstandard for clients that offer it.", offered, packed("zstd", "zstd", zstded)),
		hooked("identity-named", "Says that bodies are in the coding identity.", "OK-6: identity is no coding (RFC 9110, section 8.4.1)",
			header("Content-Encoding", "identity")),
		hooked("https-gzip", "Compresses bodies with gzip over HTTP/2.", offered, packed("gzip", "gzip", gzipped)).servedBy(TrustedTLS),
	}
}

func packed(coding, label string, pack func([]byte) []byte) reference.Hooks {
	return reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
		a.Header.Set("Vary", "Accept-Encoding")
		if strings.Contains(c.Request.Header.Get("Accept-Encoding"), coding) && len(a.Body) > 0 {
			a.Header.Set("Content-Encoding", label)
			a.Body = pack(a.Body)
		}
	}}
}

func gzipped(data []byte) []byte {
	var out bytes.Buffer
	return finish(&out, gzip.NewWriter(&out), data)
}

func deflated(data []byte) []byte {
	var out bytes.Buffer
	return finish(&out, zlib.NewWriter(&out), data)
}

func rawDeflated(data []byte) []byte {
	var out bytes.Buffer
	writer, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil { // only with a level that does not exist
		return data
	}
	return finish(&out, writer, data)
}

func brotlied(data []byte) []byte {
	var out bytes.Buffer
	return finish(&out, brotli.NewWriter(&out), data)
}

func zstded(data []byte) []byte {
	encoder, err := zstd.NewWriter(nil)
	if err != nil { // only with options, and there are none
		return data
	}
	return encoder.EncodeAll(data, nil)
}

// finish packs data into out; a buffer takes everything.
func finish(out *bytes.Buffer, writer io.WriteCloser, data []byte) []byte {
	_, _ = writer.Write(data)
	_ = writer.Close()
	return out.Bytes()
}
