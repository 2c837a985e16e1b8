package result

import (
	"maps"
	"math"
	"slices"
)

// Latency is how long the endpoint took to answer requests of one shape, from sending to the last byte, in milliseconds.
type Latency struct {
	Shape  string  `json:"shape"`
	Count  int     `json:"count"`
	Min    float64 `json:"min_ms"`
	Median float64 `json:"median_ms"`
	P95    float64 `json:"p95_ms"` // the nearest rank
	Max    float64 `json:"max_ms"`
}

// Latencies tells the latency of every shape of request that the endpoint answered, by name.
func Latencies(exchanges []Exchange) []Latency {
	samples := map[string][]float64{}
	for _, e := range exchanges {
		if e.Problem == "" && !e.Limited {
			samples[e.Shape] = append(samples[e.Shape], e.Duration)
		}
	}
	all := []Latency{}
	for _, shape := range slices.Sorted(maps.Keys(samples)) {
		took := samples[shape]
		slices.Sort(took)
		middle := len(took) / 2
		median := took[middle]
		if len(took)%2 == 0 {
			median = (took[middle-1] + took[middle]) / 2
		}
		rank := int(math.Ceil(0.95 * float64(len(took))))
		all = append(all, Latency{
			Shape: shape, Count: len(took), Min: took[0], Median: median, P95: took[rank-1], Max: took[len(took)-1],
		})
	}
	return all
}
