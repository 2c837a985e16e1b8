package strictjson

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// MaxDepth is how many arrays and objects may stand within one another.
const MaxDepth = 512

// MaxValues is how many values a body may hold, arrays and objects among them: each takes far more memory than the two
// bytes that it may be written in.
const MaxValues = 10_000

// walk reads the first value of text token by token. Its errors are a *refusal, a *DuplicateError, or whatever
// encoding/json says of text that is not JSON.
func walk(text []byte) (any, error) {
	r := reader{decoder: json.NewDecoder(bytes.NewReader(text))}
	r.decoder.UseNumber()
	return r.value(0)
}

type reader struct {
	decoder *json.Decoder
	values  int
}

func (r *reader) value(depth int) (any, error) {
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	if r.values++; r.values > MaxValues {
		return nil, ErrTooMany
	}
	opening, ok := token.(json.Delim)
	if !ok {
		return token, nil
	}
	if depth == MaxDepth {
		words := fmt.Sprintf("nests arrays and objects more than %d deep", MaxDepth)
		return nil, &refusal{words, ErrTooDeep, 0}
	}
	if opening == '{' {
		return r.object(depth + 1)
	}
	return r.array(depth + 1)
}

func (r *reader) object(depth int) (any, error) {
	object := map[string]any{}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return nil, err
		}
		// Where a name is due, encoding/json lets nothing but a string through.
		name, _ := token.(string)
		if _, found := object[name]; found {
			return nil, &DuplicateError{Name: name}
		}
		object[name], err = r.value(depth)
		if err != nil {
			return nil, err
		}
	}
	_, err := r.decoder.Token()
	return object, err
}

func (r *reader) array(depth int) (any, error) {
	array := []any{}
	for r.decoder.More() {
		item, err := r.value(depth)
		if err != nil {
			return nil, err
		}
		array = append(array, item)
	}
	_, err := r.decoder.Token()
	return array, err
}
