// Package deviations reads the file that lists what a deployment is known, and accepted, to break. It is the one seam to
// the YAML library.
package deviations

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/textfile"
)

// entry is how the file lists a deviation. All members are required.
type entry struct {
	Clause     placed `yaml:"clause"`
	Reason     string `yaml:"reason"`
	AcceptedBy string `yaml:"accepted_by"`
	Expires    string `yaml:"expires"`
}

// placed is a text, and the line of the file that it is in.
type placed struct {
	text string
	line int
}

// UnmarshalYAML reads the text as any other.
func (p *placed) UnmarshalYAML(node ast.Node) error {
	p.line = node.GetToken().Position.Line
	return yaml.NodeToValue(node, &p.text)
}

// largest is how many bytes of a file are read.
const largest = 1 << 20

// Read reads the file at path. Clauses are the ids that there are; an entry that expired before today, by UTC, is so
// marked. The error is one sentence that ends in what to do.
func Read(path string, clauses []string, today time.Time) ([]result.Deviation, error) {
	entries, err := parse(path)
	if err != nil {
		return nil, fmt.Errorf("KLEARSTACK_DEVIATIONS names %q, which %w", path, err)
	}
	known := map[string]bool{}
	for _, clause := range clauses {
		known[clause] = true
	}
	var all []result.Deviation
	for i, e := range entries {
		expires, err := e.check(known)
		if err != nil {
			return nil, fmt.Errorf("KLEARSTACK_DEVIATIONS names %q, whose entry %d %w", path, i+1, err)
		}
		known[e.Clause.text] = false
		made := result.Deviation{
			Clause: e.Clause.text, Place: fmt.Sprintf("%s:%d", path, e.Clause.line), Reason: oneLine(e.Reason), AcceptedBy: oneLine(e.AcceptedBy), Expires: e.Expires, State: result.StateUnjudged,
		}
		if expires.Before(today.UTC().Truncate(24 * time.Hour)) {
			made.State = result.StateExpired
		}
		all = append(all, made)
	}
	return all, nil
}

// parse reads the entries. The error completes a sentence that begins with the file.
func parse(path string) ([]entry, error) {
	text, err := textfile.Read(path, largest)
	if err == nil {
		text, err = textfile.Plain(text)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: name a readable YAML file in UTF-8", err)
	}
	var entries []entry
	err = yaml.NewDecoder(bytes.NewReader(text), yaml.Strict()).Decode(&entries)
	if err != nil && !errors.Is(err, io.EOF) {
		reason, _, _ := strings.Cut(yaml.FormatError(err, false, false), "\n")
		return nil, fmt.Errorf("is not a list of clause, reason, accepted_by and expires: correct it at %s", reason)
	}
	return entries, nil
}

// check tells when the entry expires. The error completes a sentence that begins with the entry. A clause that is known
// but false stands in the file already.
func (e entry) check(known map[string]bool) (time.Time, error) {
	for _, required := range []struct{ name, value string }{
		{"clause", e.Clause.text}, {"reason", e.Reason}, {"accepted_by", e.AcceptedBy}, {"expires", e.Expires},
	} {
		if strings.TrimSpace(required.value) == "" {
			return time.Time{}, fmt.Errorf("has no %s: say it", required.name)
		}
	}
	switch free, exists := known[e.Clause.text]; {
	case !exists:
		return time.Time{}, fmt.Errorf("names the clause %q, which does not exist: check it against the README's table", e.Clause.text)
	case !free:
		return time.Time{}, fmt.Errorf("names the clause %s again: keep one of the entries", e.Clause.text)
	}
	expires, err := time.Parse(time.DateOnly, e.Expires)
	if err != nil {
		return time.Time{}, fmt.Errorf("expires on %q, which is no date: write it as 2006-01-02", e.Expires)
	}
	return expires, nil
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
