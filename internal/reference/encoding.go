package reference

import (
	"mime"
	"strings"
)

// Encoding is how a request's body was encoded.
type Encoding string

// The encodings that the endpoint takes, and what it makes of any other.
const (
	// Urlencoded is application/x-www-form-urlencoded, with any parameters and
	// in any case, or no content type at all.
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
