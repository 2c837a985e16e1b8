package redact_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/redact"
)

// tricky holds what the notations of the web escape, and what only some of them do.
const tricky = "Pä ö+%41&w=o;\"r\" it's <b>/\\ ~!*()[]{}|^`@:,?#$€😀x"

func knowing(secrets ...string) *redact.Secrets {
	known := &redact.Secrets{}
	known.Add(secrets...)
	return known
}

// escaped writes every character that harmless does not hold with a format.
func escaped(text, harmless, format string, each func(rune) []any) string {
	var out strings.Builder
	for _, char := range text {
		if strings.ContainsRune(harmless, char) {
			out.WriteRune(char)
		} else {
			fmt.Fprintf(&out, format, each(char)...)
		}
	}
	return out.String()
}

func bytewise(text, format string) string {
	var out strings.Builder
	for _, b := range []byte(text) {
		fmt.Fprintf(&out, format, b)
	}
	return out.String()
}

func encoded(t *testing.T, escapeHTML bool) string {
	t.Helper()
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(escapeHTML)
	require.NoError(t, encoder.Encode(tricky))
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(out.String()), `"`), `"`)
}

func TestEverySpellingIsHidden(t *testing.T) {
	t.Parallel()
	character := func(char rune) []any { return []any{char} }
	letters := "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	spellings := map[string]string{
		"as it is":                   tricky,
		"form":                       url.QueryEscape(tricky),
		"form, lower case":           regexp.MustCompile("%..").ReplaceAllStringFunc(url.QueryEscape(tricky), strings.ToLower),
		"form, spaces as %20":        strings.ReplaceAll(url.QueryEscape(tricky), "+", "%20"),
		"form, raw spaces":           strings.ReplaceAll(url.QueryEscape(tricky), "+", " "),
		"path":                       url.PathEscape(tricky),
		"userinfo":                   url.UserPassword("", tricky).String()[1:],
		"encodeURIComponent":         escapedURI(tricky, letters+"-_.!~*'()"),
		"every byte percent-encoded": bytewise(tricky, "%%%02X"),
		"JSON":                       encoded(t, false),
		"JSON, HTML-safe":            encoded(t, true),
		"JSON, slashes escaped":      strings.ReplaceAll(encoded(t, false), "/", `\/`),
		"JSON, ASCII":                strings.Trim(asciiJSON(tricky), `"`),
		"Go":                         fmt.Sprintf("%q", tricky)[1:],
		"Go, ASCII":                  fmt.Sprintf("%+q", tricky)[1:],
		"Python's bytes":             bytewise(tricky, `\x%02x`),
		"octal":                      bytewise(tricky, `\%03o`),
		"HTML, Go":                   html.EscapeString(tricky),
		"HTML, html/template":        template.HTMLEscapeString(tricky),
		"HTML, Django":               strings.ReplaceAll(strings.ReplaceAll(html.EscapeString(tricky), "&#39;", "&#x27;"), "&#34;", "&quot;"),
		"HTML, PHP":                  strings.ReplaceAll(html.EscapeString(tricky), "&#39;", "&#039;"),
		"HTML, all decimal":          escaped(tricky, letters, "&#%d;", character),
		"HTML, all hexadecimal":      escaped(tricky, letters, "&#X%x;", character),
		"JSON in HTML":               html.EscapeString(encoded(t, false)),
		"form, twice":                url.QueryEscape(url.QueryEscape(tricky)),
		"JSON in JSON":               strings.ReplaceAll(encoded(t, false), `\`, `\\`),
		"HTML in a URL":              url.PathEscape(html.EscapeString(tricky)),
		"base64":                     base64.StdEncoding.EncodeToString([]byte(tricky)),
		"base64, raw":                base64.RawStdEncoding.EncodeToString([]byte(tricky)),
		"base64url":                  base64.URLEncoding.EncodeToString([]byte(tricky)),
		"base64url, raw":             base64.RawURLEncoding.EncodeToString([]byte(tricky)),
	}
	secrets := knowing(tricky)
	for name, spelling := range spellings {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := "before [redacted] after"
			assert.Equal(t, want, secrets.Text("before "+strings.TrimSuffix(spelling, `"`)+" after"))
		})
	}
}

func escapedURI(text, harmless string) string {
	var out strings.Builder
	for _, b := range []byte(text) {
		if strings.IndexByte(harmless, b) >= 0 {
			out.WriteByte(b)
		} else {
			fmt.Fprintf(&out, "%%%02X", b)
		}
	}
	return out.String()
}

// asciiJSON is what Python's json.dumps writes: pairs of surrogates beyond the basic plane.
func asciiJSON(text string) string {
	quoted, _ := json.Marshal(text)
	var out strings.Builder
	for _, char := range string(quoted) {
		switch {
		case char > 0xffff:
			fmt.Fprintf(&out, `\u%04x\u%04x`, 0xd800+(char-0x10000)>>10, 0xdc00+(char-0x10000)&0x3ff)
		case char > unicode.MaxASCII:
			fmt.Fprintf(&out, `\u%04x`, char)
		default:
			out.WriteRune(char)
		}
	}
	return out.String()
}

func TestWhatIsHidden(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		secrets []string
		text    string
		want    string
	}{
		{"none", nil, "plain", "plain"},
		{"an empty one", []string{""}, "plain", "plain"},
		{"twice", []string{"hunter2"}, "hunter2, hunter2", "[redacted], [redacted]"},
		{"at once", []string{"hunter2"}, "hunter2hunter2", "[redacted]"},
		{"one in another", []string{"inner", "o inner o"}, "x o inner o inner", "x [redacted] [redacted]"},
		{"overlapping", []string{"abcdef", "defghi"}, "-abcdefghi-", "-[redacted]-"},
		{"overlapping itself", []string{"abab"}, "xabababy", "x[redacted]y"},
		{"a character", []string{"q"}, "a quick one", "a [redacted]uick one"},
		{"letters of the mask", []string{"redacted", "e", "d", "a"}, "bed", "b[redacted]"},
		{"a part is none", []string{"hunter2"}, "hunter", "hunter"},
		{"ends in a quotation mark", []string{`end"`}, `"the end\""`, `"the [redacted]"`},
		{"beyond ASCII", []string{"schlüsse"}, "Der schlüsse", "Der [redacted]"},
		{"an escape that ends nowhere", []string{"hunter2"}, `hunter2 \ % & \u \x4 %4 &#; \é \€`, `[redacted] \ % & \u \x4 %4 &#; \é \€`},
		{"a character that is none", []string{"hunter2"}, `hunter2 \Uffffffff &#9999999; \uD800 \777`, `[redacted] \Uffffffff &#9999999; \uD800 \777`},
		{"a line break in an escape", []string{"a\nb"}, `a\nb`, "[redacted]"},
		{"a token", nil, "eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoxfQ.c2lnbmF0dXJl", "[redacted]"},
		{"a key", nil, "key " + strings.Repeat("aB3_", 10) + ".", "key [redacted]."},
		{"an id", nil, "jti " + strings.Repeat("0f", 16), "jti " + strings.Repeat("0f", 16)},
		{"a version", nil, "7.8.9-rc.1", "7.8.9-rc.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, knowing(c.secrets...).Text(c.text))
		})
	}
}

// canonical is a text's letters and digits, as they can be read aloud.
func canonical(text string) string {
	return strings.Map(func(char rune) rune {
		if char >= 'a' && char <= 'z' || char >= '0' && char <= '9' {
			return char
		}
		return -1
	}, strings.ToLower(text))
}

// assertNothingOf asserts that no eight letters and digits of a secret stand in a text in a row.
func assertNothingOf(t *testing.T, secret, text string) {
	t.Helper()
	sought, text := canonical(secret), canonical(text)
	for at := range len(sought) - 7 {
		require.NotContains(t, text, sought[at:at+8])
	}
}

// What programs make of a secret shows nothing of it, and neither does a half of that. What else is said stays.
func TestWhatProgramsMakeOfASecretIsHidden(t *testing.T) {
	t.Parallel()
	const secret = `S3crét O'Word & "p4ss" 2024!`
	basic := base64.StdEncoding.EncodeToString([]byte("qa user:" + secret))
	hexadecimal := hex.EncodeToString([]byte(secret))
	mojibake := strings.ReplaceAll(secret, "é", "Ã©")
	spelt, err := json.Marshal(secret)
	require.NoError(t, err)
	for name, text := range map[string]string{
		"as it is":                    secret,
		"base64 of a pair":            "Authorization: Basic " + basic,
		"base64, cut at its end":      basic[:len(basic)-9] + "...",
		"base64, cut in front":        "…" + basic[7:],
		"base64 at another alignment": base64.StdEncoding.EncodeToString([]byte("u:" + secret + ":c")),
		"base64, wrapped":             basic[:24] + "\r\n" + basic[24:],
		"base64, wrapped, in JSON":    `{"auth":"` + basic[:24] + `\r\n` + basic[24:] + `"}`,
		"base64 of UTF-16":            base64.StdEncoding.EncodeToString([]byte(strings.Join(strings.Split(secret, ""), "\x00"))),
		"PHP's trace":                 `#0 /srv/app/Login.php(17): Login->check('S3crét O\'Word &...')`,
		"Python's reprlib":            `'S3crét O\'Wor...p4ss" 2024!'`,
		"cut in front":                "…'Word & \"p4ss\" 2024!",
		"mojibake":                    mojibake,
		"mojibake in JSON":            `{"sent":"` + strings.ReplaceAll(mojibake, `"`, `\"`) + `"}`,
		"mojibake twice":              strings.NewReplacer("Ã", "Ã\u0083", "©", "Â©").Replace(mojibake),
		"question marks":              strings.ReplaceAll(secret, "é", "?"),
		"question marks for bytes":    strings.ReplaceAll(secret, "é", "??"),
		"NFD":                         strings.ReplaceAll(secret, "é", "e\u0301"),
		"NFD in JSON":                 `{"sent":"S3cre\u0301t O'Word"}`,
		"without accents":             strings.ReplaceAll(secret, "é", "e"),
		"Latin-1 in a form":           "password=S3cr%E9t+O%27Word+%26+%22p4ss%22+2024%21",
		"SQL":                         "INSERT INTO log VALUES ('" + strings.ReplaceAll(secret, "'", "''") + "')",
		"small letters":               strings.ToLower(secret),
		"capitals":                    strings.ToUpper(secret),
		"a field's name":              "S3cr-T-O-Word-P4ss-2024: 1",
		"UTF-16 in JSON":              `{"a":"` + strings.Join(strings.Split("S3cret OWord p4ss", ""), `\u0000`) + `"}`,
		"UTF-16":                      strings.Join(strings.Split(secret, ""), "\x00"),
		"JSON, ASCII":                 `{"a":` + asciiJSON(secret) + `}`,
		"JSON in JSON in JSON":        encode(t, encode(t, string(spelt))),
		"HTML in JSON in a form":      url.QueryEscape(encode(t, html.EscapeString(secret))),
		"a form, twice":               url.QueryEscape(url.QueryEscape(url.QueryEscape(secret))),
		"base64 of JSON of a form":    base64.RawURLEncoding.EncodeToString([]byte(encode(t, url.QueryEscape(secret)))),
		"a JWT's claims":              "eyJhbGciOiJub25lIn0." + base64.RawURLEncoding.EncodeToString([]byte(`{"p":`+string(spelt)+`}`)) + ".",
		"a hexdump":                   hex.Dump([]byte("POST / HTTP/1.1\r\n" + secret)),
		"a hexdump in JSON":           encode(t, hex.Dump([]byte("12345678901"+secret))),
		"hexadecimal":                 hexadecimal,
		"hexadecimal, cut":            "..." + hexadecimal[5:],
		".NET's BitConverter":         strings.Trim(bytewise(secret, "%02X-"), "-"),
		"Node's Buffer":               "<Buffer " + bytewise(secret, "%02x ") + "... 12 more bytes>",
		"Node's Buffer in JSON":       `{"type":"Buffer","data":[` + strings.Trim(bytewise(secret, "%d,"), ",") + "]}",
		"Go's bytes":                  fmt.Sprint([]byte(secret)),
		"Python's bytes":              "b'" + strings.NewReplacer("é", `\xc3\xa9`, "'", `\'`).Replace(secret) + "'",
		"a line wrapped at 10":        "S3crét O'W\nord & \"p4ss\" 2024!",
		"a line wrapped in JSON":      `{"a":"S3crét O'W\nord & \"p4ss\" 2024!"}`,
		"soft breaks of mail":         "S3crét O'W=\r\nord & \"p4ss\" 2024!",
		"a part of it":                "it begins with S3crét O'Wor",
		"markup":                      "<td><b>S3crét O'Word</b></td>",
		"an attribute":                `<input value="` + html.EscapeString(secret) + `" name="password">`,
		"broken JSON":                 `{"password":"S3crét O'Word & "p4ss" 2024!","user":"qa`,
		"truncated JSON":              `{"user":"qa","password":"S3crét O'Word & \"p4`,
		"CSV":                         `1,"S3crét O'Word & ""p4ss"" 2024!",2`,
		"a URL":                       "https://qa:" + url.PathEscape(secret) + "@host/",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			secrets := knowing(secret)
			shown := secrets.Text("Before it.\n" + text + "\nBehind it.")
			assertNothingOf(t, secret, shown)
			assertNothingOf(t, "S3cret O'Word", shown)
			assert.Contains(t, shown, mask)
			assert.True(t, strings.HasPrefix(shown, "Before it.\n") && strings.HasSuffix(shown, "\nBehind it."), shown)
			assert.NotContains(t, shown, basic[8:20])
			assert.NotContains(t, shown, hexadecimal[10:30])
			for _, quoted := range []string{secrets.Quote(text), secrets.Excerpt(text), secrets.Body(text), secrets.Line(text), secrets.QuoteAddress(text)} {
				assertNothingOf(t, secret, quoted)
				assert.Contains(t, quoted, mask)
			}
		})
	}
}

const mask = "[redacted]"

func encode(t *testing.T, text string) string {
	t.Helper()
	spelt, err := json.Marshal(text)
	require.NoError(t, err)
	return string(spelt)
}

// A part of a secret hides the smallest piece that is complete in itself, and nothing beside it.
func TestThePieceThatIsHidden(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{`{"error":"no","sent":"it is S3cretWord1","user":"qa"}`, `{"error":"no","sent":"[redacted]","user":"qa"}`},
		{`{"error":"no","sent":"it \"is\" S3cretWord1 \"or\" not","user":"qa"}`, `{"error":"no","sent":"[redacted]","user":"qa"}`},
		{`{"S3cretWord1":"no","user":"qa"}`, `{"[redacted]":"no","user":"qa"}`},
		{`{"error":"no","sent":"it is S3cretWor`, `{"error":"no","sent":"[redacted]`},
		{"one\nS3cretWord1 is it\ntwo", "one\n[redacted]\ntwo"},
		{"one\r\nS3cret\r\nWord1\r\ntwo", "one\r\n[redacted]\r\ntwo"},
		{"<p>one</p><p>it is S3cretWord1</p><p>two</p>", "<p>one</p><p>[redacted]</p><p>two</p>"},
		{`<input name="p" value="S3cretWord1">`, `<input name="p" value="[redacted]">`},
		{"<a href=/x?p=S3cretWord1>one</a>", "<[redacted]>one</a>"},
		{"S3cretWord1", "[redacted]"},
		{`Basic realm="S3cretWord1", charset="UTF-8"`, `Basic realm="[redacted]", charset="UTF-8"`},
		{`{"user":"qa","ids":[1,S3cretWord1,2]}`, `{"user":"qa","ids":[1,[redacted],2]}`},
		{`{"first":"S3cret","last":"Word1"}`, `{"first":"S3cret","last":"Word1"}`},
		{"S3cretW", "S3cretW"},
		{"the s3cret w0rd", "the s3cret w0rd"},
	} {
		assert.Equal(t, c.want, knowing("S3cretWord1").Text(c.text), c.text)
	}
	secrets := knowing("12345678")
	//nolint:testifylint // with the mask it is no JSON
	assert.Equal(t, `{"error":"no","id":[redacted],"user":"qa"}`, secrets.Body(`{"error":"no","id":12345678,"user":"qa"}`))
}

// A secret that has too few letters and digits is hidden as a whole, in whatever way programs write it, and nothing beside it.
func TestSecretsThatAreHiddenAsAWhole(t *testing.T) {
	t.Parallel()
	for secret, spelt := range map[string][]string{
		"hunter2": {"hunter2", "HUNTER2", "Hunter2", "h\x00u\x00n\x00t\x00e\x00r\x002", "aHVudGVyMg==", "68756e74657232", `\u0068unter2`, "%68unter2", "[104 117 110 116 101 114 50]"},
		"пароль-1": {
			"пароль-1", "%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C-1", `\u043f\u0430\u0440\u043e\u043b\u044c-1`, "&#1087;&#1072;&#1088;&#1086;&#1083;&#1100;-1",
			base64.StdEncoding.EncodeToString([]byte("пароль-1")), "%u043f%u0430%u0440%u043e%u043b%u044c-1", "Ð¿Ð°Ñ\u0080Ð¾Ð»Ñ\u008c-1",
		},
		"!#é$%&'(ö": {"!#é$%&'(ö", "%21%23%C3%A9%24%25%26%27%28%C3%B6", "!#e\u0301$%&'(o\u0308", "!#\xe9$%&'(\xf6", "!#&eacute;$%&amp;&#39;(&ouml;", "!#Ã©$%&'(Ã¶", "!#é$%&''(ö", "!#?$%&'(?"},
		"a  b!":     {"a  b!", "a++b!", "a%20%20b!", "a b!"},
	} {
		for _, each := range spelt {
			if secret == "пароль-1" && strings.Contains(each, "Ð") {
				var misread []rune
				for _, b := range []byte(secret) {
					misread = append(misread, rune(b))
				}
				each = string(misread)
			}
			shown := knowing(secret).Text("Before " + each + " behind")
			assert.Equal(t, "Before [redacted] behind", strings.NewReplacer("[[redacted]]", mask, "HUNTER2", mask).Replace(shown), "%s as %s", secret, each)
		}
	}
}

// What the contract has everybody say is no secret, though a password may hold it, but the password itself is.
func TestCommonWordsAreShown(t *testing.T) {
	t.Parallel()
	secrets := &redact.Secrets{}
	secrets.Common("password", "company_name", "Company Name", "/access/klearstack/get_access_token")
	secrets.Add("Password123!")
	for text, want := range map[string]string{
		"Password is required":            "Password is required",
		"The passwords differ":            "The passwords differ",
		"It was Password123!":             mask,
		"It was assword1":                 mask,
		`{"password":"Password1..."}`:     `{"password":"[redacted]"}`,
		"/access/klearstack/get":          "/access/klearstack/get",
		"UGFzc3dvcmQgaXMgcmVxdWlyZWQ=":    "UGFzc3dvcmQgaXMgcmVxdWlyZWQ=",
		"an error that was redacted here": "an error that was redacted here",
	} {
		assert.Equal(t, want, secrets.Text(text), text)
	}
	secrets = &redact.Secrets{}
	secrets.Common("company_name")
	secrets.Add("company_name", "redacted")
	assert.Equal(t, "no [redacted], but companyname", secrets.Text("no company_name, but companyname"))
}

// The most of what a target can make secret is bounded, and so is what is read of one text.
func TestSecretsAreBounded(t *testing.T) {
	t.Parallel()
	secrets := knowing("S3cretWord1")
	for i := range 1000 {
		secrets.Learn(fmt.Sprintf("%d-%s", i, strings.Repeat(fmt.Sprintf("x%dy", i), 200)))
	}
	assert.Equal(t, mask, secrets.Text("It is S3cretWord1"))
	assert.Equal(t, mask, secrets.Text(fmt.Sprintf("It is 7-%s", strings.Repeat("x7y", 20))))
}

func TestQuote(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", `""`},
		{"plain", "status", `"status"`},
		{"lines", "one\r\ntwo", `"one\r\ntwo"`},
		{"control characters", "a\x00\x1b[31m\x7f\u0085\u2028\u202e", `"a\x00\x1b[31m\x7f\u0085\u2028\u202e"`},
		{"quotation marks", `say "no"`, "`say \"no\"`"},
		{"a backslash", `C:\x`, "`C:\\x`"},
		{"both quotation marks", "say \"no\" or `no`", "\"say \\\"no\\\" or `no`\""},
		{"quotation marks and a change of direction", "\"\u202e\"", `"\"\u202e\""`},
		{"not UTF-8", "a\xffb", "\"a\uFFFDb\""},
		{"a secret", "it is hunter2!", `"it is [redacted]!"`},
		{"just short enough", strings.Repeat("a ", 80), `"` + strings.Repeat("a ", 80) + `"`},
		{"too long", strings.Repeat("a ", 81), `"` + strings.Repeat("a ", 80) + `"…`},
		{"cut in a character", strings.Repeat("a ", 79) + "a€", `"` + strings.Repeat("a ", 79) + "a\uFFFD" + `"…`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, knowing("hunter2").Quote(c.text))
		})
	}
}

// JSON is shown as JSON, with nothing in it that steers a display.
func TestBody(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"an object", " {\n \"error\" : \"company_name  required\"\r\n}\n", `{"error":"company_name  required"}`},
		{"an array", `["a\u001b", 1]`, `["a\u001b",1]`},
		{"what steers a display", "{\"a\":\"\u202e\u2028\u0085\u007f\U000e0001\"}", "{\"a\":\"\\u202e\\u2028\\u0085\\u007f\uFFFD\"}"},
		{"a secret", `{"a":"hunter2", "b":"\u0068unter2"}`, `{"a":"[redacted]","b":"[redacted]"}`},
		{"too long", `{"a":"` + strings.Repeat("a ", 90) + `"}`, `{"a":"` + strings.Repeat("a ", 77) + "…"},
		{"not UTF-8", "[\"a\xffb\"]", "[\"a\uFFFDb\"]"},
		{"text", "Not\n  found", `"Not found"`},
		{"a string", `"no"`, "`\"no\"`"},
		{"not quite JSON", `{"a":1`, "`{\"a\":1`"},
		{"nothing", "", `""`},
		{"a secret with white space in it", "it is two\n \tw!", `"it is [redacted]!"`},
	} {
		assert.Equal(t, c.want, knowing("hunter2", "two\n \tw").Body(c.text), c.name)
	}
}

// What is around a byte is shown, but nothing of a secret that is there or reaches there.
func TestNear(t *testing.T) {
	t.Parallel()
	const key = "aB3_aB3_aB3_aB3_aB3_aB3_aB3_aB3_aB3_aB3_aB3_"
	for _, c := range []struct {
		text string
		at   int
		want string
	}{
		{`{"a":1,}`, 8, "`{\"a\":1,}`"},
		{strings.Repeat("a ", 20) + "!" + strings.Repeat(" b", 20), 41, `…"a a a a a a a a a a a a ! b b b b b b b b b b b"…`},
		{`{"a":"hunter2",}`, 16, "`{\"a\":\"[redacted]\",}`"},
		{`{"a":"hunter2",}`, 9, ""},
		{`{"a":"` + key + `",}`, 20, ""},
		{`{"a":"` + key + `",}`, 52, "`{\"a\":\"[redacted]\",}`"},
		{"a\xff", 2, "\"a\uFFFD\""}, {"a", 2, ""}, {"a", 0, ""}, {"", 1, ""}, {"a\uE000", 1, ""}, {strings.Repeat("a ", 1<<12+1), 1, ""},
	} {
		assert.Equal(t, c.want, knowing("hunter2").Near(c.text, c.at), c.text)
	}
}

// Where a stack trace comes from is evidence; what is random in it may be a secret.
func TestPathsAndNamesAreNoSecrets(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		`File "/usr/local/lib/python3.12/site-packages/django/core/handlers/exception.py", line 55, in inner`,
		`File "/srv/klearstack/releases/20240312094512/access/views/get_access_token.py", line 41`,
		"at com.klearstack.access.controllers.TokenController.getAccessToken(TokenController.java:31)",
		"at org.springframework.web.servlet.DispatcherServlet.doDispatch(DispatcherServlet.java:1089)",
		"at KlearStack.Access.Controllers.TokenController.Post(TokenRequest request) in /home/vsts/work/src/KlearStack.Access/Controllers/TokenController.cs:line 18",
		"/usr/local/bundle/ruby/3.3.0/gems/actionpack-7.1.3.2/lib/action_controller/metal/basic_implicit_render.rb:6:in 'send_action'",
		"at Layer.handle (/usr/src/app/node_modules/express/lib/router/layer.js:95:5)",
		"/usr/lib/jvm/log4j2/provider/java-17-openjdk/lib/modules/java.base.jar",
		"github.com/klearstack/access/internal/handlers.GetAccessToken(0x1400012e000)\n\t/build/access/internal/handlers/token.go:42 +0x1d",
	} {
		assert.Equal(t, text, knowing("hunter2").Text(text))
	}
	for _, text := range []string{
		"eyJhbGciOiJIUzI1NiJ9.eyJ1c2VyX2lkIjoxfQ.c2lnbmF0dXJl",
		"dGhlIHF1aWNrIGJyb3duIGZveCBqdW1wcyBvdmVy/dGhlIGxhenkgZG9n",
		"wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzEXAMPLEKEY",
		"QWxhZGRpbjpvcGVu/UHJvdGVjdGVkQXJlYQ/c2VjcmV0S2V5",
		"0123456789abcdef0123456789abcdef/0123456789",
		"/srv/8d2f1c3a90b7e6d5/4c3b2a1908f7e6d5/0a1b2c3d4e5f",
		"aVeryLongKeyWithoutAnySeparatorAtAllInsideOfIt",
		"f3a9c1b2.d4e5f6a7",
		"ABCDEFGHIJKLMNOP/QRSTUVWXYZABCDEFGHIJKLMNOPQ",
		"abcdefghijklmnopqrstuvwxyz/abcdefghijklmnopqrstuvwxyz=",
		strings.Repeat("1234567890/", 8),
	} {
		assert.NotContains(t, knowing("hunter2").Text("key "+text+" "), strings.Trim(text, "/"), text)
	}
	assert.Equal(t, "/usr/local/lib/[redacted]/site-packages", knowing("python3").Text("/usr/local/lib/python3/site-packages"), "a known secret is hidden in a path, too")
}

// Wherever text is cut, and in whatever spelling, not even the beginning of a secret is left.
func TestCutsShowNoPartOfASecret(t *testing.T) {
	t.Parallel()
	const secret = "Zq7$Wk9&Xv"
	secrets := knowing(secret)
	for name, spelling := range map[string]string{
		"as it is": secret, "form": url.QueryEscape(secret), "every byte": bytewise(secret, "%%%02X"), "octal": bytewise(secret, `\%03o`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, cut := range []int{160, 320, 1<<13 - 1<<11, 1 << 13} {
				for _, left := range []int{-1, 0, 1, 3, len(spelling) / 2, len(spelling) - 1, len(spelling)} {
					// Where what comes first is masked, the end of what is looked through is shown, if anything of it is.
					for _, filler := range []string{" ", "A"} {
						text := strings.Repeat(filler, cut-left) + spelling
						require.NotContains(t, secrets.Quote(text), spelling[:3], "%d bytes before %d", left, cut)
						require.NotContains(t, secrets.QuoteAddress(text), spelling[:3], "%d bytes before %d", left, cut)
						require.NotContains(t, secrets.Line(text), spelling[:3], "%d bytes before %d", left, cut)
						require.NotContains(t, secrets.Body(text), spelling[:3], "%d bytes before %d", left, cut)
						require.NotContains(t, secrets.Body(`["`+text[2:]+`"]`), spelling[:3], "%d bytes before %d", left, cut)
					}
				}
			}
		})
	}
}

func TestQuoteAddress(t *testing.T) {
	t.Parallel()
	jwt := "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9." + strings.Repeat("eyJ1", 30) + "." + strings.Repeat("c2ln", 11)
	for _, c := range []struct{ name, address, want string }{
		{"a long path", "https://staging.klearstack.example.com/prefix/access/klearstack/get_access_token/",
			`"https://staging.klearstack.example.com/prefix/access/klearstack/get_access_token/"`},
		{"a secret in the path", "/hunter2/x", `"/[redacted]/x"`},
		{"a secret in the query", "/login?p=hunter2", `"/login?p=[redacted]"`},
		{"a token in the path", "/t/" + jwt, `"/t/eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.[redacted].[redacted]"`},
		{"a token in the query", "/cb?access_token=" + jwt + "&x=1", `"/cb?access_token=[redacted]&x=1"`},
		{"a token in the fragment", "/cb#t:" + jwt, `"/cb#t:[redacted]"`},
		{"a line break", "/a\nb", `"/a\nb"`},
		{"too long", "/" + strings.Repeat("ab/", 120), `"/` + strings.Repeat("ab/", 106) + `a"…`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, knowing("hunter2").QuoteAddress(c.address))
		})
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	var secrets redact.Secrets
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			secret := fmt.Sprintf("secret-%02d", i)
			secrets.Add(secret)
			assert.Equal(t, `"[redacted]"`, secrets.Quote(secret))
			assert.Equal(t, "[redacted]", secrets.Text(secret))
			assert.Equal(t, `"/[redacted]"`, secrets.QuoteAddress("/"+secret))
		})
	}
	all.Wait()
}
