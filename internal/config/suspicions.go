package config

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Suspicions returns what may be wrong with the values of the login, for where
// it is rejected: clauses such as "KLEARSTACK_PASSWORD ends with a line break".
// They show nothing of the values.
func (s Settings) Suspicions() []string {
	var all []string
	for _, setting := range []text{{username, s.Username}, {password, s.Password}, {companyName, s.CompanyName}} {
		all = append(all, setting.suspicions()...)
	}
	if padded.MatchString(s.Password) {
		if decoded, err := base64.StdEncoding.DecodeString(s.Password); err == nil && printable(string(decoded)) {
			all = append(all, password+" is text in base64, which is not decoded")
		}
	}
	return all
}

// KeySuspicions returns what may be wrong with the key, for where a signature
// does not verify, in the same form as [Settings.Suspicions].
func (s Settings) KeySuspicions() []string {
	if block := armour.FindStringSubmatch(s.JWTKey); block != nil {
		return []string{jwtKey + " is a PEM block (" + block[1] + "), but HS256 signs with a secret that both sides share"}
	}
	if strings.HasPrefix(strings.TrimSpace(s.JWTKey), "{") && strings.Contains(s.JWTKey, `"kty"`) {
		return []string{jwtKey + " is a JSON Web Key, of which only the decoded member k is the key"}
	}
	return text{jwtKey, s.JWTKey}.suspicions()
}

var (
	armour      = regexp.MustCompile(`-----BEGIN ([A-Z0-9 ]{1,40})-----`)
	padded      = regexp.MustCompile(`^[A-Za-z0-9+/]{6,}={1,2}$`)
	placeholder = regexp.MustCompile(`^(?:\$[A-Za-z_][A-Za-z0-9_]*|\$\{.*\}|\$\(.*\)|\{\{.*\}\}|\*{3,}|<[^<>]*>)$`)
	encoded     = regexp.MustCompile(`%[0-9A-Fa-f]{2}`)
)

// suspicions returns what makes a value look like something else than it was
// meant to be.
func (t text) suspicions() []string {
	var all []string
	add := func(format string, args ...any) { all = append(all, t.name+" "+fmt.Sprintf(format, args...)) }
	if t.value == "" {
		return nil
	}
	first, _ := utf8.DecodeRuneInString(t.value)
	last, _ := utf8.DecodeLastRuneInString(t.value)
	if name := quotes(first, last); name != "" && utf8.RuneCountInString(t.value) > 1 {
		add("is in %s quotes, which are part of it", name)
	}
	if name := unseen(first); name != "" {
		add("begins with %s", name)
	}
	if name := unseen(last); name != "" {
		add("ends with %s", name)
	}
	for _, char := range strings.TrimFunc(t.value, func(char rune) bool { return unseen(char) != "" }) {
		if name := unseen(char); name != "" && char != ' ' {
			add("contains %s", name)
			break
		}
	}
	switch {
	case !norm.NFC.IsNormalString(t.value):
		add("contains characters that are not in Unicode's composed form (NFC), which the account's may be in")
	case !norm.NFD.IsNormalString(t.value):
		add("contains accented characters in Unicode's composed form (NFC), while the account's may be decomposed (NFD)")
	}
	if placeholder.MatchString(t.value) {
		add("looks like a placeholder that nothing was put in for")
	}
	if encoded.MatchString(t.value) {
		add("looks percent-encoded, which it must not be yet")
	}
	return all
}

// quotes names the quotes that a value stands in, "" where it does not.
func quotes(first, last rune) string {
	switch string(first) + string(last) {
	case `""`:
		return "double"
	case `''`:
		return "single"
	case "``":
		return "backtick"
	case "“”", "„“", "””", "‘’", "«»":
		return "typographic"
	default:
		return ""
	}
}

// unseen names a character that does not show where a value is printed, "" for
// any other.
func unseen(char rune) string {
	switch {
	case char == '\n':
		return "a line break"
	case char == '\r':
		return "a carriage return"
	case char == '\t':
		return "a tab"
	case char == ' ':
		return "a blank"
	case unicode.IsSpace(char):
		return fmt.Sprintf("an unusual blank (%U)", char)
	case unicode.IsControl(char):
		return fmt.Sprintf("a control character (%U)", char)
	case unicode.Is(unicode.Cf, char):
		return fmt.Sprintf("an invisible character (%U)", char)
	default:
		return ""
	}
}

// printable reports whether text is made of characters that show.
func printable(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(strings.TrimRight(text, "\r\n"), func(char rune) bool { return !unicode.IsPrint(char) })
}
