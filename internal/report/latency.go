package report

import (
	"fmt"
	"math"
	"strings"

	"github.com/klearstack/conformance/internal/result"
)

// latencyWidth is that of a bar, in the units of its drawing.
const latencyWidth = 300

// latency is the picture of how long the endpoint took, by shape of request, on one linear scale.
type latency struct {
	Scale  float64 // where the scale ends, in milliseconds
	Shapes []latencyShape
}

// latencyShape is a bar: from the shortest to the longest, with the median, the 95th percentile and every single answer.
type latencyShape struct {
	result.Latency
	From, Middle, High, To float64
	Answers                string // a path
}

// measured draws the latency.
func measured(r *result.Result) latency {
	longest := 0.0
	for _, l := range r.Latency {
		longest = max(longest, l.Max)
	}
	picture := latency{Scale: round(longest)}
	at := func(took float64) float64 { return math.Round(10*latencyWidth*took/picture.Scale) / 10 }
	answers := map[string]*strings.Builder{}
	for _, e := range r.Exchanges {
		if e.Problem != "" || e.Limited {
			continue
		}
		if answers[e.Shape] == nil {
			answers[e.Shape] = &strings.Builder{}
		}
		fmt.Fprintf(answers[e.Shape], "M%g 6v8", at(e.Duration))
	}
	for _, l := range r.Latency {
		shape := latencyShape{Latency: l, From: at(l.Min), Middle: at(l.Median), High: at(l.P95), To: at(l.Max)}
		if path := answers[l.Shape]; path != nil {
			shape.Answers = path.String()
		}
		picture.Shapes = append(picture.Shapes, shape)
	}
	return picture
}

// round returns the next of 1, 2, 5, 10, 20 …; 1 at least.
func round(value float64) float64 {
	for scale := 1.0; scale < math.MaxFloat64/10; scale *= 10 {
		for _, step := range []float64{1, 2, 5} {
			if value <= step*scale {
				return step * scale
			}
		}
	}
	return value
}
