package requests

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/exchange"
)

// wrongCase is the password with the case of its letters changed or, where that makes no difference, with another last
// character (REF-1). Letters beyond ASCII are changed only where there are no others: tr leaves them alone.
func wrongCase(password string) exchange.Param {
	for _, way := range []struct {
		swap   func(rune) rune
		filter string
	}{
		{swapASCII, "LC_ALL=C tr a-zA-Z A-Za-z"},
		{swapCase, `perl -CS -0777 -pe '` +
			`sub swap { $_[0] eq uc $_[0] ? lc $_[0] : uc $_[0] } s/./swap(swap($&)) eq $& ? swap($&) : $&/gse'`},
	} {
		if value := strings.Map(way.swap, password); value != password {
			return exchange.Param{
				Name: "password", Value: value, Shell: `"$(printf %s "$KLEARSTACK_PASSWORD" | ` + way.filter + `)"`,
			}
		}
	}
	return wrongLast(password)
}

func swapASCII(char rune) rune {
	if char > unicode.MaxASCII {
		return char
	}
	return swapCase(char)
}

// swapCase leaves letters alone that don't come back when it is done twice: their other case is not a matter of course.
func swapCase(char rune) rune {
	if other := otherCase(char); otherCase(other) == char {
		return other
	}
	return char
}

func otherCase(char rune) rune {
	if unicode.IsUpper(char) {
		return unicode.ToLower(char)
	}
	return unicode.ToUpper(char)
}

// wrongLast is the password with another last character (REF-1).
func wrongLast(password string) exchange.Param {
	last, size := utf8.DecodeLastRuneInString(password)
	other := "x"
	if last == 'x' || last == 'X' {
		other = "y"
	}
	shell := `"${KLEARSTACK_PASSWORD%?}` + other + `"`
	if size > 1 { // shells differ in what they take for one character
		shell = `"$(printf %s "$KLEARSTACK_PASSWORD" | LC_ALL=C sed '$s/` + strings.Repeat(".", size) + `$/` + other + `/')"`
	}
	return exchange.Param{Name: "password", Value: password[:len(password)-size] + other, Shell: shell}
}
