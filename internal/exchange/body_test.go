package exchange_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
)

func packed(tb testing.TB, text []byte, with func(io.Writer) io.WriteCloser) []byte {
	tb.Helper()
	var out bytes.Buffer
	writer := with(&out)
	_, err := writer.Write(text)
	require.NoError(tb, err)
	require.NoError(tb, writer.Close())
	return out.Bytes()
}

func gzipped(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }

func deflated(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }

func rawDeflated(w io.Writer) io.WriteCloser {
	writer, _ := flate.NewWriter(w, flate.DefaultCompression) // the level exists
	return writer
}

func storedDeflate(w io.Writer) io.WriteCloser {
	writer, _ := flate.NewWriter(w, flate.NoCompression) // the level exists
	return writer
}

func brotlied(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }

func zstded(w io.Writer) io.WriteCloser { return zstdWith(w) }

func wideZstd(w io.Writer) io.WriteCloser { return zstdWith(w, zstd.WithWindowSize(1<<24)) }

func zstdWith(w io.Writer, options ...zstd.EOption) io.WriteCloser {
	writer, _ := zstd.NewWriter(w, options...) // these options can't fail
	return writer
}

func answer(raw []byte, codings ...string) *exchange.Exchange {
	return &exchange.Exchange{Status: 200, Raw: raw, Header: http.Header{"Content-Encoding": codings}}
}

func TestUnpacking(t *testing.T) {
	t.Parallel()
	text := []byte(`{"a":1}`)
	once := packed(t, text, gzipped)
	twice := packed(t, once, gzipped)
	inner := packed(t, text, deflated)
	many := []byte(strings.Repeat("x", 1<<20))
	for _, c := range []struct {
		name  string
		give  *exchange.Exchange
		body  []byte
		whole bool
	}{
		{"as it is", answer(text), text, true},
		{"identity", answer(text, "Identity"), text, true},
		{"gzip", answer(once, "gzip"), text, true},
		{"x-gzip, in capitals", answer(once, " X-GZIP "), text, true},
		{"deflate", answer(inner, "deflate"), text, true},
		{"deflate without the wrapper of zlib", answer(packed(t, text, rawDeflated), "deflate"), text, true},
		{"deflate in stored blocks without the wrapper", answer(packed(t, text, storedDeflate), "deflate"), text, true},
		{"much deflate without the wrapper", answer(packed(t, many, rawDeflated), "Deflate"), many, true},
		{"a bomb of deflate without the wrapper", answer(packed(t, bytes.Repeat([]byte("x"), 1<<22), rawDeflated), "deflate"), many, false},
		{"brotli", answer(packed(t, text, brotlied), "br"), text, true},
		{"zstd", answer(packed(t, text, zstded), "Zstd"), text, true},
		{"brotli, then zstd", answer(packed(t, packed(t, text, brotlied), zstded), "br, zstd"), text, true},
		{"a bomb of brotli", answer(packed(t, bytes.Repeat([]byte("x"), 1<<22), brotlied), "br"), many, false},
		{"a bomb of zstd", answer(packed(t, bytes.Repeat([]byte("x"), 1<<22), zstded), "zstd"), many, false},
		{"gzip twice, in one field", answer(twice, "gzip, gzip"), text, true},
		{"gzip twice, in two fields", answer(twice, "gzip", "gzip"), text, true},
		{"deflate, then gzip", answer(packed(t, inner, gzipped), "deflate, identity,, gzip"), text, true},
		{"nothing at all", answer(nil, "gzip, "+marker), nil, true},
		{"as much as is unpacked", answer(packed(t, many, gzipped), "gzip"), many, true},
		{"a bomb", answer(packed(t, bytes.Repeat([]byte("x"), 1<<22), gzipped), "gzip"), many, false},
		{"a bomb in a bomb", answer(packed(t, packed(t, bytes.Repeat([]byte("x"), 1<<22), gzipped), gzipped), "gzip, gzip"), many, false},
		{"cut", &exchange.Exchange{Raw: text, Cut: true}, text, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			body, whole, err := c.give.Body()
			require.NoError(t, err)
			assert.True(t, bytes.Equal(c.body, body), "%d bytes instead of %d", len(body), len(c.body))
			assert.Equal(t, c.whole, whole)
		})
	}
}

// What was cut in transit is unpacked as far as it goes.
func TestUnpackingWhatWasCut(t *testing.T) {
	t.Parallel()
	text := bytes.Repeat([]byte("0123456789"), 1000)
	raw := packed(t, text, func(w io.Writer) io.WriteCloser {
		writer, err := gzip.NewWriterLevel(w, gzip.HuffmanOnly)
		assert.NoError(t, err)
		return writer
	})
	e := answer(raw[:len(raw)/2], "gzip")
	e.Cut = true
	body, whole, err := e.Body()
	require.NoError(t, err)
	assert.False(t, whole)
	assert.NotEmpty(t, body)
	assert.True(t, bytes.HasPrefix(text, body))
}

func TestWhatCannotBeUnpacked(t *testing.T) {
	t.Parallel()
	text := []byte(`{"a":1}`)
	once := packed(t, text, gzipped)
	broken := bytes.Clone(once)
	broken[len(broken)-5] ^= 1 // in the checksum
	const never = "is packed in a way that this suite can't unpack"
	for _, c := range []struct {
		name    string
		give    *exchange.Exchange
		unknown bool
		want    string
	}{
		{"gzip that is none", answer(text, "gzip"), false, "is declared as gzip but can't be unpacked as such"},
		{"x-gzip that is none", answer(text, "x-gzip"), false, "is declared as x-gzip but can't be unpacked as such"},
		{"deflate that is none", answer(text, "deflate"), false, "is declared as deflate but can't be unpacked as such"},
		{"half of deflate", answer(packed(t, text, deflated)[:9], "deflate"), false, "is declared as deflate but can't be unpacked as such"},
		{"half of raw deflate", answer(packed(t, text, rawDeflated)[:5], "deflate"), false, "is declared as deflate but can't be unpacked as such"},
		{"a byte of deflate", answer([]byte("x"), "deflate"), false, "is declared as deflate but can't be unpacked as such"},
		{"half of it", answer(once[:len(once)/2], "gzip"), false, "is declared as gzip but can't be unpacked as such"},
		{"a wrong checksum", answer(broken, "gzip"), false, "is declared as gzip but can't be unpacked as such"},
		{"gzip twice, packed once", answer(once, "gzip, gzip"), false, "is declared as gzip but can't be unpacked as such"},
		{"brotli that is none", answer(text, "br"), false, "is declared as br but can't be unpacked as such"},
		{"half of brotli", answer(packed(t, text, brotlied)[:6], "br"), false, "is declared as br but can't be unpacked as such"},
		{"zstd that is none", answer(text, "ZSTD"), false, "is declared as zstd but can't be unpacked as such"},
		{"zstd with too wide a window", answer(packed(t, bytes.Repeat(text, 1<<17), wideZstd), "zstd"), false, "is declared as zstd but can't be unpacked as such"},
		{"compress", answer(text, "compress"), true, `is packed with the content coding "compress", which this suite can't unpack`},
		{"compress under gzip", answer(once, "compress, gzip"), true, `is packed with the content coding "compress", which this suite can't unpack`},
		{"who knows what", answer(text, marker), true, never},
		{"a bag of bags", answer(once, strings.Repeat("gzip,", 5)), true, never},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			body, whole, err := c.give.Body()
			var undone *exchange.UndoneError
			require.ErrorAs(t, err, &undone)
			assert.Equal(t, c.unknown, undone.Unknown)
			require.EqualError(t, err, c.want)
			assert.Nil(t, body)
			assert.False(t, whole)
		})
	}
}

// The client sees content codings as they come (OK-6).
func TestCodingsAreSeen(t *testing.T) {
	t.Parallel()
	raw := packed(t, []byte("{}"), gzipped)
	for name, header := range map[string]string{"gzip": "gzip", "br": "br", "gzip that is none": "gzip"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			body := string(raw)
			if name == "gzip that is none" {
				body = "{}"
			}
			e := login(t, aim(t, "http://"+answering(t, "HTTP/1.1 200 OK\r\nContent-Encoding: "+header+"\r\n\r\n"+body, end)))
			require.Nil(t, e.Failure)
			assert.Equal(t, []string{header}, e.Codings())
			if name != "gzip" { // that is unpacked by now
				assert.Equal(t, body, string(e.Raw))
			}
		})
	}
}
