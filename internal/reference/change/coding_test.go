package change

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEscaped(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `\u0061\u00FC\uD83D\uDE00`, Escaped("aü😀"))
}

func TestLatin1(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "aÃ¼", Latin1("aü"))
}
