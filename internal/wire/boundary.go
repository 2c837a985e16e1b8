package wire

import (
	"mime"
	"regexp"
	"strings"
)

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
