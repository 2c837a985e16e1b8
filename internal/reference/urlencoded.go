package reference

import "strings"

// ParseUrlencoded splits a urlencoded body at "&" and "=" alone and decodes
// names and values with decode, which is [DecodeUrlencoded] in a server that
// keeps the contract (REQ-4, REQ-6). No pair is dropped: a raw ";" is data, and
// a name without "=" has the empty value.
func ParseUrlencoded(body string, decode func(string) string) Form {
	var form Form
	for pair := range strings.SplitSeq(body, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		form = append(form, Field{Name: decode(name), Value: decode(value)})
	}
	return form
}

// DecodeUrlencoded turns "+" into a space and each valid "%XX" into its byte.
// An invalid "%" stays as it is, so that a wrong value remains a wrong value
// and does not turn into a missing one.
func DecodeUrlencoded(text string) string {
	var decoded strings.Builder
	for i := 0; i < len(text); i++ {
		switch char := text[i]; {
		case char == '+':
			decoded.WriteByte(' ')
		case char == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]):
			decoded.WriteByte(unhex(text[i+1])<<4 | unhex(text[i+2]))
			i += 2
		default:
			decoded.WriteByte(char)
		}
	}
	return decoded.String()
}

func isHex(char byte) bool {
	return '0' <= char && char <= '9' || 'a' <= char|0x20 && char|0x20 <= 'f'
}

func unhex(char byte) byte {
	if char <= '9' {
		return char - '0'
	}
	return char | 0x20 - 'a' + 10
}
