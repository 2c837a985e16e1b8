package result_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/result"
)

func TestLatencies(t *testing.T) {
	t.Parallel()
	var exchanges []result.Exchange
	for _, took := range []float64{3, 1, 2, 4} {
		exchanges = append(exchanges, result.Exchange{Shape: "POST urlencoded", Duration: took})
	}
	for i := range 100 {
		exchanges = append(exchanges, result.Exchange{Shape: "GET query", Duration: float64(100 - i)})
	}
	exchanges = append(exchanges, result.Exchange{Shape: "OPTIONS", Duration: 7}, result.Exchange{Shape: "HEAD", Duration: 9, Problem: "closed"},
		result.Exchange{Shape: "OPTIONS", Duration: 1, Limited: true})
	assert.Equal(t, []result.Latency{
		{Shape: "GET query", Count: 100, Min: 1, Median: 50.5, P95: 95, Max: 100},
		{Shape: "OPTIONS", Count: 1, Min: 7, Median: 7, P95: 7, Max: 7},
		{Shape: "POST urlencoded", Count: 4, Min: 1, Median: 2.5, P95: 4, Max: 4},
	}, result.Latencies(exchanges))
	assert.Empty(t, result.Latencies(nil))
}
