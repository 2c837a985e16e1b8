package report

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/result"
)

// The axis of the picture, in the units of its drawing and in seconds.
const (
	axisLeft, axisRight = 110, 740
	shortest, longest   = 10, 365 * 24 * 3600
)

// lifetimes is the picture of how long the tokens of one login live, on a logarithmic axis.
type lifetimes struct {
	Issued time.Time
	Ticks  []tick
	Tokens []lifetime
}

// tick is a mark of the axis.
type tick struct {
	At   float64
	Name string
}

// lifetime is how long a token lives, against what a clause allows.
type lifetime struct {
	Token   string
	Clause  *clauseView // nil if it was not part of the run
	Label   outcome.Kind
	Allowed string
	Expires time.Time
	Lives   string
	Row     int     // its height in the picture
	From    float64 // the allowed part of the axis
	Width   float64
	End     float64
	Late    bool // it ends so far on the right that the words stand before the end
}

// drawn returns the picture, nil where no login told its tokens' times. Of several clauses that limit a token's lifetime, the
// first is drawn.
func drawn(r *result.Result, groups []*group) *lifetimes {
	if r.Lifetimes == nil {
		return nil
	}
	clauses := map[string]*clauseView{}
	for _, g := range groups {
		for _, c := range g.Clauses {
			clauses[c.ID] = c
		}
	}
	picture := &lifetimes{Issued: r.Lifetimes.Issued}
	for _, each := range []struct {
		lives time.Duration
		name  string
	}{
		{10 * time.Second, "10 s"}, {time.Minute, "1 min"}, {15 * time.Minute, "15 min"}, {time.Hour, "1 h"},
		{24 * time.Hour, "24 h"}, {7 * 24 * time.Hour, "7 days"}, {30 * 24 * time.Hour, "30 days"}, {longest * time.Second, "1 year"},
	} {
		picture.Ticks = append(picture.Ticks, tick{along(each.lives.Seconds()), each.name})
	}
	for i, token := range []lifetime{
		{Token: "Access token", Expires: r.Lifetimes.AccessExpires},
		{Token: "Refresh token", Expires: r.Lifetimes.RefreshExpires},
	} {
		limit := r.Lifetimes.Limit([]string{"access", "refresh"}[i])
		token.Clause, token.Allowed, token.From = clauses[limit.Clause], limit.Allowed, along(limit.Least)
		token.Width = axisRight - token.From
		if limit.Most > 0 {
			token.Width = along(limit.Most) - token.From
		}
		lives := token.Expires.Sub(picture.Issued)
		token.Lives, token.End, token.Row = span(lives), along(lives.Seconds()), 50+i*62
		token.Late = token.End > (axisLeft+axisRight)*3/4
		if token.Clause != nil {
			token.Label = token.Clause.Label
		}
		picture.Tokens = append(picture.Tokens, token)
	}
	return picture
}

// along returns where a lifetime, in seconds, stands on the axis; at its ends what is shorter or longer.
func along(lives float64) float64 {
	seconds := min(max(lives, shortest), longest)
	part := math.Log(seconds/shortest) / math.Log(longest/shortest)
	return math.Round((axisLeft+part*(axisRight-axisLeft))*10) / 10
}

// span writes a duration in days, hours, minutes and seconds, without those of which there are none.
func span(d time.Duration) string {
	if d <= 0 {
		return "no time at all"
	}
	var parts []string
	for _, unit := range []struct {
		takes time.Duration
		name  string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if n := d / unit.takes; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, unit.name))
		}
		d %= unit.takes
	}
	if len(parts) == 0 {
		return "less than 1 s"
	}
	return strings.Join(parts, " ")
}
