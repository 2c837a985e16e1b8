package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// checkGrammar says whether text is one JSON value with only white space
// around it and, if not, where it first fails to be.
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
		return &refusal{fmt.Sprintf("is not JSON: unexpected character at byte %d", syntax.Offset), nil, int(syntax.Offset)}
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
