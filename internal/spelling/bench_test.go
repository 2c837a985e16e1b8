package spelling_test

import (
	"strings"
	"testing"

	"github.com/klearstack/conformance/internal/spelling"
)

// What it costs to read a text in every way, a long one and one as servers send them.
func BenchmarkEach(b *testing.B) {
	for name, text := range map[string]string{
		"error": `{"error":"Company Name is required","code":"missing_parameter","request_id":"0b1e2d3c-4f5a-6789-abcd-ef0123456789"}`,
		"token": `{"access_token":"` + strings.Repeat("eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.", 9) + `","release_version":"7.8.9"}`,
		"page":  strings.Repeat("<p class=\"error\">The user name &amp; the password do not match. (401)</p>\n", 100),
		"run":   strings.Repeat("a", 1<<16),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				spelling.Each(text, 8, func(*spelling.Reading) bool { return true })
			}
		})
	}
}
