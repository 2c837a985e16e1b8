package redact_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"github.com/klearstack/conformance/internal/redact"
)

// manners are what programs do to a text.
func manners() []func(string) string {
	joined := func(format, text string) string {
		var all strings.Builder
		for _, unit := range utf16.Encode([]rune(text)) {
			fmt.Fprintf(&all, format, unit)
		}
		return all.String()
	}
	return []func(string) string{
		func(text string) string { return text },
		url.QueryEscape, url.PathEscape, html.EscapeString, strings.ToLower, strings.ToUpper, norm.NFD.String,
		func(text string) string { quoted, _ := json.Marshal(text); return string(quoted) },
		func(text string) string { return bytewise(text, "%%%02X") },
		func(text string) string { return bytewise(text, "&#x%x;") },
		func(text string) string { return bytewise(text, `\x%02x`) },
		func(text string) string { return bytewise(text, `\%03o`) },
		func(text string) string { return joined(`\u%04x`, text) },
		func(text string) string { return joined("%%u%04x", text) },
		func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) },
		func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte("a:" + text)) },
		func(text string) string {
			return regexp.MustCompile(`(.{20})`).ReplaceAllString(base64.StdEncoding.EncodeToString([]byte("ab"+text)), "$1\n")
		},
		func(text string) string { return hex.EncodeToString([]byte(text)) },
		func(text string) string { return bytewise(text, "%02X ") },
		func(text string) string { return hex.Dump([]byte(text)) },
		func(text string) string { return fmt.Sprint([]byte(text)) },
		func(text string) string { return strings.ReplaceAll(text, "'", "''") },
		func(text string) string { return regexp.MustCompile(`(.{7})`).ReplaceAllString(text, "$1\n  ") },
		func(text string) string { return string([]rune(strings.Join(strings.Split(text, ""), "\x00"))) },
		func(text string) string { return strings.ToValidUTF8(text, "?") },
	}
}

var (
	percentSign  = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
	jsonEscape   = regexp.MustCompile(`(?:\\u[0-9A-Fa-f]{4})+`)
	entity       = regexp.MustCompile(`&#?[0-9A-Za-z]{1,12};`)
	inBase64     = regexp.MustCompile(`[A-Za-z0-9+/_-]{11,}`)
	hexadecimals = regexp.MustCompile(`[0-9A-Fa-f]{16,}`)
)

// reading is what a text says to somebody, and how many letters and digits of it are no coincidence.
type reading struct {
	text    string
	telling int
}

// understood are the ways in which a reader with a few tools could understand a text: a second opinion, which shares no code
// with what is tested, and undoes one thing at a time. Where the beginning of base64 is cut off, what stands before it may
// come to the right bits.
func understood(text string, depth int) []reading {
	all := []reading{{text, 8}}
	if depth == 0 {
		return all
	}
	for _, once := range []string{
		percentSign.ReplaceAllStringFunc(text, func(escape string) string { plain, _ := url.PathUnescape(escape); return plain }),
		jsonEscape.ReplaceAllStringFunc(text, func(escape string) string {
			var plain string
			_ = json.Unmarshal([]byte(`"`+escape+`"`), &plain)
			return plain
		}),
		entity.ReplaceAllStringFunc(text, html.UnescapeString),
	} {
		if once != text {
			all = append(all, understood(once, depth-1)...)
		}
	}
	for _, run := range inBase64.FindAllString(text, -1) {
		run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
		for offset := range 4 {
			whole := run[offset : offset+(len(run)-offset)/4*4]
			if plain, err := base64.StdEncoding.DecodeString(whole); err == nil {
				all = append(all, reading{string(plain), 9})
			}
		}
	}
	for _, run := range hexadecimals.FindAllString(text, -1) {
		if plain, err := hex.DecodeString(run[:len(run)/2*2]); err == nil {
			all = append(all, reading{string(plain), 9})
		}
	}
	return all
}

// FuzzHide holds what is shown to what must be true of every text: no eight letters and digits of a secret stand in it in a
// row, however they are written, cut and surrounded.
func FuzzHide(f *testing.F) {
	secrets := []string{"S3cretWord1", "correct horse battery", "Abcdef0123456789", `Pä ö+%41&w=o;"r" 7XK2MQ9TJZ`, "it's-O'Neill-2024", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"}
	for i := range manners() {
		f.Add(byte(i), `{"error":"`, `"}`, []byte{byte(i)}, uint16(0), uint16(0))
		f.Add(byte(i), "<p>line\n", "\nline</p>", []byte{byte(i), byte(i + 7)}, uint16(0), uint16(3))
		f.Add(byte(i), "a=%", "&b", []byte{byte(i), 14}, uint16(5), uint16(0))
	}
	f.Fuzz(func(t *testing.T, which byte, before, after string, how []byte, cutFront, cutEnd uint16) {
		secret := secrets[int(which)%len(secrets)]
		spelt := secret
		for _, manner := range how[:min(len(how), 3)] {
			spelt = manners()[int(manner)%len(manners())](spelt)
		}
		spelt = spelt[min(len(spelt), int(cutFront)%16):]
		spelt = spelt[:max(0, len(spelt)-int(cutEnd)%16)]
		known := &redact.Secrets{}
		known.Common("redacted")
		known.Add(secret)
		text := before + spelt + after
		if len(text) > 1<<11 {
			return
		}
		whole := canonical(secret)
		for _, c := range []struct {
			name, shown string
			chance      int // digits that a quotation's escapes may add to what is shown
		}{
			{"text", known.Text(text), 0}, {"excerpt", known.Excerpt(text), 0}, {"own", known.Own(text), 0},
			{"quote", known.Quote(text), 2}, {"body", known.Body(text), 2}, {"address", known.QuoteAddress(text), 2},
		} {
			for _, read := range understood(c.shown, 3) {
				said := canonical(read.text)
				telling := read.telling + c.chance
				for at := range len(whole) - telling + 1 {
					if strings.Contains(said, whole[at:at+telling]) {
						t.Fatalf("%s shows %q of %q in %q, which is made of %q", c.name, whole[at:at+telling], secret, c.shown, text)
					}
				}
			}
		}
	})
}
