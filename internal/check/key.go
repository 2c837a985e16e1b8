package check

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/token"
)

// notVerified says why a signature may not verify with the configured key: because another reading of its value does, or
// because of what the value looks like.
func (j *Judge) notVerified(parsed *token.Token) string {
	for _, reading := range readings(j.Key) {
		if reading.key == "" || parsed.Verify(reading.key) != nil {
			continue
		}
		hint := "it verifies when the key is " + reading.how
		if !utf8.ValidString(reading.key) {
			return hint + ", which is not text, so that this setting can't hold it"
		}
		return hint + ": set KLEARSTACK_JWT_KEY to that"
	}
	return also("is it the key of this deployment?", j.KeySuspicions)
}

// reading is another key that a value may stand for.
type reading struct{ how, key string }

// readings returns what the value of a key may have been meant to be, or what the signer may have made of it.
func readings(value string) []reading {
	trimmed := strings.TrimSpace(value)
	all := []reading{
		{"read without the blanks or line breaks around it", trimmed},
		{"read without its quotes", strings.Trim(trimmed, "\"'`“”‘’")},
		{"read with a line break at its end", value + "\n"},
		{"read with a carriage return and a line break at its end", value + "\r\n"},
	}
	word := strings.Trim(trimmed, "\"'`")
	bare := strings.TrimRight(strings.Join(strings.Fields(word), ""), "=")
	if decoded, err := base64.RawStdEncoding.DecodeString(bare); err == nil {
		all = append(all, reading{"read as base64", string(decoded)})
	}
	if decoded, err := base64.RawURLEncoding.DecodeString(bare); err == nil {
		all = append(all, reading{"read as base64url", string(decoded)})
	}
	if decoded, err := hex.DecodeString(strings.TrimPrefix(strings.ReplaceAll(bare, ":", ""), "0x")); err == nil {
		all = append(all, reading{"read as hex", string(decoded)})
	}
	return append(all,
		reading{"written in base64", base64.StdEncoding.EncodeToString([]byte(value))},
		reading{"written in base64url without padding", base64.RawURLEncoding.EncodeToString([]byte(value))},
		reading{"written in hex", hex.EncodeToString([]byte(value))},
	)
}
