package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"strings"
	"sync"
	"unicode"

	"github.com/klearstack/conformance/internal/result"
)

// page holds the templates of the page, its styles and its script.
//
//go:embed page
var page embed.FS

// templates are parsed once.
//
//nolint:gochecknoglobals // it never changes
var templates = sync.OnceValues(func() (*template.Template, error) {
	return template.New("").Funcs(words()).ParseFS(page, "page/*.html")
})

// HTML returns the result as one page for people, report.html: a file that needs nothing else, neither network nor
// script, to be read. The page allows its own style and script alone (Content Security Policy Level 3), and what came
// from the target stands in it as text. The error is one sentence.
func HTML(r *result.Result) ([]byte, error) {
	text, err := render(r)
	if err != nil {
		return nil, errors.New("the page report.html can't be made: build the suite again from its repository")
	}
	return text, nil
}

func render(r *result.Result) ([]byte, error) {
	style, err := asset("page/*.css")
	if err != nil {
		return nil, err
	}
	script, err := asset("page/*.js")
	if err != nil {
		return nil, err
	}
	parsed, err := templates()
	if err != nil {
		return nil, err
	}
	shown := show(r)
	shown.Style, shown.Script = template.CSS(style), template.JS(script) //nolint:gosec // they are the suite's own
	shown.Policy = fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none'; form-action 'none'",
		hash(style), hash(script))
	var made bytes.Buffer
	if err := parsed.ExecuteTemplate(&made, "page.html", shown); err != nil {
		return nil, err
	}
	return visible(made.String()), nil
}

// asset returns the files of a pattern as one text, with the line breaks that browsers take the hash of.
func asset(pattern string) (string, error) {
	paths, err := fs.Glob(page, pattern)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	for _, path := range paths {
		part, err := page.ReadFile(path)
		if err != nil {
			return "", err
		}
		text.Write(part)
	}
	return strings.ReplaceAll(text.String(), "\r\n", "\n"), nil
}

// hash names a text in a policy (Content Security Policy Level 3, section 2.3.1).
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// visible writes out what would hide or turn around other text: control characters, and those that set the direction.
// None of them stands in the page's own text.
func visible(text string) []byte {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	var out bytes.Buffer
	out.Grow(len(text))
	for _, r := range text {
		switch {
		case r >= ' ' && r <= '~', r == '\n', r == '\t':
			out.WriteByte(byte(r))
		case unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control, unicode.Noncharacter_Code_Point), r == '\ufeff':
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.Bytes()
}
