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
func Gzipped[T string | []byte](text T) T { return Packed(text, gzip.NewWriter) }

// Deflated is text in zlib's format, which HTTP calls deflate (RFC 9110 §8.4.1.2).
func Deflated[T string | []byte](text T) T { return Packed(text, zlib.NewWriter) }

// RawDeflated is text compressed with deflate, without zlib's wrapper.
func RawDeflated[T string | []byte](text T) T {
	return Packed(text, func(to io.Writer) *flate.Writer {
		writer, _ := flate.NewWriter(to, flate.BestCompression) // fails only with a level that does not exist
		return writer
	})
}

// Brotlied is text compressed with Brotli.
func Brotlied[T string | []byte](text T) T { return Packed(text, brotli.NewWriter) }

// Zstded is text compressed with Zstandard.
func Zstded[T string | []byte](text T) T {
	encoder, _ := zstd.NewWriter(nil) // fails only with options
	return T(encoder.EncodeAll([]byte(text), nil))
}

// Packed is what a writer makes of text.
func Packed[T string | []byte, W io.WriteCloser](text T, writer func(io.Writer) W) T {
	var out bytes.Buffer
	to := writer(&out)
	_, _ = to.Write([]byte(text)) // a buffer takes everything
	_ = to.Close()
	return T(out.Bytes())
}

// Escaped is text with every character as a JSON escape, in pairs where one is not enough.
func Escaped(text string) string {
	var escapes strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&escapes, `\u%04X`, unit)
	}
	return escapes.String()
}

// Latin1 takes each byte for a character.
func Latin1(text string) string {
	runes := make([]rune, len(text))
	for i := range len(text) {
		runes[i] = rune(text[i])
	}
	return string(runes)
}
