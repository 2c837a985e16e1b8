package schema

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

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
