package schema

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xeipuuv/gojsonschema"
)

// Defect is one way in which a document misses its schema. Its words fit "member: expected …, got …".
type Defect struct {
	// Member is the top-level member at fault, or "" for the document itself.
	Member string
	// Keyword is the keyword of JSON Schema that is not kept, such as required, type, const, pattern or minLength.
	Keyword string
	// Expected is what the schema wants in that place, in plain words.
	Expected string
	// Got is what stands there: its type, and the value where that is short. The values of access_token and
	// refresh_token are never shown.
	Got string
}

// wholeDocument is what every schema expects of the document itself.
const wholeDocument = "a JSON object"

func (c *compiled) defect(fault gojsonschema.ResultError, document any) Defect {
	name := faultyMember(fault)
	if name == "" {
		return Defect{Keyword: keyword(fault), Expected: wholeDocument, Got: describe("", document)}
	}
	d := Defect{Member: name, Keyword: keyword(fault), Expected: c.expected[name], Got: "nothing"}
	if object, _ := document.(map[string]any); d.Keyword != "required" {
		d.Got = describe(name, object[name])
	}
	return d
}

// faultyMember is the top-level member that a fault lies in, or "".
func faultyMember(fault gojsonschema.ResultError) string {
	if missing, ok := fault.Details()["property"].(string); ok {
		return missing
	}
	// Paths begin with the validator's name for the document. The members that schemas name hold no NUL.
	path := strings.Split(fault.Context().String("\x00"), "\x00")
	if len(path) < 2 {
		return ""
	}
	return path[1]
}

// keyword translates the validator's names of faults where they differ from those of JSON Schema.
func keyword(fault gojsonschema.ResultError) string {
	switch fault.Type() {
	case "invalid_type":
		return "type"
	case "string_gte":
		return "minLength"
	default:
		return fault.Type()
	}
}

// longestValue is how many characters of a value are still shown: enough for a version or an identifier, too few for a
// token.
const longestValue = 48

// describe says what stands in a member: its type, and its value where that is short and the member holds no token.
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
