package report_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/result"
)

func TestLatencyPicture(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		times []float64
		row   string
		scale string
		paths []string // range, usual, answers, median
	}{
		{"one", []float64{20}, "POST urlencoded 1 20.0 ms 20.0 ms 20.0 ms 20.0 ms", "20.0 ms", []string{"M300 10H300", "M300 10H300", "M300 6v8", "M300 2v16"}},
		{
			"several", []float64{10, 100, 40, 1}, "POST urlencoded 4 1.00 ms 25.0 ms 100 ms 100 ms", "100 ms",
			[]string{"M3 10H300", "M3 10H300", "M30 6v8M300 6v8M120 6v8M3 6v8", "M75 2v16"},
		},
		{"none at all", []float64{0}, "POST urlencoded 1 0.00 ms 0.00 ms 0.00 ms 0.00 ms", "1.00 ms", []string{"M0 10H0", "M0 10H0", "M0 6v8", "M0 2v16"}},
		{"an odd scale", []float64{21}, "POST urlencoded 1 21.0 ms 21.0 ms 21.0 ms 21.0 ms", "50.0 ms", []string{"M126 10H126", "M126 10H126", "M126 6v8", "M126 2v16"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := told()
			r.Exchanges = []result.Exchange{{Name: "unanswered", Shape: "POST urlencoded", Duration: 5000, Problem: "no answer"}}
			for _, took := range c.times {
				r.Exchanges = append(r.Exchanges, result.Exchange{Shape: "POST urlencoded", Duration: took, Status: 200})
			}
			r.Latency = result.Latencies(r.Exchanges)
			_, elements := pageOf(t, r)
			rows := named(elements, "table", "latency")[0]
			assert.Contains(t, flat(rows.text), c.row)
			assert.Equal(t, "0 "+c.scale, flat(named(elements, "span", "ends")[0].text))
			var paths []string
			for _, e := range named(elements, "path", "") {
				paths = append(paths, e.attr["d"])
			}
			assert.Equal(t, c.paths, paths)
		})
	}
}
