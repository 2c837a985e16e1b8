package schema

import (
	"strings"

	"github.com/xeipuuv/gojsonschema"
)

// Defect is one way in which a document misses its schema. Its words fit
// "member: expected …, got …".
type Defect struct {
	// Member is the top-level member at fault, or "" for the document itself.
	Member string
	// Keyword is the keyword of JSON Schema that is not kept, such as
	// required, type, const, pattern or minLength.
	Keyword string
	// Expected is what the schema wants in that place, in plain words.
	Expected string
	// Got is what stands there: its type, and the value where that is short.
	// The values of access_token and refresh_token are never shown.
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
	// Paths begin with the validator's name for the document. The members that
	// schemas name hold no NUL.
	path := strings.Split(fault.Context().String("\x00"), "\x00")
	if len(path) < 2 {
		return ""
	}
	return path[1]
}

// keyword translates the validator's names of faults where they differ from
// those of JSON Schema.
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
