package token_test

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/token"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	huge := "1" + strings.Repeat("0", 1000)
	for name, test := range map[string]struct {
		claim any
		want  string // as a fraction; "" for none
	}{
		"whole":                      {json.Number("1656576038"), "1656576038"},
		"zero":                       {json.Number("0"), "0"},
		"negative":                   {json.Number("-1"), "-1"},
		"fraction":                   {json.Number("1656576038.25"), "6626304153/4"},
		"fraction of zero":           {json.Number("1656576038.0"), "1656576038"},
		"exponent":                   {json.Number("1.656576038e9"), "1656576038"},
		"capital exponent":           {json.Number("1.656576038E+9"), "1656576038"},
		"beyond 2^63":                {json.Number("9223372036854775809"), "9223372036854775809"},
		"beyond float64":             {json.Number("1e400"), "1" + strings.Repeat("0", 400)},
		"as many digits as are read": {json.Number(strings.Repeat("9", 1000)), strings.Repeat("9", 1000)},
		"one digit more":             {json.Number(strings.Repeat("9", 1001)), huge},
		"one digit more, shifted":    {json.Number(strings.Repeat("9", 1001) + "e-999"), huge},
		"the largest exponent":       {json.Number("1e999"), "1" + strings.Repeat("0", 999)},
		"a larger exponent":          {json.Number("9e1000"), huge},
		"the smallest exponent":      {json.Number("1e-999"), "1/1" + strings.Repeat("0", 999)},
		"a smaller exponent":         {json.Number("1e-1000"), "0"},
		"absurd, in a capital":       {json.Number("1E999999999"), huge},
		"absurd":                     {json.Number("1e999999999"), huge},
		"absurd, negative":           {json.Number("-1e99999999999999999999"), "-" + huge},
		"absurdly small":             {json.Number("1e-99999999999999999999"), "0"},
		"zero, absurdly often":       {json.Number("-0.0e99999999999999999999"), "0"},
		"absurdly many digits":       {json.Number(strings.Repeat("9", 5000)), huge},
		"absurdly fine":              {json.Number("2." + strings.Repeat("0", 5000) + "1"), "2"},
		"absurdly fine, shifted":     {json.Number("2." + strings.Repeat("0", 5000) + "1e+1"), "20"},
		"fine":                       {json.Number("2." + strings.Repeat("0", 999) + "e+1"), "20"},
		"many digits, shifted":       {json.Number(strings.Repeat("9", 5000) + "e-1"), huge},
		"exponent of zeros":          {json.Number("1e+0000000000001"), "10"},
		"text":                       {"1656576038", ""},
		"bool":                       {true, ""},
		"null":                       {nil, ""},
		"object":                     {map[string]any{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parsed := &token.Token{Claims: map[string]any{"exp": test.claim}}
			number, ok := parsed.Number("exp")
			require.Equal(t, test.want != "", ok)
			if ok {
				want, _ := new(big.Rat).SetString(test.want)
				assert.Equal(t, want.String(), number.String())
			}
			_, ok = parsed.Number("Exp")
			assert.False(t, ok, "another claim")
		})
	}
}

func TestUser(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		claim any
		want  string
		ok    bool
	}{
		"number":            {json.Number("26"), "26", true},
		"text":              {"26", "26", true},
		"float":             {json.Number("26.0"), "26", true},
		"exponent":          {json.Number("2.6e1"), "26", true},
		"zero":              {json.Number("0"), "0", true},
		"beyond 2^53":       {json.Number("9007199254740993"), "9007199254740993", true},
		"text of any size":  {strings.Repeat("9", 5000), strings.Repeat("9", 5000), true},
		"beyond what's fit": {json.Number(strings.Repeat("9", 5000)), strings.Repeat("9", 5000), true},
		"fraction":          {json.Number("26.5"), "26.5", true},
		"empty text":        {"", "", true},
		"null":              {nil, "", false},
		"bool":              {false, "", false},
		"array":             {[]any{json.Number("26")}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			user, ok := (&token.Token{Claims: map[string]any{"user_id": test.claim}}).User()
			assert.Equal(t, test.ok, ok)
			assert.Equal(t, test.want, user)
		})
	}
	_, ok := (&token.Token{Claims: map[string]any{"User_Id": "26"}}).User()
	assert.False(t, ok, "another claim")
}
