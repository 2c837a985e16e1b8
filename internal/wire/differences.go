package wire

import (
	"net/textproto"
	"slices"
	"strings"
)

// What a Difference may be in, beside a header field, which goes by its canonical name.
const (
	InMethod      = "method"
	InPath        = "path"
	InProtocol    = "protocol"
	InHeaderNames = "header names" // their spelling and order
	InBody        = "body"
)

// absent stands for a field that is not there.
const absent = "(absent)"

// Difference is one thing that two requests do not share. Got and Want may hold credentials.
type Difference struct {
	Field     string
	Got, Want string // "(absent)" for a header field that is not there
}

// Differences compares two requests in method, path, protocol, the spelling and order of the header's names, each
// header field, and body, byte by byte, and returns all but the differences that [Excused] lists. The credentials are
// none of those: to compare a client with a capture, give it the ones that [Captured] tells.
func Differences(got, want Message) []Difference {
	excuses := excuses()
	return slices.DeleteFunc(everything(got, want), func(d Difference) bool {
		return slices.ContainsFunc(excuses, func(e excuse) bool { return e.covers(d, got, want) })
	})
}

// everything is all differences, excused or not.
func everything(got, want Message) []Difference {
	var found []Difference
	compare := func(field, got, want string) {
		if got != want {
			found = append(found, Difference{Field: field, Got: got, Want: want})
		}
	}
	compare(InMethod, got.Method, want.Method)
	compare(InPath, got.Path, want.Path)
	compare(InProtocol, got.Protocol, want.Protocol)
	compare(InHeaderNames, got.spelling(), want.spelling())
	for _, name := range names(got, want) {
		if !slices.Equal(got.Values(name), want.Values(name)) {
			found = append(found, Difference{Field: name, Got: got.shown(name), Want: want.shown(name)})
		}
	}
	compare(InBody, got.Body, want.Body)
	return found
}

// spelling is the names of the header's fields as they were sent.
func (m Message) spelling() string {
	var all []string
	for _, field := range m.Fields {
		all = append(all, field.Name)
	}
	return strings.Join(all, ", ")
}

// names are the canonical names of the fields of both, in alphabetical order.
func names(got, want Message) []string {
	var all []string
	for _, field := range slices.Concat(got.Fields, want.Fields) {
		all = append(all, textproto.CanonicalMIMEHeaderKey(field.Name))
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (m Message) shown(name string) string {
	if !m.has(name) {
		return absent
	}
	return m.value(name)
}
