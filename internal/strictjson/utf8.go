package strictjson

import (
	"fmt"
	"unicode/utf8"
)

// decodable returns body when it is valid UTF-8. A body that breaks off within
// a character gets U+FFFD in its place: like any character outside ASCII, it
// can go on a string that is not closed yet, and is wrong anywhere else.
func decodable(body []byte) ([]byte, error) {
	for at := 0; at < len(body); {
		char, size := utf8.DecodeRune(body[at:])
		if char == utf8.RuneError && size == 1 {
			if !utf8.FullRune(body[at:]) {
				return utf8.AppendRune(body[:at:at], utf8.RuneError), nil
			}
			return nil, &refusal{fmt.Sprintf("is not valid UTF-8 at byte %d", at+1), nil, at + 1}
		}
		at += size
	}
	return body, nil
}
