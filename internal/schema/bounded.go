package schema

import (
	"encoding/json"
	"strconv"
	"strings"
)

// bound limits the numbers that the validator gets to see: their size lies between 1e-bound and 1e+bound, or is 0.
const bound = 300

// bounded copies the document with its numbers made manageable. The validator computes with exact fractions: the eight
// characters of 1e999999 are a million digits to it, and of anything beyond 1e1000000 it does not know whether it is
// whole, nor how it compares.
func bounded(value any) any {
	switch value := value.(type) {
	case json.Number:
		return boundedNumber(value)
	case []any:
		items := make([]any, len(value))
		for i, item := range value {
			items[i] = bounded(item)
		}
		return items
	case map[string]any:
		members := make(map[string]any, len(value))
		for name, member := range value {
			members[name] = bounded(member)
		}
		return members
	default:
		return value
	}
}

// boundedNumber returns the number itself where it is of ordinary size and precision, and otherwise one of the same
// sign that is a whole number if and only if the given one is.
func boundedNumber(number json.Number) json.Number {
	digits, exponent := decimal(strings.TrimPrefix(number.String(), "-"))
	whole := exponent >= 0
	magnitude := len(digits) + exponent // the number is below 1e+magnitude
	switch {
	case digits == "":
		return "0"
	case magnitude > bound && whole:
		digits, exponent = "1", bound
	case magnitude > bound:
		digits, exponent = "1"+strings.Repeat("0", bound)+"1", -1
	case magnitude < -bound:
		digits, exponent = "1", -bound
	case len(digits) > 2*bound:
		digits, exponent = digits[:2*bound]+"1", magnitude-2*bound-1
	}
	sign := ""
	if strings.HasPrefix(number.String(), "-") {
		sign = "-"
	}
	return json.Number(sign + digits + "e" + strconv.Itoa(exponent))
}

// decimal takes a JSON number without its sign apart: it is the whole number that the digits write, times ten to the
// exponent. The digits neither begin nor end in 0, so that there are none for zero.
func decimal(text string) (digits string, exponent int) {
	mantissa, power, _ := strings.Cut(strings.ToLower(text), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits = strings.TrimLeft(whole+fraction, "0")
	exponent = decimalExponent(power) - len(fraction)
	trimmed := strings.TrimRight(digits, "0")
	return trimmed, exponent + len(digits) - len(trimmed)
}

// decimalExponent reads the exponent of a JSON number. One that is too large to be exact about is as good as one that
// outweighs any number of digits.
func decimalExponent(text string) int {
	const farAway = 1 << 30
	power, err := strconv.Atoi(text)
	switch {
	case err == nil:
		return max(-farAway, min(power, farAway))
	case strings.HasPrefix(text, "-"):
		return -farAway
	case text == "":
		return 0
	default:
		return farAway
	}
}
