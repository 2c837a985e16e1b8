package schema

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBoundedNumber(t *testing.T) {
	t.Parallel()
	zeros, nines := strings.Repeat("0", 700), strings.Repeat("9", 700)
	for number, want := range map[string]struct {
		sign  int
		whole bool
	}{
		"0":                         {0, true},
		"-0":                        {0, true},
		"0.000":                     {0, true},
		"0e999999999":               {0, true},
		"-0.0E-999999999":           {0, true},
		"1":                         {1, true},
		"-26":                       {-1, true},
		"1.0":                       {1, true},
		"1.5":                       {1, false},
		"15e-1":                     {1, false},
		"150e-1":                    {1, true},
		"1.5E1":                     {1, true},
		"1.5e+1":                    {1, true},
		"1e300":                     {1, true},
		"1e400":                     {1, true},
		"-1e400":                    {-1, true},
		"1e-400":                    {1, false},
		"1e999999999":               {1, true},
		"-1e999999999":              {-1, true},
		"-1e-999999999":             {-1, false},
		"1e99999999999999999999":    {1, true},
		"1E+99999999999999999999":   {1, true},
		"-1e-99999999999999999999":  {-1, false},
		"1e000000000000000000001":   {1, true},
		"1" + zeros + "e-700":       {1, true},
		"1" + zeros + "e-701":       {1, false},
		"0." + zeros + "1e701":      {1, true},
		"0." + zeros + "1e700":      {1, false},
		"-1" + zeros + ".5":         {-1, false},
		nines + "." + nines:         {1, false},
		nines:                       {1, true},
		"1." + zeros + "1":          {1, false},
		"-1." + zeros:               {-1, true},
		"9." + nines + "e-999999":   {1, false},
		nines + ".0e+999999":        {1, true},
		"9007199254740993.00000001": {1, false},
	} {
		t.Run(short(number), func(t *testing.T) {
			t.Parallel()
			got := boundedNumber(json.Number(number))
			require.True(t, json.Valid([]byte(got)), got)
			require.Less(t, len(got), 1000)
			exact, ok := new(big.Rat).SetString(got.String())
			require.True(t, ok)
			assert.Equal(t, want.sign, exact.Sign(), got)
			assert.Equal(t, want.whole, exact.IsInt(), got)
			float, err := got.Float64()
			require.NoError(t, err)
			assert.Equal(t, want.sign != 0, float != 0, got)
		})
	}
}

// TestBoundedNumberKeepsOrdinaryNumbers compares with exact fractions.
func TestBoundedNumberKeepsOrdinaryNumbers(t *testing.T) {
	t.Parallel()
	for _, number := range []string{"0", "-1", "1656576098", "1656576098.125", "9007199254740993", "-12.5e-3", "1e299", "123e-250", "0.1", "100", strings.Repeat("7", 300), "0." + strings.Repeat("7", 300)} {
		want, _ := new(big.Rat).SetString(number)
		got, ok := new(big.Rat).SetString(boundedNumber(json.Number(number)).String())
		require.True(t, ok)
		assert.Zero(t, want.Cmp(got), number)
	}
}
