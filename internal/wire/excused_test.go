package wire_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/wire"
)

// Nothing is forgiven without a name and a reason: whoever adds to the list has to add it here.
func TestExcused(t *testing.T) {
	t.Parallel()
	var names []string
	for _, excuse := range wire.Excused() {
		names = append(names, excuse.Name)
		assert.True(t, strings.HasSuffix(excuse.Reason, "."), excuse.Reason)
		assert.NotContains(t, strings.TrimSuffix(excuse.Reason, "."), ". ", "more than one sentence")
	}
	assert.Equal(t, []string{
		"host and port", "boundary", "version in the user agent", "length", "order and case of header names", "HTTP/1.0", "connection",
		"what a browser tells of itself", "own origin", "which other origin",
	}, names)
}
