package report_test

import (
	"math"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/result"
)

// number returns an attribute that is one.
func number(t *testing.T, e *element, name string) float64 {
	t.Helper()
	value, err := strconv.ParseFloat(e.attr[name], 64)
	require.NoError(t, err)
	return value
}

// limits are those of the contract.
func limits() []result.Limit {
	return []result.Limit{
		{Token: "access", Clause: "TOK-4", Least: 60, Most: 3600, Allowed: "60 s to 60 min"},
		{Token: "refresh", Clause: "TOK-5", Least: 24 * 3600, Allowed: "at least 24 h"},
		{Token: "refresh", Clause: "ADV-4", Most: 90 * 24 * 3600, Allowed: "at most 90 days"},
	}
}

// The picture has no limits of its own.
func TestLifetimesAreDrawnWithinTheirLimits(t *testing.T) {
	t.Parallel()
	r := told()
	r.Lifetimes.Limits = []result.Limit{
		{Token: "refresh", Clause: "TOK-4", Most: 100, Allowed: "at most 100 s"},
		{Token: "access", Clause: "OK-1", Least: 10, Most: 1000, Allowed: "10 s to 1000 s"},
	}
	_, elements := pageOf(t, r)
	assert.Contains(t, named(elements, "desc", "")[0].text, "; allowed is 10 s to 1000 s. The Refresh token lives ")
	assert.Contains(t, named(elements, "desc", "")[0].text, "; allowed is at most 100 s. ")
	allowed := named(elements, "rect", "allowed")
	for i, longest := range []float64{1000, 100} {
		assert.InDelta(t, 110, number(t, allowed[i], "x"), 0.01)
		assert.InDelta(t, 630*math.Log(longest/10)/math.Log(365*24*360), number(t, allowed[i], "width"), 0.11)
	}
}

func TestLifetimesPicture(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, c := range []struct {
		name            string
		access, refresh time.Duration
		say             [2]string
		within          [2]bool // whether the end stands in the allowed part
	}{
		{"as documented", 15 * time.Minute, 7 * day, [2]string{"15 min", "7 d"}, [2]bool{true, true}},
		{"the shortest allowed", time.Minute, day, [2]string{"1 min", "1 d"}, [2]bool{true, true}},
		{"the longest allowed", time.Hour, 400 * day, [2]string{"1 h", "400 d"}, [2]bool{true, true}},
		{"a bit too short", 59 * time.Second, day - 30*time.Minute, [2]string{"59 s", "23 h 30 min"}, [2]bool{false, false}},
		{"a bit too long", time.Hour + 30*time.Second, day + time.Second, [2]string{"1 h 30 s", "1 d 1 s"}, [2]bool{false, true}},
		{"the page's example", 2 * time.Minute, 3 * time.Minute, [2]string{"2 min", "3 min"}, [2]bool{true, false}},
		{"nothing and less", 0, -day, [2]string{"no time at all", "no time at all"}, [2]bool{false, false}},
		{"less than a second", time.Millisecond, time.Nanosecond, [2]string{"less than 1 s", "less than 1 s"}, [2]bool{false, false}},
		{"centuries", 200 * 365 * day, 290 * 365 * day, [2]string{"73000 d", "105850 d"}, [2]bool{false, true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := told()
			r.Lifetimes.AccessExpires, r.Lifetimes.RefreshExpires = r.Lifetimes.Issued.Add(c.access), r.Lifetimes.Issued.Add(c.refresh)
			_, elements := pageOf(t, r)
			desc := named(elements, "desc", "")[0]
			assert.Equal(t, "The Access token lives "+c.say[0]+"; allowed is 60 s to 60 min. "+
				"The Refresh token lives "+c.say[1]+"; allowed is at least 24 h. ", desc.text)
			allowed, ends, says := named(elements, "rect", "allowed"), named(elements, "circle", "end"), named(elements, "text", "lives")
			for i := range 2 {
				from, end := number(t, allowed[i], "x"), number(t, ends[i], "cx")
				to := from + number(t, allowed[i], "width")
				assert.Equal(t, c.within[i], end >= from && end <= to+0.05, "%g from %g to %g", end, from, to)
				assert.GreaterOrEqual(t, end, 110.0)
				assert.LessOrEqual(t, end, 740.0)
				assert.Equal(t, c.say[i], says[i].text)
			}
		})
	}
}

// What the picture says of a token is what its clause came to, also where it was known, or was not part of the run.
func TestLifetimesAreJudgedByTheirClauses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		change func(*result.Result)
		want   string
	}{
		{"violated", func(*result.Result) {}, "TOK-4 ✕ violated"},
		{"kept", func(r *result.Result) { r.Clauses[1].Outcome = outcome.Kept }, "TOK-4 ✓ kept"},
		{"known", func(r *result.Result) { r.Deviations = []result.Deviation{{Clause: "TOK-4"}} }, "TOK-4 ! known deviation"},
		{"left out", func(r *result.Result) { r.Clauses = r.Clauses[:1] }, "not part of this run"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := told()
			c.change(r)
			r.Judge()
			_, elements := pageOf(t, r)
			for _, row := range named(elements, "tr", "") {
				if flat(row.text)[:min(12, len(flat(row.text)))] == "Access token" {
					assert.Contains(t, flat(row.text), "60 s to 60 min "+c.want)
					return
				}
			}
			assert.Fail(t, "there is no row of the access token")
		})
	}
}

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
