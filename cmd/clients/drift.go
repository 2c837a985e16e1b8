package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/wire"
)

// drift is how a request differs from the capture of an earlier one.
type drift struct {
	capture  string
	imitated []string // what of it the suite imitates; empty where that is all the same
	lines    []string // the normal texts' lines, those of the capture alone after -, those of the request after +
}

// imitated is what the suite sends as the clients do.
func imitated(field string) bool {
	return slices.Contains([]string{
		wire.InMethod, wire.InPath, wire.InProtocol, wire.InBody, "Content-Type", "Content-Length", "Transfer-Encoding",
		"Authorization", "Accept", "Accept-Encoding", "User-Agent", "Expect", "Origin",
		"Access-Control-Request-Method", "Access-Control-Request-Headers",
	}, field)
}

// compare finds in what the calls of a client differ from its captures.
func compare(calls []call, captures []string) []drift {
	var all []drift
	for i, capture := range captures {
		if i >= len(calls) {
			all = append(all, drift{capture: capture, imitated: []string{"being sent"}})
			continue
		}
		if found := compareOne(calls[i], capture); found.lines != nil || found.imitated != nil {
			all = append(all, found)
		}
	}
	if more := len(calls) - len(captures); more > 0 && len(captures) > 0 {
		last := captures[len(captures)-1]
		all = append(all, drift{capture: last, imitated: []string{fmt.Sprintf("what follows: %d more of the client's requests", more)}})
	}
	return all
}

func compareOne(made call, capture string) drift {
	found := drift{capture: capture}
	want, err := wire.Capture(capture)
	if err != nil {
		return drift{capture: capture, imitated: []string{err.Error()}}
	}
	got, err := wire.Parse(made.raw)
	if err != nil {
		return drift{capture: capture, imitated: []string{err.Error()}}
	}
	for _, difference := range wire.Differences(got, want) {
		if imitated(difference.Field) {
			found.imitated = append(found.imitated, difference.Field)
		}
	}
	if before, now := wire.Normal(want), wire.Normal(got); before != now {
		found.lines = diff(strings.Split(before, "\n"), strings.Split(now, "\n"))
	}
	return found
}
