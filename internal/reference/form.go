package reference

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"
)

// The parameters of the endpoint, as they stand in the body.
const (
	ParamUsername = "username"
	ParamCompany  = "company_name"
	ParamPassword = "password"
)

// Parameters lists the three parameters in the order of the page's samples.
func Parameters() []string {
	return []string{ParamUsername, ParamCompany, ParamPassword}
}

// Label is how an error names a parameter: "Company Name" (ERR-1 to ERR-4). A name that is no parameter is returned as
// it is.
func Label(parameter string) string {
	switch parameter {
	case ParamUsername:
		return "Username"
	case ParamCompany:
		return "Company Name"
	case ParamPassword:
		return "Password"
	default:
		return parameter
	}
}

// Field is one name and value of a form, decoded.
type Field struct{ Name, Value string }

// Form is a decoded form in the order in which it was sent.
type Form []Field

// Get returns the first value of name, and whether name was sent at all.
func (f Form) Get(name string) (value string, sent bool) {
	for _, field := range f {
		if field.Name == name {
			return field.Value, true
		}
	}
	return "", false
}

// Value returns the first value of name; "" where none was sent.
func (f Form) Value(name string) string {
	value, _ := f.Get(name)
	return value
}

// missing lists the parameters that were not sent at all.
func (f Form) missing() []string {
	var names []string
	for _, name := range Parameters() {
		if _, sent := f.Get(name); !sent {
			names = append(names, name)
		}
	}
	return names
}

// Encoding is how a request's body was encoded.
type Encoding string

// The encodings that the endpoint takes, and what it makes of any other.
const (
	// Urlencoded is application/x-www-form-urlencoded, with any parameters and in any case, or no content type at all.
	Urlencoded Encoding = "urlencoded"
	// Multipart is multipart/form-data.
	Multipart Encoding = "multipart"
	// OtherEncoding is not a form.
	OtherEncoding Encoding = "other"
)

// encodingOf reads a Content-Type header.
func encodingOf(contentType string) Encoding {
	mediaType, _, _ := strings.Cut(contentType, ";")
	switch strings.ToLower(strings.TrimSpace(mediaType)) {
	case "", "application/x-www-form-urlencoded":
		return Urlencoded
	case "multipart/form-data":
		return Multipart
	default:
		return OtherEncoding
	}
}

// boundaryOf returns the boundary of a multipart Content-Type header, or "".
func boundaryOf(contentType string) string {
	_, parameters, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return parameters["boundary"]
}

// ParseUrlencoded splits a urlencoded body at "&" and "=" alone and decodes names and values with decode, which is
// [DecodeUrlencoded] in a server that keeps the contract (REQ-4, REQ-6). No pair is dropped: a raw ";" is data, and a
// name without "=" has the empty value.
func ParseUrlencoded(body string, decode func(string) string) Form {
	var form Form
	for pair := range strings.SplitSeq(body, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		form = append(form, Field{Name: decode(name), Value: decode(value)})
	}
	return form
}

// DecodeUrlencoded turns "+" into a space and each valid "%XX" into its byte. An invalid "%" stays as it is, so that a
// wrong value remains a wrong value and does not turn into a missing one.
func DecodeUrlencoded(text string) string {
	var decoded strings.Builder
	for i := 0; i < len(text); i++ {
		switch char := text[i]; {
		case char == '+':
			decoded.WriteByte(' ')
		case char == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			decoded.WriteByte(unhex(text[i+1])<<4 | unhex(text[i+2]))
			i += 2
		default:
			decoded.WriteByte(char)
		}
	}
	return decoded.String()
}

func isHex(char byte) bool {
	return '0' <= char && char <= '9' || 'a' <= char|0x20 && char|0x20 <= 'f'
}

func unhex(char byte) byte {
	if char <= '9' {
		return char - '0'
	}
	return char | 0x20 - 'a' + 10
}

// parseMultipart reads a multipart body (REQ-5). A part needs no header but Content-Disposition; a body of only the
// closing delimiter is a form without parameters. The error says that the body is not what its boundary promises.
func parseMultipart(body []byte, boundary string) (Form, error) {
	if boundary == "" {
		return nil, errors.New("the content type names no boundary")
	}
	var form Form
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) && isClosed(body, boundary) {
			return form, nil
		}
		if err != nil {
			return nil, err
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		form = append(form, Field{Name: part.FormName(), Value: string(value)})
	}
}

// isClosed reports whether the closing delimiter is there: the reader says EOF for a body that never held its boundary,
// too.
func isClosed(body []byte, boundary string) bool {
	return bytes.Contains(body, []byte("--"+boundary+"--"))
}
