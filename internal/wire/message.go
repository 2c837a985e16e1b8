package wire

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Field is one header field as sent: its name in the sender's spelling, its value without the blanks around it.
type Field struct{ Name, Value string }

// Message is one HTTP/1 request.
type Message struct {
	Method, Path, Protocol string  // Path is the request target, with its query
	Fields                 []Field // in the order in which they were sent
	Body                   string  // as sent: chunks stay chunks
}

// Parse reads one whole request. The error says which part of it is missing or is none; it shows nothing of the request.
func Parse(raw []byte) (Message, error) {
	head, body, whole := strings.Cut(string(raw), "\r\n\r\n")
	if !whole {
		return Message{}, fmt.Errorf("the request has no blank line after its header: record it to its end")
	}
	lines := strings.Split(head, "\r\n")
	line := strings.Split(lines[0], " ")
	if len(line) != 3 || slices.Contains(line, "") {
		return Message{}, fmt.Errorf("the request's first line is not a method, a target and a protocol: record it from its start")
	}
	m := Message{Method: line[0], Path: line[1], Protocol: line[2], Body: body}
	for i, text := range lines[1:] {
		name, value, found := strings.Cut(text, ":")
		if !found || name == "" || strings.ContainsAny(name, " \t") || strings.ContainsAny(text, "\r\n") {
			return Message{}, fmt.Errorf("the request's header line %d is no field: record an HTTP/1 request without folded lines", i+1)
		}
		m.Fields = append(m.Fields, Field{Name: name, Value: strings.Trim(value, " \t")})
	}
	for _, told := range m.Values("Content-Length") {
		if told != strconv.Itoa(len(body)) {
			return Message{}, fmt.Errorf("the request's Content-Length is not the %d bytes of its body: record it to its end", len(body))
		}
	}
	return m, nil
}

// Values returns the values of all fields of a name, whatever the case of its letters; none where there is no such field.
func (m Message) Values(name string) []string {
	var values []string
	for _, field := range m.Fields {
		if strings.EqualFold(field.Name, name) {
			values = append(values, field.Value)
		}
	}
	return values
}

// has tells whether there is a field of that name, be it empty.
func (m Message) has(name string) bool { return len(m.Values(name)) > 0 }

// value is the value of a field that is there once, or all values in a row.
func (m Message) value(name string) string { return strings.Join(m.Values(name), ", ") }
