package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/wire"
)

func capturedBytes(t *testing.T, capture string) []byte {
	t.Helper()
	raw, err := wire.Raw(capture)
	require.NoError(t, err)
	return raw
}

// All five samples of the page are there, each with captures made with one login that it can carry.
func TestSamples(t *testing.T) {
	t.Parallel()
	all := samples()
	require.Len(t, all, 5)
	for _, one := range all {
		assert.NotEmpty(t, one.packages, one.client)
		for _, v := range one.visits {
			require.NotEmpty(t, v.captures, one.client)
			for _, capture := range v.captures {
				assert.NotEmpty(t, capturedBytes(t, capture))
				assert.Equal(t, wire.Captured(v.captures[0]), wire.Captured(capture))
				if one.asIs {
					assert.NotContains(t, wire.Captured(capture).Password, "&")
				}
			}
		}
	}
}
