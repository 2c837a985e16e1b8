package fault

import (
	"bytes"
	"encoding/binary"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func strictJSON() []Fault {
	return slices.Concat(declaredType(), strictBody(), completeBody(), missingBody())
}

func declaredType() []Fault {
	declared := func(contentTypes ...string) reference.Hooks {
		return change.Header("Content-Type", contentTypes...).Only(change.Granted)
	}
	return of("OK-3",
		hooked("response-declared-as-html", "Declares the token response as text/html.", declared("text/html; charset=utf-8")),
		hooked("response-declared-as-text", "Declares the token response as text/plain.", declared("text/plain")),
		hooked("response-declared-as-text-json", "Declares the token response as text/json.", declared("text/json")),
		hooked("response-declared-as-javascript", "Declares the token response as application/javascript.", declared("application/javascript")),
		hooked("response-declared-as-problem", "Declares the token response as application/problem+json.", declared("application/problem+json")),
		hooked("response-declared-twice", "Declares the token response as application/json and, in a second field, as text/html.",
			declared("application/json", "text/html")),
		hooked("response-declared-twice-html-first", "Declares the token response as text/html and, in a second field, as application/json.",
			declared("text/html; charset=utf-8", "application/json")),
		hooked("response-declared-as-two-types", "Declares the token response as application/json and text/html in one field.", declared("application/json, text/html")),
		hooked("missing-error-declared-twice", "Declares the error about a missing parameter as application/json and, in a second field, as text/html.",
			change.Header("Content-Type", "application/json", "text/html").Only(change.Missing)),
		hooked("response-undeclared", "Sends the token response without a content type.", declared()),
	)
}

func strictBody() []Fault {
	written := func(write func(string) string) reference.Hooks { return change.Body(write).Only(change.Granted) }
	first := func(text string) reference.Hooks {
		return written(func(body string) string { return "{" + text + "," + body[1:] })
	}
	return of("OK-3",
		hooked("byte-order-mark", "Starts the token response with a byte order mark.",
			written(func(body string) string { return "\uFEFF" + body })),
		hooked("response-in-utf-16", "Encodes the token response in UTF-16.", written(inUTF16)),
		hooked("invalid-utf-8", "Puts a byte into the token response that is not UTF-8.", first("\"note\":\"\xff\"")),
		hooked("duplicate-member", "Names release_version twice in the token response.", first(`"release_version":"7.8.9"`)),
		hooked("trailing-comma", "Ends the token response's members with a comma.",
			written(func(body string) string { return strings.TrimSuffix(body, "}") + ",}" })),
		hooked("trailing-text", "Writes text after the token response.",
			written(func(body string) string { return body + "OK" })),
		hooked("second-value", "Writes a second JSON value after the token response.",
			written(func(body string) string { return body + "\n" + `{"status":"ok"}` })),
		hooked("trailing-no-break-space", "Ends the token response with a no-break space.",
			written(func(body string) string { return body + "\u00A0" })),
		hooked("warning-before-response", "Writes a warning before the token response.",
			written(func(body string) string { return "Warning: the key is deprecated\n" + body })),
		hooked("callback-around-response", "Wraps the token response in a function call, as JSONP does.",
			written(func(body string) string { return "callback(" + body + ");" })),
		hooked("guard-before-response", "Starts the token response with a guard against JSON hijacking.",
			written(func(body string) string { return ")]}',\n" + body })),
		hooked("typographic-quotes", "Writes typographic quotes around the release version, as the page's example does.",
			written(func(body string) string { return strings.ReplaceAll(body, `"7.8.9"`, "“7.8.9”") })),
		hooked("single-quotes", "Writes single quotes in place of double ones.",
			written(func(body string) string { return strings.ReplaceAll(body, `"`, `'`) })),
		hooked("names-without-quotes", "Writes the members' names without quotes.",
			written(func(body string) string {
				return strings.NewReplacer(`"refresh_token"`, "refresh_token", `"access_token"`, "access_token",
					`"release_version"`, "release_version").Replace(body)
			})),
		hooked("not-a-number", "Puts a NaN into the token response.", first(`"expires_in":NaN`)),
		hooked("leading-zero", "Puts a number with a leading zero into the token response.", first(`"expires_in":0900`)),
		hooked("raw-tab-in-text", "Puts an unescaped tab into a text of the token response.", first("\"note\":\"a\tb\"")),
		hooked("comment-in-response", "Writes a comment into the token response.",
			written(func(body string) string { return "{/* tokens */" + body[1:] })),
		hooked("gzip-without-label", "Compresses the token response without saying so.", written(change.Gzipped)),
	)
}

func completeBody() []Fault {
	announcing := func(more int) reference.Hooks {
		return change.Encoding(func(a *reference.Answer) {
			a.Header.Set("Content-Length", strconv.Itoa(len(a.Body)+more))
		})
	}
	half := change.Body(func(text string) string { return text[:len(text)/2] })
	return of("OK-3",
		hooked("response-cut-short", "Sends half of the token response, with a Content-Length to match.", half.Only(change.Granted)),
		hooked("response-cut-on-the-way", "Closes the connection after half of the token response.",
			change.Encoding(func(a *reference.Answer) {
				a.Header.Set("Content-Length", strconv.Itoa(len(a.Body)))
				a.Body = a.Body[:len(a.Body)/2]
			}).Only(change.Granted)),
		hooked("length-too-large", "Announces ten bytes more than the token response has.", announcing(10).Only(change.Granted)),
	)
}

func missingBody() []Fault {
	return of("OK-3",
		hooked("missing-error-declared-as-html", "Declares the error about a missing parameter as text/html.",
			change.Header("Content-Type", "text/html").Only(change.Missing)),
		hooked("missing-error-in-html", "Writes the error about a missing parameter as an HTML page.",
			missingPage("text/html; charset=utf-8", "<!doctype html><title>Error</title><p>", "</p>")),
		hooked("missing-error-in-plain-text", "Writes the error about a missing parameter as plain text.",
			missingPage("text/plain; charset=utf-8", "", "\n")),
		hooked("missing-error-as-the-page-prints-it", "Writes the error about a missing parameter as the page's fragment: error and a quoted text, without braces.",
			missingPage("application/json", `error "`, `"`)),
		hooked("missing-error-with-byte-order-mark", "Starts the error about a missing parameter with a byte order mark.",
			change.Body(func(text string) string { return "\uFEFF" + text }).Only(change.Missing)),
		hooked("missing-error-written-twice", "Writes the error about a missing parameter twice.",
			change.Body(func(text string) string { return text + text }).Only(change.Missing)),
	)
}

// missingPage writes the right error of a missing parameter in another form.
func missingPage(contentType, before, after string) reference.Hooks {
	return reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
		a.Body = []byte(before + reference.MissingText(c.Missing) + after)
		a.Header.Set("Content-Type", contentType)
		a.Status = http.StatusInternalServerError
	}}.Only(change.Missing)
}

func inUTF16(text string) string {
	var encoded bytes.Buffer
	for _, unit := range utf16.Encode([]rune("\uFEFF" + text)) {
		_ = binary.Write(&encoded, binary.LittleEndian, unit) // a buffer takes everything
	}
	return encoded.String()
}
