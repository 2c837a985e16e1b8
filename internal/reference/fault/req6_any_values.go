package fault

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func anyValues() []Fault {
	return slices.Concat(parameterOrder(), urlencodedValues(), multipartValues(), contentTypeCharset())
}

func parameterOrder() []Fault {
	reordered := func(c *reference.Call) bool {
		var names []string
		for _, field := range c.Form {
			if slices.Contains(reference.Parameters(), field.Name) {
				names = append(names, field.Name)
			}
		}
		return len(names) == len(reference.Parameters()) && !slices.Equal(names, reference.Parameters())
	}
	return of("REQ-6",
		hooked("order-insisted-on", "Answers a form with 400 whose parameters stand in another order than the samples'.",
			change.Failing(http.StatusBadRequest, "The parameters are out of order").Only(change.All(change.Granted, reordered))),
		hooked("order-insisted-on-in-multipart", "Answers a multipart form with 400 whose parameters stand in another order than the samples'.",
			change.Failing(http.StatusBadRequest, "The parameters are out of order").Only(change.All(change.Granted, change.Multipart, reordered))),
		hooked("values-taken-by-position", "Takes the first value for the username, the second for the company and the third for the password.",
			reference.Hooks{Parsed: func(c *reference.Call) {
				for i, name := range reference.Parameters() {
					c.Form[i].Name = name
				}
			}}.Only(change.All(change.Post, reordered))),
	)
}

func urlencodedValues() []Fault {
	return of("REQ-6",
		hooked("urlencoded-decoded-twice", "Decodes urlencoded values twice.",
			decoding(func(text string) string {
				return reference.DecodeUrlencoded(reference.DecodeUrlencoded(text))
			})),
		hooked("urlencoded-decoded-before-split", "Decodes a urlencoded body before it splits it at ampersands.",
			reference.Hooks{Parsed: func(c *reference.Call) {
				decoded := reference.DecodeUrlencoded(string(c.RawBody))
				c.Form = reference.ParseUrlencoded(decoded, func(text string) string { return text })
			}}.Only(change.Urlencoded)),
		hooked("semicolon-ends-value", "Ends a urlencoded value at a semicolon, even a percent-encoded one.",
			decoding(func(text string) string {
				before, _, _ := strings.Cut(reference.DecodeUrlencoded(text), ";")
				return before
			})),
		hooked("urlencoded-read-as-latin-1", "Reads the bytes of urlencoded values as Latin-1.",
			decoding(func(text string) string { return change.Latin1(reference.DecodeUrlencoded(text)) })),
		hooked("urlencoded-non-ascii-lost", "Turns letters beyond ASCII in urlencoded values into question marks.",
			decoding(func(text string) string { return asciiOnly(reference.DecodeUrlencoded(text)) })),
		hooked("percent-encoded-letters-kept", "Does not decode percent-encoded letters and digits.",
			decoding(func(text string) string { return reference.DecodeUrlencoded(keepEncoded(text, alphanumeric)) })),
		hooked("upper-case-hex-kept", "Does not decode percent-encodings whose hex digits are upper-case.",
			decoding(func(text string) string { return reference.DecodeUrlencoded(keepEncoded(text, upperCaseHex)) })),
		hooked("lower-case-hex-kept", "Does not decode percent-encodings whose hex digits are lower-case.",
			decoding(func(text string) string { return reference.DecodeUrlencoded(keepEncoded(text, lowerCaseHex)) })),
		hooked("percent-encodings-kept", "Decodes plus signs, but no percent-encodings.",
			decoding(func(text string) string { return strings.ReplaceAll(text, "+", " ") })),
		hooked("nothing-decoded", "Takes urlencoded values as they are.",
			decoding(func(text string) string { return text })),
	)
}

func multipartValues() []Fault {
	return of("REQ-6",
		hooked("multipart-percent-decoded", "Percent-decodes multipart values, which are sent as they are.",
			multipartReading(reference.DecodeUrlencoded)),
		hooked("multipart-read-as-latin-1", "Reads the bytes of multipart values as Latin-1.", multipartReading(change.Latin1)),
		hooked("multipart-non-ascii-lost", "Turns letters beyond ASCII in multipart values into question marks.",
			multipartReading(asciiOnly)),
		hooked("multipart-cut-at-quote", "Ends a multipart value at a quotation mark.",
			multipartReading(func(text string) string {
				before, _, _ := strings.Cut(text, `"`)
				return before
			})),
		hooked("multipart-cut-at-semicolon", "Ends a multipart value at a semicolon.",
			multipartReading(func(text string) string {
				before, _, _ := strings.Cut(text, ";")
				return before
			})),
	)
}

func contentTypeCharset() []Fault {
	charset := change.All(change.Urlencoded, func(c *reference.Call) bool {
		return strings.Contains(c.Request.Header.Get("Content-Type"), ";")
	})
	return of("REQ-6",
		hooked("charset-unsupported", "Answers a urlencoded form with 415 whose content type names a charset.",
			change.Failing(http.StatusUnsupportedMediaType, "The content type is not supported").Only(charset)),
		hooked("charset-loses-form", "Finds no parameters in a urlencoded form whose content type names a charset.",
			change.Failing(http.StatusInternalServerError, reference.MissingText(reference.Parameters())).Only(charset)),
		hooked("urlencoded-read-as-latin-1-without-charset", "Reads a urlencoded form as Latin-1 if its content type names no charset.",
			decoding(func(text string) string { return change.Latin1(reference.DecodeUrlencoded(text)) }).Only(change.Not(charset))),
		hooked("read-as-latin-1-without-charset", "Reads a form as Latin-1 if its content type names no charset, as no multipart form's does.",
			decoding(func(text string) string { return change.Latin1(reference.DecodeUrlencoded(text)) }).Only(change.Not(charset)).
				Then(multipartReading(change.Latin1))),
		hooked("charset-read-as-latin-1", "Reads a urlencoded form as Latin-1 if its content type names a charset.",
			decoding(func(text string) string { return change.Latin1(reference.DecodeUrlencoded(text)) }).Only(charset)),
	)
}

// multipartReading reads multipart values in another way.
func multipartReading(read func(string) string) reference.Hooks {
	return reference.Hooks{Parsed: func(c *reference.Call) {
		for i := range c.Form {
			c.Form[i].Value = read(c.Form[i].Value)
		}
	}}.Only(change.Multipart)
}

func asciiOnly(text string) string {
	return strings.Map(func(char rune) rune {
		if char > unicode.MaxASCII {
			return '?'
		}
		return char
	}, text)
}

var percentEncoded = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)

// keepEncoded protects percent-encodings that match from being decoded.
func keepEncoded(text string, match func(encoded string) bool) string {
	return percentEncoded.ReplaceAllStringFunc(text, func(encoded string) string {
		if match(encoded) {
			return "%25" + encoded[1:]
		}
		return encoded
	})
}

func alphanumeric(encoded string) bool {
	char := rune(reference.DecodeUrlencoded(encoded)[0])
	return char <= unicode.MaxASCII && (unicode.IsLetter(char) || unicode.IsDigit(char))
}

func upperCaseHex(encoded string) bool { return encoded != strings.ToLower(encoded) }

func lowerCaseHex(encoded string) bool { return encoded != strings.ToUpper(encoded) }
