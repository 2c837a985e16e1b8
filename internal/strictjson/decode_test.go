package strictjson_test

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/strictjson"
)

func TestDecodeAccepts(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		body string
		want any
	}{
		"object":                   {`{"a":1,"b":[true,false,null,"x"]}`, map[string]any{"a": json.Number("1"), "b": []any{true, false, nil, "x"}}},
		"empty object":             {`{}`, map[string]any{}},
		"empty array":              {`[]`, []any{}},
		"string":                   {`"x"`, "x"},
		"empty string":             {`""`, ""},
		"number":                   {`12`, json.Number("12")},
		"null":                     {`null`, nil},
		"all JSON white space":     {" \t\r\n{ \t\r\n\"a\" : 1 } \t\r\n", map[string]any{"a": json.Number("1")}},
		"number beyond 2^53":       {`9007199254740993`, json.Number("9007199254740993")},
		"number as it was written": {`[-0,1.50,1E+400,1e999999999]`, []any{json.Number("-0"), json.Number("1.50"), json.Number("1E+400"), json.Number("1e999999999")}},
		"escapes":                  {`"\u00e9\n\"\\\/\ud83d\ude00"`, "é\n\"\\/😀"},
		"unescaped beyond ASCII":   {`"é😀"`, "é😀"},
		"replacement character":    {"\"\uFFFD\"", "\uFFFD"},
		"byte order mark inside":   {"\"\uFEFF\"", "\uFEFF"},
		"lone surrogate":           {`"a\ud800b"`, "a\uFFFDb"},
		"names differing in case":  {`{"a":1,"A":2}`, map[string]any{"a": json.Number("1"), "A": json.Number("2")}},
		"same name in two objects": {`[{"a":1},{"a":{"a":2}}]`, []any{map[string]any{"a": json.Number("1")}, map[string]any{"a": map[string]any{"a": json.Number("2")}}}},
		"empty name":               {`{"":1}`, map[string]any{"": json.Number("1")}},
		"NUL, escaped":             {`"\u0000"`, "\x00"},
		"DEL, unescaped":           {"\"\x7f\"", "\x7f"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := strictjson.Decode([]byte(test.body))
			require.NoError(t, err)
			assert.Equal(t, test.want, got)
		})
	}
}

// Where an error is in one place, that is told.
func TestOffset(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int{
		`{"a":1,}`: 8, "{} {}": 4, "\"\xff\"": 2, "\uFEFF{}": 1, "": 0, " ": 0, `{"a`: 0, `{"a":1,"a":1}`: 0,
	} {
		_, err := strictjson.Decode([]byte(body))
		require.Error(t, err)
		assert.Equal(t, want, strictjson.Offset(err), body)
	}
	assert.Zero(t, strictjson.Offset(nil))
}

func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	const unexpected = "is not JSON: unexpected character at byte "
	for name, test := range map[string]struct{ body, want string }{
		"byte order mark":                {"\xEF\xBB\xBF{}", "begins with a byte order mark"},
		"byte order mark alone":          {"\xEF\xBB\xBF", "begins with a byte order mark"},
		"half a byte order mark":         {"\xEF\xBB", unexpected + "1"},
		"byte order mark of UTF-16":      {"\xFF\xFE{\x00}\x00", "is not valid UTF-8 at byte 1"},
		"invalid UTF-8 in a string":      {"{\"a\":\"\xff\"}", "is not valid UTF-8 at byte 7"},
		"overlong UTF-8":                 {"\"\xC0\x80\"", "is not valid UTF-8 at byte 2"},
		"surrogate in UTF-8":             {"\"\xED\xA0\x80\"", "is not valid UTF-8 at byte 2"},
		"invalid UTF-8 in truncated":     {"{\"a\":\"\xff", "is not valid UTF-8 at byte 7"},
		"half a character after a value": {"{}\xC3", "goes on after the end of its JSON value at byte 3"},
		"half a character for a value":   {"[\xC3", unexpected + "2"},
		"half a character for an escape": {"\"\\\xC3", unexpected + "3"},
		"duplicate name":                 {`{"a":1,"a":1}`, `names a member twice`},
		"duplicate after unescaping":     {`{"a":1,"\u0061":2}`, `names a member twice`},
		"duplicate deep inside":          {`{"x":[{"b":{"c":1,"c":2}}]}`, `names a member twice`},
		"duplicate empty name":           {`{"":1,"":2}`, `names a member twice`},
		"duplicate in truncated":         {`{"a":1,"a":`, `names a member twice`},
		"duplicate of control bytes":     {`{"\n\u001b":1,"\n\u001b":2}`, `names a member twice`},
		"duplicate of a long name":       {`{"` + strings.Repeat("é", 50) + `":1,"` + strings.Repeat("é", 50) + `":2}`, `names a member twice`},
		"second value":                   {`{} {}`, "goes on after the end of its JSON value at byte 4"},
		"comma after the value":          {"{},\n", "goes on after the end of its JSON value at byte 3"},
		"other white space":              {"{}\u00a0", "goes on after the end of its JSON value at byte 3"},
		"form feed":                      {"{}\f", "goes on after the end of its JSON value at byte 3"},
		"NUL after the value":            {"{}\x00", "goes on after the end of its JSON value at byte 3"},
		"letters on a literal":           {"truex", "goes on after the end of its JSON value at byte 5"},
		"leading other white space":      {"\v{}", unexpected + "1"},
		"HTML":                           {"<!DOCTYPE html>", unexpected + "1"},
		"text":                           {"Company Name", unexpected + "1"},
		"single quotes":                  {`{'a':1}`, unexpected + "2"},
		"typographic quotes":             {`{"release_version": “7.8.9”}`, unexpected + "21"},
		"comment":                        {"{/**/}", unexpected + "2"},
		"comma before the bracket":       {`[1,]`, unexpected + "4"},
		"comma before the brace":         {`{"a":1,}`, unexpected + "8"},
		"comma at the beginning":         {`[,1]`, unexpected + "2"},
		"two commas":                     {`[1,,2]`, unexpected + "4"},
		"no comma":                       {`[1 2]`, unexpected + "4"},
		"no colon":                       {`{"a" 1}`, unexpected + "6"},
		"colon in an array":              {`["a":1]`, unexpected + "5"},
		"name that is no string":         {`{1:2}`, unexpected + "2"},
		"wrong closing":                  {`[1}`, unexpected + "3"},
		"wrong closing, nested":          {`{"a":[1}]`, unexpected + "8"},
		"closing alone":                  {`]`, unexpected + "1"},
		"leading zero":                   {`[01]`, unexpected + "3"},
		"leading plus":                   {`+1`, unexpected + "1"},
		"no digits before the point":     {`.5`, unexpected + "1"},
		"no digits after the point":      {`[1.]`, unexpected + "4"},
		"no digits in the exponent":      {`[1e]`, unexpected + "4"},
		"NaN":                            {`NaN`, unexpected + "1"},
		"upper case literal":             {`True`, unexpected + "1"},
		"line break in a string":         {"\"a\nb\"", unexpected + "3"},
		"unknown escape":                 {`"\x41"`, unexpected + "3"},
		"short escape":                   {`"\u12"`, unexpected + "6"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			value, err := strictjson.Decode([]byte(test.body))
			require.EqualError(t, err, test.want)
			assert.Nil(t, value)
			require.NotErrorIs(t, err, strictjson.ErrTruncated)
			require.NotErrorIs(t, err, strictjson.ErrTooDeep)
		})
	}
}

// TestDecodeCallsEveryBeginningTruncated cuts a value that holds all there is in the grammar at each of its bytes.
func TestDecodeCallsEveryBeginningTruncated(t *testing.T) {
	t.Parallel()
	const whole = ` {"é\n\u00e9x": [true, false, null, -0.5e+10, {}, [], "a\"😀"], "b" : {"c":1}}`
	_, err := strictjson.Decode([]byte(whole))
	require.NoError(t, err)
	for cut := range len(whole) {
		value, err := strictjson.Decode([]byte(whole[:cut]))
		require.ErrorIs(t, err, strictjson.ErrTruncated, "cut at %d", cut)
		require.Nil(t, value, "cut at %d", cut)
		switch cut {
		case 0:
			require.EqualError(t, err, "is empty")
		case 1:
			require.EqualError(t, err, "holds nothing but white space")
		default:
			require.EqualError(t, err, "ends in the middle of a JSON value", "cut at %d", cut)
		}
	}
}

func TestDecodeBoundsTheDepth(t *testing.T) {
	t.Parallel()
	nested := func(opening, closing string, depth int) []byte {
		return []byte(strings.Repeat(opening, depth) + "1" + strings.Repeat(closing, depth))
	}
	for name, test := range map[string]struct{ opening, closing string }{
		"arrays":  {"[", "]"},
		"objects": {`{"a":`, "}"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := strictjson.Decode(nested(test.opening, test.closing, 512))
			require.NoError(t, err)
			for _, body := range [][]byte{
				nested(test.opening, test.closing, 513),
				nested(test.opening, test.closing, 100_000),
				nested(test.opening, "", 100_000), // truncated, but beyond saving
			} {
				_, err = strictjson.Decode(body)
				require.EqualError(t, err, "nests arrays and objects more than 512 deep")
				require.ErrorIs(t, err, strictjson.ErrTooDeep)
				require.NotErrorIs(t, err, strictjson.ErrTruncated)
			}
		})
	}
}

func TestDecodeReadsLargeBodies(t *testing.T) {
	t.Parallel()
	members := func(count int) []byte {
		var text strings.Builder
		for i := range count {
			text.WriteString(`,"` + strconv.Itoa(i) + `":0`)
		}
		return []byte("{" + text.String()[1:] + "}")
	}
	value, err := strictjson.Decode(members(strictjson.MaxValues - 1)) // and the object itself
	require.NoError(t, err)
	assert.Len(t, value, strictjson.MaxValues-1)
	_, err = strictjson.Decode(members(strictjson.MaxValues))
	require.ErrorIs(t, err, strictjson.ErrTooMany)
	_, err = strictjson.Decode(append(members(strictjson.MaxValues), ','))
	require.ErrorContains(t, err, "goes on after the end")

	long := strings.Repeat("x", 1<<20)
	value, err = strictjson.Decode([]byte(`"` + long + `"`))
	require.NoError(t, err)
	assert.Len(t, value, 1<<20)

	digits := strings.Repeat("9", 1<<20)
	value, err = strictjson.Decode([]byte(digits))
	require.NoError(t, err)
	assert.Equal(t, json.Number(digits), value)
}

func TestDecodeLeavesTheBodyAlone(t *testing.T) {
	t.Parallel()
	body := []byte("\"\xC3\xA9")
	_, err := strictjson.Decode(body[:2])
	require.ErrorIs(t, err, strictjson.ErrTruncated)
	assert.Equal(t, "\"\xC3\xA9", string(body))
}

func TestDecodeErrorsShowNothingOfTheBody(t *testing.T) {
	t.Parallel()
	const secret = "eyJhbGciOiJIUzI1NiJ9"
	for name, body := range map[string]string{
		"malformed": `{"access_token":"` + secret + `",}`,
		"truncated": `{"access_token":"` + secret,
		"trailing":  `{} ` + secret,
		"not UTF-8": `{"access_token":"` + secret + "\xff",
		"duplicate": `{"access_token":"` + secret + `","access_token":"` + secret + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := strictjson.Decode([]byte(body))
			require.Error(t, err)
			assert.NotContains(t, err.Error(), secret)
		})
	}
}
