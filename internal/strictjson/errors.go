package strictjson

import (
	"errors"
	"fmt"
)

var (
	// ErrTruncated marks a body whose bytes could be the beginning of a valid
	// value: more of them might have made it whole. An empty and a blank body
	// are such beginnings too.
	ErrTruncated = errors.New("ends in the middle of a JSON value")

	// ErrTooDeep marks a body that nests arrays and objects deeper than
	// [MaxDepth].
	ErrTooDeep = errors.New("nests arrays and objects too deep")

	// ErrTooMany marks a body that holds more than [MaxValues] values. It may
	// well be JSON.
	ErrTooMany = fmt.Errorf("holds more than the %d JSON values that this suite reads", MaxValues)
)

// refusal is an error in words of its own that belongs to a kind, which may
// be nil, and is found at a byte, which may be 0 for none.
type refusal struct {
	words string
	kind  error
	at    int
}

// Offset returns the byte at which an error of Decode is found, counted from
// 1; 0 where it is not in one place.
func Offset(err error) int {
	var refused *refusal
	if errors.As(err, &refused) {
		return refused.at
	}
	return 0
}

func (r *refusal) Error() string { return r.words }

func (r *refusal) Unwrap() error { return r.kind }

// DuplicateError says that an object names a member twice. The name is the
// body's: whoever shows it sees to what may stand in it.
type DuplicateError struct{ Name string }

func (d *DuplicateError) Error() string { return "names a member twice" }
