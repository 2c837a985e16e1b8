package exchange

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Values returns the values of a header field as browsers read them: all fields of that name make one list, which is
// split at commas outside quoted strings (the Fetch standard's "get, decode, and split"). A value may be empty.
func (e *Exchange) Values(name string) []string {
	var values []string
	for _, field := range e.Header.Values(name) {
		values = append(values, SplitList(field)...)
	}
	return values
}

// SplitList splits a header field's value at the commas that are not within a quoted string (RFC 9110, section 5.6).
func SplitList(field string) []string {
	var items []string
	start, quoted := 0, false
	for at := 0; at < len(field); at++ {
		switch {
		case quoted && field[at] == '\\':
			at++
		case field[at] == '"':
			quoted = !quoted
		case field[at] == ',' && !quoted:
			items = append(items, strings.TrimSpace(field[start:at]))
			start = at + 1
		}
	}
	return append(items, strings.TrimSpace(field[start:]))
}

// ContentType returns the declared media type, lower-case and without its parameters; "" where there is none, or where
// several are declared that disagree. That there are several is as with browsers: what has no slash is none of them.
func (e *Exchange) ContentType() string {
	types := map[string]bool{}
	for _, field := range e.Header.Values("Content-Type") {
		values := SplitList(field)
		if declared := slices.DeleteFunc(slices.Clone(values), func(value string) bool { return !strings.Contains(value, "/") }); len(declared) > 0 {
			values = declared
		}
		for _, value := range values {
			mediaType, _, _ := strings.Cut(value, ";")
			types[strings.ToLower(strings.TrimSpace(mediaType))] = true
		}
	}
	delete(types, "")
	if len(types) != 1 {
		return ""
	}
	return slices.Collect(maps.Keys(types))[0]
}

// Date returns when the response was made by its Date; false where none can be read, or where several disagree.
func (e *Exchange) Date() (date time.Time, told bool) {
	for i, field := range e.Header.Values("Date") {
		each, err := http.ParseTime(field)
		if err != nil || i > 0 && !each.Equal(date) {
			return time.Time{}, false
		}
		date, told = each, true
	}
	return date, told
}
