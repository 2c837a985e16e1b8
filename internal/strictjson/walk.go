package strictjson

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// MaxDepth is how many arrays and objects may stand within one another.
const MaxDepth = 512

// walk reads the first value of text token by token. Its errors are a
// *refusal, a *DuplicateError, or whatever encoding/json says of text that is not JSON.
func walk(text []byte) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	return readValue(decoder, 0)
}

func readValue(decoder *json.Decoder, depth int) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	opening, ok := token.(json.Delim)
	if !ok {
		return token, nil
	}
	if depth == MaxDepth {
		words := fmt.Sprintf("nests arrays and objects more than %d deep", MaxDepth)
		return nil, &refusal{words, ErrTooDeep}
	}
	if opening == '{' {
		return readObject(decoder, depth+1)
	}
	return readArray(decoder, depth+1)
}

func readObject(decoder *json.Decoder, depth int) (any, error) {
	object := map[string]any{}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		// Where a name is due, encoding/json lets nothing but a string through.
		name, _ := token.(string)
		if _, found := object[name]; found {
			return nil, &DuplicateError{Name: name}
		}
		object[name], err = readValue(decoder, depth)
		if err != nil {
			return nil, err
		}
	}
	_, err := decoder.Token()
	return object, err
}

func readArray(decoder *json.Decoder, depth int) (any, error) {
	array := []any{}
	for decoder.More() {
		item, err := readValue(decoder, depth)
		if err != nil {
			return nil, err
		}
		array = append(array, item)
	}
	_, err := decoder.Token()
	return array, err
}
