package fault

import (
	"encoding/base64"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference/change"
)

// Stray bits change the text of every signature and the bytes of none.
func TestStrayBits(t *testing.T) {
	t.Parallel()
	for first := range 256 {
		sum := make([]byte, 32)
		sum[31] = byte(first)
		token := "e30.e30." + change.Base64URL(sum)
		changed := strayBits(token)
		assert.NotEqual(t, token, changed)
		_, _, signature := change.Segments(changed)
		assert.Equal(t, sum, change.BytesOf(signature))
		_, err := base64.RawURLEncoding.Strict().DecodeString(signature)
		require.Error(t, err)
	}
}

func TestPadded(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "e30=.eyJh.AA==", padded("e30.eyJh.AA"))
}

func TestKeepEncoded(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "%2541%20%C3%25zz", keepEncoded("%41%20%C3%25zz", alphanumeric))
	assert.Equal(t, "%41%20%25C3%c3", keepEncoded("%41%20%C3%c3", upperCaseHex))
}

func TestReadings(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "a?", asciiOnly("aü"))
	assert.Equal(t, "\xff\xfea\x00\xfc\x00", inUTF16("aü"))
}
