package main

import (
	"context"
	"fmt"
	"io"
	"strings"
)

// report writes what came of the samples for people.
type report struct {
	out    io.Writer
	strict bool // a client that is missing is a failure
	failed bool // something is not as it has to be

	where              string // the endpoint that the lines are about
	got, missing, none int    // of these lines; none: not applicable
}

// all tries all samples against one endpoint and says what comes of them, up to an interruption.
func (r *report) all(ctx context.Context, where string, here []found, try func(found) outcome) {
	r.where, r.got, r.missing, r.none = where, 0, 0, 0
	if ctx.Err() == nil {
		r.say("The page's samples against %s:", where)
	}
	for _, one := range here {
		var o outcome
		if one.here != "" {
			o = try(one)
		}
		if ctx.Err() == nil {
			r.line(one, o)
		}
	}
	if ctx.Err() == nil {
		r.summary(len(here))
	}
}

// line says what came of one sample.
func (r *report) line(one found, o outcome) {
	r.say("  %-24s %s", strings.TrimSpace(one.client+" "+one.here), r.words(one, o))
	for _, each := range o.drifts {
		r.drift(each)
	}
}

func (r *report) words(one found, o outcome) string {
	switch {
	case one.here == "":
		r.missing++
		r.failed = r.failed || r.strict
		return fmt.Sprintf("missing: install %s (apt-get install -y %s)", strings.ReplaceAll(one.packages, " ", " and "), one.packages)
	case o.notApplicable != "":
		r.none++
		return "not applicable: " + o.notApplicable
	case o.failure != "":
		r.failed = true
		return "did not get its tokens: " + o.failure
	default:
		r.got++
		return "got its tokens"
	}
}

// drift shows in what a request is not its capture's.
func (r *report) drift(d drift) {
	what := "in nothing that the suite imitates"
	if d.imitated != nil {
		r.failed = true
		what = "in what the suite imitates (" + strings.Join(d.imitated, ", ") + ")"
	}
	r.say("    not as in %s, %s", d.capture, what)
	for _, line := range d.lines {
		r.say("      %s", line)
	}
}

// summary counts the lines about one endpoint.
func (r *report) summary(all int) {
	text := fmt.Sprintf("%d of %d clients got their tokens from %s", r.got, all, r.where)
	if r.missing > 0 {
		text += fmt.Sprintf("; %d missing", r.missing)
	}
	if r.none > 0 {
		text += fmt.Sprintf("; %d not applicable", r.none)
	}
	r.say("%s", text)
}

// say writes a line. A reader that has gone away is no reason to fail.
func (r *report) say(format string, values ...any) {
	_, _ = fmt.Fprintf(r.out, format+"\n", values...)
}
