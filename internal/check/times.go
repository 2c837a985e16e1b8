package check

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/exchange"
)

const day = 24 * time.Hour

// span writes a duration as people read it: exactly, or in the two largest units. The sign is left to the sentence.
func span(d time.Duration) string {
	d = d.Abs()
	units := []struct {
		size time.Duration
		name string
	}{{day, "days"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}}
	if d >= 2*365*day {
		return fmt.Sprintf("%d years", d/(365*day))
	}
	for i, unit := range units[:len(units)-1] {
		if d < unit.size {
			continue
		}
		text := count(int64(d/unit.size), unit.name)
		if next := units[i+1]; d%unit.size != 0 {
			text += " " + count(int64(d%unit.size/next.size), next.name)
		}
		return text
	}
	return trimmed(fmt.Sprintf("%.3f", d.Seconds())) + " s"
}

func count(n int64, unit string) string {
	if n == 1 && unit == "days" {
		unit = "day"
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// limit writes a bound of the contract in the unit in which the contract has it.
func limit(d time.Duration) string {
	switch {
	case d > day && d%day == 0:
		return count(int64(d/day), "days")
	case d > time.Hour && d%time.Hour == 0:
		return count(int64(d/time.Hour), "h")
	case d > time.Minute && d%time.Minute == 0:
		return count(int64(d/time.Minute), "min")
	case d >= time.Second:
		return count(int64(d/time.Second), "s")
	default:
		return span(d)
	}
}

// nanoseconds returns a number of seconds as a duration, and whether it can be one.
func nanoseconds(number *big.Rat) (time.Duration, bool) {
	whole := new(big.Rat).Mul(number, big.NewRat(int64(time.Second), 1))
	quotient := new(big.Int).Quo(whole.Num(), whole.Denom())
	return time.Duration(quotient.Int64()), quotient.IsInt64()
}

// length writes a number of seconds as people read it, with the number itself.
func length(number *big.Rat) string {
	d, ok := nanoseconds(number)
	switch {
	case !ok, d < time.Minute:
		return show(number)
	default:
		return fmt.Sprintf("%s (%s)", span(d), show(number))
	}
}

// instant returns the time that a number of seconds since 1970 means, in years that a calendar has.
func instant(number *big.Rat) (time.Time, bool) {
	at, known := moment(number, true)
	rest, ok := nanoseconds(new(big.Rat).Sub(number, big.NewRat(at.Unix(), 1)))
	return at.Add(rest), known && ok
}

// clock writes a number of seconds since 1970 as a time of day, with the date where that is not the other time's.
func clock(number *big.Rat, other time.Time) string {
	at, known := instant(number)
	const timeOfDay = "15:04:05.999Z"
	switch {
	case !known:
		return strings.TrimSuffix(show(number), " s")
	case at.Format(time.DateOnly) == other.UTC().Format(time.DateOnly):
		return at.Format(timeOfDay)
	default:
		return at.Format(time.DateOnly + "T" + timeOfDay)
	}
}

// apart writes a number of seconds since 1970 as clock does, with how far it is from the other time.
func apart(number *big.Rat, other time.Time) string {
	at, known := instant(number)
	switch {
	case !known:
		return clock(number, other)
	case at.Before(other):
		return fmt.Sprintf("%s, %s behind", clock(number, other), span(other.Sub(at)))
	default:
		return fmt.Sprintf("%s, %s ahead", clock(number, other), span(at.Sub(other)))
	}
}

// unit returns in which unit a time since 1970 is, if it is not in seconds: no token expires after the year 5000.
func unit(number *big.Rat) string {
	least := func(power int64) bool { return number.Cmp(big.NewRat(power, 1)) >= 0 }
	switch {
	case least(1e11) && !least(1e14):
		return "milliseconds"
	case least(1e14) && !least(1e17):
		return "microseconds"
	case least(1e17) && !least(math.MaxInt64):
		return "nanoseconds"
	default:
		return ""
	}
}

// unitHint says that a claim's time is in another unit than seconds; "" where it is not.
func unitHint(claim string, number *big.Rat) string {
	if name := unit(number); name != "" {
		return fmt.Sprintf("%s looks like %s since 1970, not seconds", claim, name)
	}
	return ""
}

// lifetimeHint says which units were probably mixed up, where the same number of another unit would be within bounds.
func lifetimeHint(lifetime *big.Rat, least, most time.Duration) string {
	d, ok := nanoseconds(lifetime)
	if !ok || d <= 0 {
		return ""
	}
	within := func(d time.Duration) bool { return d >= least && (most == 0 || d <= most) }
	for _, each := range []struct {
		taken, meant time.Duration
		most         time.Duration // of what anybody sets in such a unit
		words        string
	}{
		{day, time.Minute, time.Hour, "minutes taken for days"},
		{time.Hour, time.Minute, time.Hour, "minutes taken for hours"},
		{time.Minute, time.Second, time.Hour, "seconds taken for minutes"},
		{time.Second, time.Minute, time.Hour, "minutes taken for seconds"},
		{time.Hour, day, 90 * day, "days taken for hours"},
		{time.Minute, time.Hour, 2 * day, "hours taken for minutes"},
		{time.Minute, day, 30 * day, "days taken for minutes"},
		{time.Second, time.Hour, 2 * day, "hours taken for seconds"},
		{time.Second, day, 30 * day, "days taken for seconds"},
	} {
		if each.taken == time.Hour && d%day == 0 {
			continue // nobody takes minutes for a day
		}
		if meant := time.Duration(int64(d/each.taken)) * each.meant; d%each.taken == 0 && d > each.taken && meant <= each.most && within(meant) {
			return "were " + each.words + "?"
		}
	}
	if meant := d / 1000; d%time.Second == 0 && meant%time.Minute == 0 && within(meant) {
		return "were milliseconds taken for seconds?"
	}
	return ""
}

// zoneHint says that a time differs from the present by as much as local time differs from UTC somewhere; "" where it does
// not.
func zoneHint(number *big.Rat, other time.Time) string {
	difference, ok := nanoseconds(new(big.Rat).Sub(number, seconds(other)))
	if !ok {
		return ""
	}
	const quarter = 15 * time.Minute
	zone := difference.Abs().Round(quarter)
	if zone < 2*quarter || zone > 14*time.Hour || zone%time.Hour == quarter || (difference.Abs()-zone).Abs() > 10*time.Second {
		return ""
	}
	return "is local time sent as UTC?"
}

func trimmed(decimal string) string {
	return strings.TrimSuffix(strings.TrimRight(decimal, "0"), ".")
}

// timeHint says what may be wrong with a claim's time, which should be about the present.
func (j *Judge) timeHint(l *Login, claim string, number *big.Rat, now time.Time) string {
	if hint := unitHint(claim, number); hint != "" {
		return hint
	}
	if ahead := now.Sub(l.Received); ahead.Abs() > j.Tolerance && l.rightByOurClock(claim, number, j.Tolerance) {
		return fmt.Sprintf("it is right by this machine's clock, which Date is %s: is Date stale, or is the clock of what sends it wrong?", off(ahead))
	}
	if number.Cmp(seconds(now)) < 0 {
		if hint := j.cached(l.Exchange); hint != "" {
			return hint
		}
	}
	return zoneHint(number, now)
}

// rightByOurClock reports whether a claim's time is as it should be, by this machine's clock.
func (l *Login) rightByOurClock(claim string, number *big.Rat, tolerance time.Duration) bool {
	if claim == "exp" {
		return number.Cmp(seconds(l.Received)) > 0
	}
	difference, ok := nanoseconds(new(big.Rat).Sub(number, seconds(l.Received)))
	return ok && difference.Abs() <= tolerance
}

// off says how far ahead a time is, or behind where that is less than nothing.
func off(ahead time.Duration) string {
	if ahead < 0 {
		return span(ahead) + " behind"
	}
	return span(ahead) + " ahead of"
}

// cached says what shows that a response comes from a cache; "" where nothing does.
func (j *Judge) cached(e *exchange.Exchange) string {
	if age := e.Header.Get("Age"); age != "" && age != "0" {
		return "Age " + j.Secrets.Quote(age) + ": is the response cached?"
	}
	for _, name := range []string{"X-Cache", "X-Cache-Status", "Cf-Cache-Status", "X-Proxy-Cache", "X-Varnish-Cache"} {
		if value := e.Header.Get(name); strings.Contains(strings.ToLower(value), "hit") {
			return name + " " + j.Secrets.Quote(value) + ": is the response cached?"
		}
	}
	return ""
}
