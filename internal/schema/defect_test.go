package schema

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/strictjson"
	"github.com/klearstack/conformance/schemas"
)

func TestDefectsInWords(t *testing.T) {
	t.Parallel()
	set, err := Load()
	require.NoError(t, err)
	const jti = `"jti":"5fa34c8b528b49c79d3699ebe44ec50f"`
	for name, test := range map[string]struct {
		schema, text string
		want         []Defect
	}{
		"all at once, in order": {
			schemas.TokenResponse, `{"release_version":"latest","refresh_token":""}`,
			[]Defect{
				{"access_token", "required", "a non-empty string", "nothing"},
				{"refresh_token", "minLength", "a non-empty string", "an empty string"},
				{"release_version", "pattern", "a string of dotted numbers such as 7.8.9, with or without a suffix", `the string "latest"`},
			},
		},
		"two keywords of one member": {
			schemas.TokenResponse, `{"access_token":"a","refresh_token":"b","release_version":""}`,
			[]Defect{
				{"release_version", "minLength", "a string of dotted numbers such as 7.8.9, with or without a suffix", "an empty string"},
				{"release_version", "pattern", "a string of dotted numbers such as 7.8.9, with or without a suffix", "an empty string"},
			},
		},
		"no object":      {schemas.ErrorResponse, `["Company Name"]`, []Defect{{"", "type", "a JSON object", "an array"}}},
		"null":           {schemas.ErrorResponse, `null`, []Defect{{"", "type", "a JSON object", "null"}}},
		"null member":    {schemas.ErrorResponse, `{"error":null}`, []Defect{{"error", "type", "a non-empty string", "null"}}},
		"object member":  {schemas.ErrorResponse, `{"error":{"a":"b"}}`, []Defect{{"error", "type", "a non-empty string", "an object"}}},
		"boolean member": {schemas.ErrorResponse, `{"error":true}`, []Defect{{"error", "type", "a non-empty string", "the boolean true"}}},
		"number member":  {schemas.ErrorResponse, `{"error":1.50e+3}`, []Defect{{"error", "type", "a non-empty string", "the number 1.50e+3"}}},
		"huge number":    {schemas.ErrorResponse, `{"error":1e999999999}`, []Defect{{"error", "type", "a non-empty string", "the number 1e999999999"}}},
		"long number":    {schemas.ErrorResponse, `{"error":` + strings.Repeat("9", 49) + `}`, []Defect{{"error", "type", "a non-empty string", "a number of 49 characters"}}},
		"tokens that are no strings": {
			schemas.TokenResponse, `{"access_token":31415,"refresh_token":["secret"],"release_version":"7.8"}`,
			[]Defect{
				{"access_token", "type", "a non-empty string", "a number"},
				{"refresh_token", "type", "a non-empty string", "an array"},
			},
		},
		"access claims": {
			schemas.AccessClaims, `{"token_type":"refresh","exp":"1656576098","iat":1656575918.5,"jti":"` + strings.Repeat("é", 49) + `","user_id":"qa\n"}`,
			[]Defect{
				{"exp", "type", "a number of seconds since 1970", `the string "1656576098"`},
				{"jti", "pattern", "a string of exactly 32 hexadecimal digits", "a string of 49 characters"},
				{"token_type", "const", `the string "access"`, `the string "refresh"`},
				{"user_id", "pattern", "an integer or a string of ASCII digits", `the string "qa\n"`},
			},
		},
		"refresh claims": {
			schemas.RefreshClaims, `{"token_type":"access","exp":1,"iat":1,` + jti + `,"user_id":2.5}`,
			[]Defect{
				{"token_type", "const", `the string "refresh"`, `the string "access"`},
				{"user_id", "type", "an integer or a string of ASCII digits", "the number 2.5"},
			},
		},
		"valid": {schemas.RefreshClaims, `{"token_type":"refresh","exp":1,"iat":1,` + jti + `,"user_id":2}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			document, err := strictjson.Decode([]byte(test.text))
			require.NoError(t, err)
			assert.Equal(t, test.want, check(set, test.schema, document))
		})
	}
}

// TestDefectsNeverShowATokenInItsPlace tries every sample's values as tokens.
func TestDefectsNeverShowATokenInItsPlace(t *testing.T) {
	t.Parallel()
	for _, value := range []any{"secret", strings.Repeat("secret", 100), json.Number("31415"), []any{"secret"}, map[string]any{"secret": "31415"}} {
		for _, name := range []string{"access_token", "refresh_token"} {
			got := describe(name, value)
			assert.NotContains(t, got, "secret")
			assert.NotContains(t, got, "31415")
		}
	}
}

func TestDescribeWhatIsNoJSON(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "no JSON value", describe("x", struct{}{}))
}

func TestDocumentsStayAsTheyAre(t *testing.T) {
	t.Parallel()
	set, err := Load()
	require.NoError(t, err)
	const text = `{"error":1e999999999,"list":[-1e-999999999,{"n":1.0}]}`
	document, err := strictjson.Decode([]byte(text))
	require.NoError(t, err)
	require.NotEmpty(t, set.ErrorResponse(document))
	same, err := strictjson.Decode([]byte(text))
	require.NoError(t, err)
	assert.Equal(t, same, document)
}

// TestSetIsSafeForConcurrentUse is for the race detector.
func TestSetIsSafeForConcurrentUse(t *testing.T) {
	t.Parallel()
	set, err := Load()
	require.NoError(t, err)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, sample := range samples() {
				document, err := strictjson.Decode([]byte(sample.text))
				if assert.NoError(t, err) {
					assert.Equal(t, sample.defects, summary(check(set, sample.schema, document)))
				}
			}
		})
	}
	group.Wait()
}

// TestBothValidatorsAgree runs every sample through this package and through a validator that shares no code with it.
func TestBothValidatorsAgree(t *testing.T) {
	t.Parallel()
	set, err := Load()
	require.NoError(t, err)
	second := secondOpinion(t)
	for _, sample := range samples() {
		t.Run(sample.schema+" "+short(sample.text), func(t *testing.T) {
			t.Parallel()
			document, err := strictjson.Decode([]byte(sample.text))
			require.NoError(t, err)

			defects := check(set, sample.schema, document)
			assert.Equal(t, sample.defects, summary(defects))

			// The second one knows of no bounds, and takes what it cannot compute with for no integer.
			err = second[sample.schema].Validate(bounded(document))
			assert.Equal(t, members(defects), faultyMembers(err), "the second validator says %v", err)
		})
	}
}

// TestBothValidatorsAgreeOnNumbersAsTheyAre leaves out the bounds where the second validator can do without.
func TestBothValidatorsAgreeOnNumbersAsTheyAre(t *testing.T) {
	t.Parallel()
	set, err := Load()
	require.NoError(t, err)
	second := secondOpinion(t)
	for _, number := range []string{"26", "-26", "26.0", "26.5", "2.65e1", "2.65e2", "1e400", "-1e400", "1e-400", "0e999", "10e-1", "10e-2", "12345678901234567890.5", "1" + strings.Repeat("0", 700) + ".5", "1." + strings.Repeat("0", 700) + "1"} {
		t.Run(short(number), func(t *testing.T) {
			t.Parallel()
			document, err := strictjson.Decode([]byte(`{"token_type":"access","exp":1,"iat":1,"jti":"5fa34c8b528b49c79d3699ebe44ec50f","user_id":` + number + `}`))
			require.NoError(t, err)
			assert.Equal(t, faultyMembers(second[schemas.AccessClaims].Validate(document)), members(set.AccessClaims(document)))
		})
	}
}

func check(set *Set, name string, document any) []Defect {
	return map[string]func(any) []Defect{
		schemas.TokenResponse: set.TokenResponse,
		schemas.ErrorResponse: set.ErrorResponse,
		schemas.AccessClaims:  set.AccessClaims,
		schemas.RefreshClaims: set.RefreshClaims,
	}[name](document)
}

// secondOpinion compiles every schema with the other validator.
func secondOpinion(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	for _, name := range schemas.Names() {
		text, err := schemas.Read(name)
		require.NoError(t, err)
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		require.NoError(t, err)
		require.NoError(t, compiler.AddResource(schemas.Base+name, document))
	}
	all := map[string]*jsonschema.Schema{}
	for _, name := range schemas.Names() {
		compiled, err := compiler.Compile(schemas.Base + name)
		require.NoError(t, err)
		require.Equal(t, 7, compiled.DraftVersion)
		all[name] = compiled
	}
	return all
}

// faultyMembers lists the top-level members that the second validator's error names, "" being the document itself.
func faultyMembers(err error) []string {
	var whole *jsonschema.ValidationError
	if !errors.As(err, &whole) {
		return nil
	}
	var found []string
	var visit func(*jsonschema.ValidationError)
	visit = func(fault *jsonschema.ValidationError) {
		for _, cause := range fault.Causes {
			visit(cause)
		}
		if len(fault.Causes) > 0 {
			return
		}
		switch missing, ok := fault.ErrorKind.(*kind.Required); {
		case ok:
			found = append(found, missing.Missing...)
		case len(fault.InstanceLocation) > 0:
			found = append(found, fault.InstanceLocation[0])
		default:
			found = append(found, "")
		}
	}
	visit(whole)
	slices.Sort(found)
	return slices.Compact(found)
}

func members(defects []Defect) []string {
	var found []string
	for _, defect := range defects {
		found = append(found, defect.Member)
	}
	return slices.Compact(found)
}

func summary(defects []Defect) []string {
	var lines []string
	for _, defect := range defects {
		lines = append(lines, defect.Member+" "+defect.Keyword)
	}
	return lines
}

func short(text string) string {
	if len(text) > 160 {
		return text[:80] + "…" + text[len(text)-80:]
	}
	return text
}
