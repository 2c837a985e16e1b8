package requests

import (
	"slices"
	"strings"
	"unicode"
)

// difference is in how many characters a made-up name differs at least, so that it hardly exists.
const difference = 6

// madeUp returns a name of the same format that hardly exists, so that it passes a format check and is looked up (REF-2,
// REF-3): letters become letters of the same case, digits become digits; all else, the domain of an e-mail address and a
// domain before a backslash stay. A name with too little to change gets a prefix instead. The same name always comes to
// the same made-up one.
func madeUp(name string) string {
	start := strings.LastIndexByte(name, '\\') + 1
	end := len(name)
	if at := strings.LastIndexByte(name, '@'); at > start && !strings.ContainsAny(name[at:], " \t") {
		end = at
	}
	own := []rune(name[start:end])
	made := make([]rune, len(own))
	changed := 0
	for i, char := range own {
		made[i] = other(char, i, i > 0 && isDigit(own[i-1]))
		if made[i] != char {
			changed++
		}
	}
	if changed < difference {
		made = prefixed(own)
	}
	return name[:start] + string(made) + name[end:]
}

// prefixed puts other characters of the kind of the first letter or digit before it.
func prefixed(name []rune) []rune {
	at := slices.IndexFunc(name, func(char rune) bool { return other(char, 0, true) != char })
	first := 'q'
	if at >= 0 {
		first = name[at]
	}
	prefix := make([]rune, difference)
	for i := range prefix {
		prefix[i] = other(first, i, i > 0)
	}
	if prefix[0] == first { // a zero in front, which stays
		prefix[0] = other(first, 0, true)
	}
	return slices.Insert(slices.Clone(name), max(at, 0), prefix...)
}

// other returns another character of the same kind, at the given place of a name; what is neither letter nor digit stays.
// Digits stay within what numbers have in that place: a zero in front of others stays one, and nothing else becomes one.
// Letters stay within what hexadecimal numbers have, or within the rest of the alphabet.
func other(char rune, place int, withinNumber bool) rune {
	rotate := func(first, last rune) rune {
		size := last - first + 1
		return first + (char-first+1+rune(place*7+3)%(size-1))%size
	}
	switch {
	case isDigit(char) && withinNumber:
		return rotate('0', '9')
	case char == '0':
		return char
	case isDigit(char):
		return rotate('1', '9')
	case !unicode.IsLetter(char):
		return char
	case char >= 'a' && char <= 'f':
		return rotate('a', 'f')
	case char >= 'g' && char <= 'z':
		return rotate('g', 'z')
	case char <= unicode.MaxASCII:
		return unicode.ToUpper(other(unicode.ToLower(char), place, false))
	case unicode.Is(unicode.Latin, char) && unicode.IsUpper(char): // whoever takes an Ä takes these, too
		return 'G' + rune(place*7)%20
	case unicode.Is(unicode.Latin, char):
		return 'g' + rune(place*7)%20
	}
	for _, neighbour := range []rune{char ^ 1, char + 1, char - 1} { // most alphabets begin at an even number
		if sameKind(char, neighbour) {
			return neighbour
		}
	}
	return char
}

func isDigit(char rune) bool { return char >= '0' && char <= '9' }

// sameKind reports whether two letters are of one script and one case.
func sameKind(one, other rune) bool {
	for _, script := range unicode.Scripts {
		if unicode.Is(script, one) {
			return unicode.Is(script, other) && unicode.IsLetter(other) &&
				unicode.IsUpper(one) == unicode.IsUpper(other) && unicode.IsLower(one) == unicode.IsLower(other)
		}
	}
	return false
}
