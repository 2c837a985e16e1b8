package main

import (
	"fmt"
	"os"
	"path/filepath"
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

// keep writes what a client sent to files that are called after its captures, byte by byte, so that they can take the
// captures' places. The error is one sentence.
func keep(folder string, calls []call, captures []string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("the folder %s for what it sent can't be made: check the permissions there", folder)
	}
	for i := range min(len(calls), len(captures)) {
		file := filepath.Join(folder, captures[i]+".http")
		if err := os.WriteFile(file, calls[i].raw, 0o644); err != nil { //nolint:gosec // the credentials in it are made up and public
			return fmt.Errorf("%s can't be written: check the permissions there", file)
		}
	}
	return nil
}

// diff lists the lines that only one of two texts has: those of before after -, those of now after +, in their order.
func diff(before, now []string) []string {
	// longest[i][j] is the length of the longest common subsequence of before[i:] and now[j:].
	longest := make([][]int, len(before)+1)
	for i := range longest {
		longest[i] = make([]int, len(now)+1)
	}
	for i := range slices.Backward(before) {
		for j := range slices.Backward(now) {
			if before[i] == now[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	var lines []string
	for i, j := 0, 0; i < len(before) || j < len(now); {
		switch {
		case i < len(before) && j < len(now) && before[i] == now[j]:
			i, j = i+1, j+1
		case j == len(now) || i < len(before) && longest[i+1][j] >= longest[i][j+1]:
			lines = append(lines, "-"+before[i])
			i++
		default:
			lines = append(lines, "+"+now[j])
			j++
		}
	}
	return lines
}
