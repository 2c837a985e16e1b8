package redact

import (
	"regexp"
	"slices"
	"strings"
)

// word is a part of a file's path or of a qualified name: letters, in which or after which there may be a number, or a
// number alone, as of a version or a release.
var word = regexp.MustCompile(`^(?:[0-9]{1,14}|[A-Za-z]{1,32}[0-9]{0,4}[A-Za-z]{0,16}[0-9]{0,4})$`)

// humps are the words that parts are made of, and the numbers in them.
var humps = regexp.MustCompile(`[A-Z]?[a-z]+|[A-Z]{1,5}|[0-9]+`)

// shortestWord is how long the words are on average, with what stands between them, if they are words.
const shortestWord = 4

// named tells whether a long run of characters is the path of a file or a qualified name, as stack traces have them: words
// with slashes or dots between them. Tokens and keys have digits and capitals anywhere.
func named(run string) bool {
	if !strings.ContainsAny(run, "/.") || strings.ContainsAny(run, "+=") {
		return false
	}
	for _, part := range strings.FieldsFunc(run, func(char rune) bool { return strings.ContainsRune("/._-", char) }) {
		if !word.MatchString(part) {
			return false
		}
	}
	words := humps.FindAllString(run, -1)
	return len(run) >= shortestWord*len(words) && slices.ContainsFunc(words, func(word string) bool { return len(word) > 2 && word[len(word)-1] >= 'a' })
}
