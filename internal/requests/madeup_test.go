package requests

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// A made-up name passes what a format check could ask of the configured one, and differs from it in six characters.
func TestMadeUp(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, format string }{
		{"qa user", `[a-z]{2} [a-z]{4}`},
		{"Acme Invoices", `[A-Z][a-z]{3} [A-Z][a-z]{7}`},
		{"  two  spaces  ", `  [a-z]{3}  [a-z]{6}  `},
		{"qa.User-0007+x", `[a-z]{2}\.[A-Z][a-z]{3}-0\d{3}\+[a-z]`},
		{"+4915112345678", `\+[1-9]\d{12}`},
		{"0151234567", `0\d{9}`},
		{"first.last@example.com", `[a-z]{5}\.[a-z]{4}@example\.com`},
		{"o'neill@home@example.com", `[a-z]'[a-z]{5}@[a-z]{4}@example\.com`},
		{`ACME\first.last`, `ACME\\[a-z]{5}\.[a-z]{4}`},
		{`ACME\first.last@acme.example`, `ACME\\[a-z]{5}\.[a-z]{4}@acme\.example`},
		{"Ask @ counter", `[A-Z][a-z]{2} @ [a-z]{7}`},
		{"3f2504e0-4f89-41d3-9a0c-0305e82c3301", `[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}`},
		{"Müllerin & Söhne", `[A-Z][a-z]{7} & [A-Z][a-z]{4}`},
		{"Ägidius", `[A-Z][a-z]{6}`},
		{"Тестировщик", `[А-Я][а-я]{10}`},
		{"אבגדהות", `[א-ת]{7}`},
		{"山田太郎株式会社", `\p{Han}{8}`},
	} {
		assertMadeUp(t, c.name, c.format)
		assert.Equal(t, utf8.RuneCountInString(c.name), utf8.RuneCountInString(madeUp(c.name)), c.name)
	}
	// What is too short gets a prefix of its own kind of characters.
	for _, c := range []struct{ name, format string }{
		{"4711", `[1-9]\d{5}4711`},
		{"7", `[1-9]\d{5}7`},
		{"0", `\d{6}0`},
		{"000000", `\d{6}000000`},
		{"a", `[a-f]{6}a`},
		{"Q", `[G-Z]{6}Q`},
		{"+49151", `\+[1-9]\d{5}49151`},
		{"qa@example.com", `[a-z]{6}qa@example\.com`},
		{`ACME\qa`, `ACME\\[a-z]{6}qa`},
		{"@home", `@[a-z]{6}home`},
		{"<b>", `<[a-z]{6}b>`},
		{"Zoe\u0308", `[A-Z]{6}Zoe\x{308}`},
		{"Ä", `[A-Z]{6}Ä`},
		{"я", `[а-я]{6}я`},
		{"-", `[a-z]{6}-`},
		{"😀", `[a-z]{6}😀`},
	} {
		assertMadeUp(t, c.name, c.format)
		assert.Equal(t, utf8.RuneCountInString(c.name)+difference, utf8.RuneCountInString(madeUp(c.name)), c.name)
	}
}

func assertMadeUp(t *testing.T, name, format string) {
	t.Helper()
	made := madeUp(name)
	assert.Regexp(t, `^(?:`+format+`)$`, made, name)
	assert.Equal(t, made, madeUp(name), "not the same again")
	assert.False(t, strings.EqualFold(name, made), name)
	if own, other := []rune(name), []rune(made); len(own) == len(other) {
		differs := 0
		for i := range own {
			if own[i] != other[i] {
				differs++
			}
		}
		assert.GreaterOrEqual(t, differs, difference, "%q differs too little from %q", made, name)
	}
}
