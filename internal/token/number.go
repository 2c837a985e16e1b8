package token

import (
	"encoding/json"
	"math/big"
	"strings"
)

// maxDigits bounds the numbers that are taken at their word: beyond it they only have to stay large, or small.
const maxDigits = 1000

// Number returns a claim that is a number, exactly (RFC 7519's NumericDate may have a fraction). It reports false
// where the claim is missing or of another type. Numbers of absurd size come back as plus or minus 10^1000, or as 0.
func (t *Token) Number(claim string) (*big.Rat, bool) {
	number, ok := t.Claims[claim].(json.Number)
	if !ok {
		return nil, false
	}
	return rational(number.String())
}

func rational(text string) (*big.Rat, bool) {
	mantissa, exponent, scaled := strings.Cut(strings.ToLower(text), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if len(fraction) > maxDigits {
		mantissa = whole + "." + fraction[:maxDigits] // nobody can tell the difference
	}
	digits := strings.TrimLeft(strings.TrimLeft(exponent, "+-"), "0")
	switch {
	case len(whole) <= maxDigits && len(digits) < 4 && scaled:
		return new(big.Rat).SetString(mantissa + "e" + exponent)
	case len(whole) <= maxDigits && len(digits) < 4:
		return new(big.Rat).SetString(mantissa)
	case len(digits) >= 4 && strings.HasPrefix(exponent, "-"), strings.Trim(mantissa, "-0.") == "":
		return new(big.Rat), true
	}
	huge := new(big.Int).Exp(big.NewInt(10), big.NewInt(maxDigits), nil)
	if strings.HasPrefix(mantissa, "-") {
		huge.Neg(huge)
	}
	return new(big.Rat).SetInt(huge), true
}

// User returns `user_id` as text, in which a number and a text of the same digits are equal (TOK-8).
func (t *Token) User() (string, bool) {
	switch id := t.Claims["user_id"].(type) {
	case string:
		return id, true
	case json.Number:
		if number, ok := rational(id.String()); ok && number.IsInt() && len(id) < maxDigits {
			return number.Num().String(), true
		}
		return id.String(), true
	default:
		return "", false
	}
}
