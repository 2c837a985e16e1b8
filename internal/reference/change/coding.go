package change

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// Gzipped is text compressed with gzip.
func Gzipped(text string) string { return packed(text, gzip.NewWriter) }

// Deflated is text in zlib's format, which HTTP calls deflate (RFC 9110 §8.4.1.2).
func Deflated(text string) string { return packed(text, zlib.NewWriter) }

// RawDeflated is text compressed with deflate, without zlib's wrapper.
func RawDeflated(text string) string {
	return packed(text, func(to io.Writer) *flate.Writer {
		writer, _ := flate.NewWriter(to, flate.BestCompression) // fails only with a level that does not exist
		return writer
	})
}

// Brotlied is text compressed with Brotli.
func Brotlied(text string) string { return packed(text, brotli.NewWriter) }

// Zstded is text compressed with Zstandard.
func Zstded(text string) string {
	encoder, _ := zstd.NewWriter(nil) // fails only with options
	return string(encoder.EncodeAll([]byte(text), nil))
}

func packed[W io.WriteCloser](text string, writer func(io.Writer) W) string {
	var out bytes.Buffer
	to := writer(&out)
	_, _ = to.Write([]byte(text)) // a buffer takes everything
	_ = to.Close()
	return out.String()
}

// Escaped is text with every character as a JSON escape, in pairs where one is not enough.
func Escaped(text string) string {
	var escapes strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&escapes, `\u%04X`, unit)
	}
	return escapes.String()
}
