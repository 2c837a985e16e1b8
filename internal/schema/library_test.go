package schema

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestLibraryRefusesBrokenSchemas(t *testing.T) {
	t.Parallel()
	const head = `{"$schema":"http://json-schema.org/draft-07/schema#","$id":"https://github.com/klearstack/conformance/schemas/x.schema.json",`
	for name, test := range map[string]struct{ text, want string }{
		"no JSON":       {`{`, "the schema x.schema.json ends in the middle of a JSON value"},
		"no schema":     {head + `"type":"text","required":5}`, "the schema x.schema.json is no valid JSON Schema: "},
		"wrong pattern": {head + `"pattern":"("}`, "the schema x.schema.json "},
		"no title":      {head + `"properties":{"a":{"type":"string"}}}`, "the schema x.schema.json does not say what it expects of a: give that a title"},
		"lost part": {
			head + `"properties":{"a":{"$ref":"common.schema.json#/definitions/lost"}}}`,
			"the schema x.schema.json does not say what it expects of a: give that a title",
		},
		"lost document": {
			head + `"not":{"$ref":"lost.schema.json"}}`,
			"the schema x.schema.json does not compile: it refers to a document that is not embedded",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			library, err := newLibrary()
			require.NoError(t, err)
			err = library.add("x.schema.json", []byte(test.text))
			if err == nil {
				_, err = library.compile("x.schema.json")
			}
			require.ErrorContains(t, err, test.want)
			assert.NotContains(t, err.Error(), "\n")
		})
	}
}
