// Package strictjson reads JSON as RFC 8259 has it, without the leniency of encoding/json: duplicate names, invalid
// UTF-8 and anything beside the one value are refused.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Decode reads the one JSON value of body (RFC 8259; OK-3).
//
// Objects become map[string]any, arrays []any, numbers [json.Number] with the digits as they came, and the others
// string, bool and nil. The body must be valid UTF-8 without a byte order mark, hold only JSON white space beside the
// value, name no member twice in one object (compared after unescaping) and nest no deeper than [MaxDepth].
//
// An escaped lone surrogate is legal by the grammar; it is read as U+FFFD, and two names that differ in nothing else
// count as the same.
//
// An error is the end of a sentence that begins with "the body". It shows no text of the body but the name of a
// duplicate member, quoted and cut. [ErrTruncated], [ErrTooDeep] and [ErrTooMany] can be told apart from the other
// errors. More than [MaxValues] values are not read.
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
	// The walk finds what the grammar allows and this package does not, also in the whole part of a truncated body.
	// What the grammar does not allow is left to the second pass, which alone knows where in the body it stands.
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

var (
	// ErrTruncated marks a body whose bytes could be the beginning of a valid value: more of them might have made it
	// whole. An empty and a blank body are such beginnings too.
	ErrTruncated = errors.New("ends in the middle of a JSON value")

	// ErrTooDeep marks a body that nests arrays and objects deeper than [MaxDepth].
	ErrTooDeep = errors.New("nests arrays and objects too deep")

	// ErrTooMany marks a body that holds more than [MaxValues] values. It may well be JSON.
	ErrTooMany = fmt.Errorf("holds more than the %d JSON values that this suite reads", MaxValues)
)

// refusal is an error in words of its own that belongs to a kind, which may be nil, and is found at a byte, which may
// be 0 for none.
type refusal struct {
	words string
	kind  error
	at    int
}

// Offset returns the byte at which an error of Decode is found, counted from 1; 0 where it is not in one place.
func Offset(err error) int {
	var refused *refusal
	if errors.As(err, &refused) {
		return refused.at
	}
	return 0
}

func (r *refusal) Error() string { return r.words }

func (r *refusal) Unwrap() error { return r.kind }

// DuplicateError says that an object names a member twice. The name is the body's: whoever shows it sees to what may
// stand in it.
type DuplicateError struct{ Name string }

func (d *DuplicateError) Error() string { return "names a member twice" }

// checkGrammar says whether text is one JSON value with only white space around it and, if not, where it first fails to
// be.
func checkGrammar(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	var value json.RawMessage
	err := decoder.Decode(&value)
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, io.EOF):
		return &refusal{"holds nothing but white space", ErrTruncated, 0}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return ErrTruncated
	case errors.As(err, &syntax):
		at := int(syntax.Offset) - 1 // of the wrong character, up to Go 1.26 its first byte, from Go 1.27 on its last
		for at > 0 && !utf8.RuneStart(text[at]) {
			at--
		}
		return &refusal{fmt.Sprintf("is not JSON: unexpected character at byte %d", at+1), nil, at + 1}
	case err != nil:
		return &refusal{"is not JSON", nil, 0}
	}
	end := int(decoder.InputOffset())
	rest := bytes.TrimLeft(text[end:], " \t\r\n")
	if len(rest) > 0 {
		at := len(text) - len(rest) + 1
		return &refusal{fmt.Sprintf("goes on after the end of its JSON value at byte %d", at), nil, at}
	}
	return nil
}

// decodable returns body when it is valid UTF-8. A body that breaks off within a character gets U+FFFD in its place:
// like any character outside ASCII, it can go on a string that is not closed yet, and is wrong anywhere else.
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
