// Package wire is requests as they stand on the wire (RFC 9112): what the clients of the documented samples sent, byte
// by byte, and what tells two of them apart.
package wire

import (
	"fmt"
	"mime"
	"regexp"
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

// has reports whether there is a field of that name, be it empty.
func (m Message) has(name string) bool { return len(m.Values(name)) > 0 }

// value is the value of a field that is there once, or all values in a row.
func (m Message) value(name string) string { return strings.Join(m.Values(name), ", ") }

// origin is the field that names the page's origin (RFC 6454, section 7).
const origin = "Origin"

// atHome reports whether the request comes from a page of the host that it is sent to.
func (m Message) atHome() bool {
	host, found := originHost(m.value(origin))
	return found && host == m.value("Host")
}

// abroad reports whether the request comes from a page of another host.
func (m Message) abroad() bool {
	host, found := originHost(m.value(origin))
	return found && host != m.value("Host")
}

// originHost is the host and port of an origin; "null", or anything else that is no web origin, has none.
func originHost(value string) (string, bool) {
	scheme, host, found := strings.Cut(value, "://")
	return host, found && (scheme == "http" || scheme == "https") && host != "" && !strings.ContainsAny(host, "/ ,")
}

// forms are the boundaries of the captured clients: what is fixed, and what is drawn at random.
var forms = []*regexp.Regexp{
	regexp.MustCompile(`^(-{26})([0-9]{24})$`),                              // Node.js request
	regexp.MustCompile(`^(----WebKitFormBoundary)([A-Za-z0-9]{16})$`),       // Chromium
	regexp.MustCompile(`^(----geckoformboundary)([0-9a-f]{32})$`),           // Firefox
	regexp.MustCompile(`^(-{24})([0-9a-f]{16})$`),                           // curl
	regexp.MustCompile(`^(----formdata-undici-)([0-9]{12})$`),               // Node.js fetch
	regexp.MustCompile(`^()([0-9a-f]{32})$`),                                // Python
	regexp.MustCompile(`^()([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$`), // OkHttp
}

// boundary returns the boundary of a multipart request; "" where there is none.
func (m Message) boundary() string {
	_, parameters, err := mime.ParseMediaType(m.value("Content-Type"))
	if err != nil {
		return ""
	}
	return parameters["boundary"]
}

// shape returns a boundary with an X for each random letter or digit; a boundary of no known form as it is.
func shape(boundary string) string {
	for _, form := range forms {
		if parts := form.FindStringSubmatch(boundary); parts != nil {
			return parts[1] + strings.Map(func(char rune) rune {
				if char == '-' {
					return char
				}
				return 'X'
			}, parts[2])
		}
	}
	return boundary
}

// shaped returns text of the message with the boundary's shape for the boundary.
func (m Message) shaped(text string) string {
	boundary := m.boundary()
	if boundary == "" {
		return text
	}
	return strings.ReplaceAll(text, boundary, shape(boundary))
}
