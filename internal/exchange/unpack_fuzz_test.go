package exchange_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/exchange"
)

// Whatever is declared as packed is unpacked as far as the limit, or not at all.
func FuzzUnpack(f *testing.F) {
	text := []byte(`{"access_token":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","release_version":"7.8.9"}`)
	for _, coding := range []string{"gzip", "deflate", "br", "zstd"} {
		for _, raw := range [][]byte{text, packed(f, text, gzipped), packed(f, text, deflated), packed(f, text, brotlied), packed(f, text, zstded)} {
			f.Add(raw, coding, false)
			f.Add(raw[:len(raw)/2], coding, true)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, coding string, cut bool) {
		e := &exchange.Exchange{Status: http.StatusOK, Raw: raw, Cut: cut, Header: http.Header{"Content-Encoding": {coding}}}
		body, whole, err := e.Body()
		assert.LessOrEqual(t, len(body), 1<<20)
		if err != nil {
			assert.Nil(t, body)
			assert.False(t, whole)
			var undone *exchange.UndoneError
			assert.ErrorAs(t, err, &undone)
		}
	})
}
