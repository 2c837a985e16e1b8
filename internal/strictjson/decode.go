// Package strictjson reads JSON as RFC 8259 has it, without the leniency of
// encoding/json: duplicate names, invalid UTF-8 and anything beside the one
// value are refused.
package strictjson

import (
	"bytes"
	"errors"
)

// Decode reads the one JSON value of body (RFC 8259; OK-3).
//
// Objects become map[string]any, arrays []any, numbers [json.Number] with the
// digits as they came, and the others string, bool and nil. The body must be
// valid UTF-8 without a byte order mark, hold only JSON white space beside the
// value, name no member twice in one object (compared after unescaping) and
// nest no deeper than [MaxDepth].
//
// An escaped lone surrogate is legal by the grammar; it is read as U+FFFD, and
// two names that differ in nothing else count as the same.
//
// An error is the end of a sentence that begins with "the body". It shows no
// text of the body but the name of a duplicate member, quoted and cut.
// [ErrTruncated], [ErrTooDeep] and [ErrTooMany] can be told apart from the
// other errors. More than [MaxValues] values are not read.
func Decode(body []byte) (any, error) {
	if len(body) == 0 {
		return nil, &refusal{"is empty", ErrTruncated, 0}
	}
	if bytes.HasPrefix(body, []byte("\uFEFF")) {
		return nil, &refusal{"begins with a byte order mark", nil, 1}
	}
	text, err := decodable(body)
	if err != nil {
		return nil, err
	}
	// The walk finds what the grammar allows and this package does not, also
	// in the whole part of a truncated body. What the grammar does not allow is
	// left to the second pass, which alone knows where in the body it stands.
	value, err := walk(text)
	var refused *refusal
	var duplicate *DuplicateError
	if errors.As(err, &refused) || errors.As(err, &duplicate) {
		return nil, err
	}
	if err := checkGrammar(text); err != nil {
		return nil, err
	}
	if err != nil {
		return nil, err
	}
	return value, nil
}
