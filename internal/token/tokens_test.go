package token_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
)

const (
	key            = "a key of 32 bytes that nobody else has"
	goodHeader     = `{"typ":"JWT","alg":"HS256"}`
	goodPayload    = `{"token_type":"access","exp":1656576038,"iat":1656575918,"jti":"401feba88844452da7d7e09f10ff09ad","user_id":26}`
	signatureBytes = "32 bytes that no key ever signed"
)

// join makes a token of the texts that its segments are to hold.
func join(parts ...string) string {
	for i, part := range parts {
		parts[i] = base64.RawURLEncoding.EncodeToString([]byte(part))
	}
	return strings.Join(parts, ".")
}

// signed makes a token that the key has signed.
func signed(tb testing.TB, header, payload string) string {
	tb.Helper()
	text := join(header, payload)
	return text + "." + signature(tb, text)
}

// signature is the third segment of a token whose first two are text.
func signature(tb testing.TB, text string) string {
	tb.Helper()
	octets, err := jwt.SigningMethodHS256.Sign(text, []byte(key))
	require.NoError(tb, err)
	return base64.RawURLEncoding.EncodeToString(octets)
}

// headers are texts that may stand where a token's header does.
func headers() []string {
	return []string{
		goodHeader, `{"alg":"HS256","typ":"JWT","kid":"1"}`,
		`{"typ":"JWT","alg":"none"}`, `{"typ":"JWT","alg":"None"}`, `{"typ":"JWT","alg":"HS256 "}`, `{"typ":"JWT","alg":"hs256"}`,
		`{"typ":"JWT","alg":"HS512"}`, `{"typ":"JWT","alg":null}`, `{"typ":"JWT","alg":"HS256\n"}`, `{"typ":"jwt","alg":"HS256"}`,
		`{"typ":"JWT","alg":"` + base64.RawURLEncoding.EncodeToString([]byte(signatureBytes))[:20] + `"}`,
		`{"typ":"JWT","alg":"HS256","crit":["exp"],"exp":1}`, `{"typ":"JWT","alg":"HS256","crit":null}`,
		`{"Typ":"JWT","Alg":"HS256"}`, `{"typ":"JWT","alg":"none","Alg":"HS256"}`, `{"typ":"JWT","alg":"none","alg":"HS256"}`,
		`{"typ":"JWT","alg":"HS256","x":1e400}`, `{"typ":"JWT"}`, `{"alg":"HS256"}`, `["JWT","HS256"]`, `null`, ``, ` `, goodHeader + ` `,
		goodHeader + "\n{}", "\uFEFF" + goodHeader, "{\"typ\":\"JWT\",\"alg\":\"HS256\",\"x\":\"\xff\"}",
	}
}

// payloads are texts that may stand where a token's payload does.
func payloads() []string {
	return []string{
		goodPayload, " " + goodPayload + "\r\n", strings.Replace(goodPayload, "26}", `"26"}`, 1),
		strings.Replace(goodPayload, "1656576038", "1e400", 1), strings.Replace(goodPayload, "1656576038", "-1", 1),
		strings.Replace(goodPayload, "1656576038", "1e-999999999999999999999", 1),
		strings.Replace(goodPayload, "1656576038", "9223372036854775808", 1), strings.Replace(goodPayload, "1656576038", "1656576038.0", 1),
		strings.Replace(goodPayload, "exp", "Exp", 1), strings.Replace(goodPayload, "iat", "exp", 1),
		strings.Replace(goodPayload, "iat", `\u0065xp`, 1), strings.Replace(goodPayload, "}", `,"Exp":0}`, 1),
		strings.Replace(goodPayload, "access", "acc\xffess", 1), strings.Replace(goodPayload, "access", `\ud800`, 1),
		goodPayload + goodPayload, goodPayload[:len(goodPayload)-1], `{}`, `null`, `[]`, ``, "\x00", strings.Repeat(`{"a":`, 600),
		`{"exp":2.` + strings.Repeat("0", 5000) + `1e+1,"iat":1.5E-00003,"Exp":-0.0e00}`,
		`{"user_id":` + strings.Repeat("9", 2000) + `.` + strings.Repeat("9", 2000) + `e` + strings.Repeat("9", 2000) + `}`,
	}
}

// tokens are tokens, good and bad.
func tokens(tb testing.TB) []string {
	tb.Helper()
	good := signed(tb, goodHeader, goodPayload)
	made, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{
		"token_type": "refresh", "exp": 1656748718, "iat": 1656575918, "jti": strings.Repeat("0f", 16), "user_id": "26",
	}).SignedString([]byte(key))
	require.NoError(tb, err)
	segments := strings.Split(good, ".")
	all := []string{
		good, made, "", ".", "..", "...", segments[0], segments[0] + "." + segments[1], good + ".", "." + good, good + "." + segments[2],
		good[:40] + "\n" + good[40:], good + "\n", good + "\r\n", "\n" + good, good[:40] + "\r" + good[40:], good + " ", "Bearer " + good,
		strings.Join(segments, "=."), good + "=", good + "==", segments[0] + ".." + segments[2], segments[0] + "." + segments[1] + ".",
		good[:len(good)-1], good[:len(good)-2] + "+" + good[len(good)-1:], good[:len(good)-2] + "/" + good[len(good)-1:],
		good[:len(good)-2] + "é", good[:len(good)-2] + "\xff", strings.Repeat("a.", 9999) + "a",
		segments[0] + "." + segments[1] + "." + segments[2][:42] + nextBit(segments[2][42:]),
		nextBit(segments[0]) + "." + segments[1] + "." + segments[2],
		// The vendor's example, cut short in the payload.
		"eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0b2tlbl90eXBlIjoiYWNjZXNzIiwiZXhwIjoxNjU2NTc2MDM4LCJpYTY1NzU5MTgsImp0aSI6IjQwMWZlYmJhODg4NDQ1MmRhN2Q3ZTA5ZjEwZmYwOWFkIiwidXNlcl9pZCI6MjZ9.sjU6iVbRRp7dTDt-l4rj7K7tKpPpaL7yskjstAUn2Zs",
	}
	for _, header := range headers() {
		all = append(all, signed(tb, header, goodPayload), join(header, goodPayload, signatureBytes))
	}
	for _, payload := range payloads() {
		all = append(all, signed(tb, goodHeader, payload))
	}
	return all
}

// nextBit sets the last bit of a segment, which is not among those that are decoded.
func nextBit(segment string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, segment[len(segment)-1])
	return segment[:len(segment)-1] + alphabet[last|1:last|1+1]
}
