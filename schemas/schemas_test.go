package schemas_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/strictjson"
	"github.com/klearstack/conformance/schemas"
)

func TestNamesAreTheFiles(t *testing.T) {
	t.Parallel()
	files, err := fs.Glob(os.DirFS("."), "*.json")
	require.NoError(t, err)
	assert.ElementsMatch(t, files, names())
	assert.IsIncreasing(t, schemas.Names())
}

func TestReadReturnsACopy(t *testing.T) {
	t.Parallel()
	first, err := schemas.Read(schemas.Common)
	require.NoError(t, err)
	first[0] = 'x'
	second, err := schemas.Read(schemas.Common)
	require.NoError(t, err)
	assert.Equal(t, byte('{'), second[0])
}

func TestReadOfAnUnknownName(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", ".", "schemas.go", "../go.mod", "token-response"} {
		_, err := schemas.Read(name)
		require.ErrorContains(t, err, "the schemas are access-claims.schema.json, common.schema.json, ", name)
	}
}

func TestHeads(t *testing.T) {
	t.Parallel()
	clause := regexp.MustCompile(`\b(OK|TOK|ERR)-[0-9]+\b`)
	for _, name := range names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			schema := document(t, name)
			assert.Equal(t, "http://json-schema.org/draft-07/schema#", schema["$schema"])
			assert.Equal(t, schemas.Base+name, schema["$id"])
			assert.NotEmpty(t, schema["title"])
			assert.Regexp(t, clause, schema["description"])
		})
	}
}

// TestEveryPartIsPortable walks all schemas for what validators differ on.
func TestEveryPartIsPortable(t *testing.T) {
	t.Parallel()
	for _, name := range names() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			schema := document(t, name)
			visit(schema, func(part map[string]any) {
				assert.NotContains(t, part, "format")
				if pattern, ok := part["pattern"].(string); ok {
					assert.True(t, strings.HasPrefix(pattern, "^") && strings.HasSuffix(pattern, "$"), pattern)
					assert.NotContains(t, pattern, `\`, "classes such as \\d differ, and there is always another way to write the rest")
					assert.NotContains(t, pattern, "(?", "flags and groups with names differ")
					assert.NotContains(t, pattern, "|)", "an empty alternative hides what is optional")
					_, err := regexp.Compile(pattern)
					require.NoError(t, err)
				}
				if reference, ok := part["$ref"].(string); ok {
					assert.Len(t, part, 1, "draft-07 ignores what stands beside a $ref")
					file, part, found := strings.Cut(reference, "#/definitions/")
					require.True(t, found, reference)
					if file == "" {
						file = name
					}
					assert.Contains(t, document(t, file)["definitions"], part)
				}
			})
		})
	}
}

func TestEveryPartSaysWhatItIs(t *testing.T) {
	t.Parallel()
	for _, name := range names() {
		schema := document(t, name)
		for _, keyword := range []string{"properties", "definitions"} {
			parts, _ := schema[keyword].(map[string]any)
			for member, part := range parts {
				if _, ok := part.(map[string]any)["$ref"]; ok {
					continue
				}
				assert.Contains(t, part, "title", "%s of %s", member, name)
				assert.Contains(t, part, "description", "%s of %s", member, name)
			}
		}
	}
}

func TestEverySharedPartIsUsed(t *testing.T) {
	t.Parallel()
	var used []string
	for _, name := range names() {
		visit(document(t, name), func(part map[string]any) {
			if reference, ok := part["$ref"].(string); ok {
				used = append(used, reference)
			}
		})
	}
	for part := range document(t, schemas.Common)["definitions"].(map[string]any) {
		assert.True(t, slices.Contains(used, schemas.Common+"#/definitions/"+part), part)
	}
}

// names lists all schemas.
func names() []string { return append(schemas.Names(), schemas.ConformanceReport) }

func document(t *testing.T, name string) map[string]any {
	t.Helper()
	text, err := schemas.Read(name)
	require.NoError(t, err)
	value, err := strictjson.Decode(text)
	require.NoError(t, err)
	return value.(map[string]any)
}

// visit calls what for every object in value.
func visit(value any, what func(map[string]any)) {
	switch value := value.(type) {
	case map[string]any:
		what(value)
		for _, part := range value {
			visit(part, what)
		}
	case []any:
		for _, part := range value {
			visit(part, what)
		}
	}
}
