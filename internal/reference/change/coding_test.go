package change

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestEscaped(t *testing.T) {
	t.Parallel()
	assert.Equal(t, `\u0061\u00FC\uD83D\uDE00`, Escaped("aü😀"))
}
