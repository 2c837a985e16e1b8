package schema

import (
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// longestValue is how many characters of a value are still shown: enough for
// a version or an identifier, too few for a token.
const longestValue = 48

// describe says what stands in a member: its type, and its value where that
// is short and the member holds no token.
func describe(name string, value any) string {
	secret := name == "access_token" || name == "refresh_token"
	switch value := value.(type) {
	case nil:
		return "null"
	case bool:
		return "the boolean " + strconv.FormatBool(value)
	case json.Number:
		if secret {
			return "a number"
		}
		if len(value) > longestValue {
			return fmt.Sprintf("a number of %d characters", len(value))
		}
		return "the number " + value.String()
	case string:
		return describeString(value, secret)
	case []any:
		return "an array"
	case map[string]any:
		return "an object"
	default:
		return "no JSON value"
	}
}

func describeString(value string, secret bool) string {
	length := utf8.RuneCountInString(value)
	switch {
	case length == 0:
		return "an empty string"
	case secret:
		return "a string"
	case length > longestValue:
		return fmt.Sprintf("a string of %d characters", length)
	default:
		return fmt.Sprintf("the string %q", value)
	}
}
