package token_test

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"regexp"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/strictjson"
	"github.com/klearstack/conformance/internal/token"
)

// FuzzParse compares Parse with golang-jwt's own parser, on tokens as they come.
func FuzzParse(f *testing.F) {
	for _, compact := range tokens(f) {
		f.Add(compact)
	}
	f.Fuzz(assertParse)
}

// FuzzParseParts does so on tokens whose base64url is right, which FuzzParse has no luck in making up.
func FuzzParseParts(f *testing.F) {
	for _, part := range append(headers(), payloads()...) {
		f.Add(goodHeader, part, signatureBytes)
		f.Add(part, goodPayload, signatureBytes)
	}
	f.Add(goodHeader, goodPayload, "short")
	f.Fuzz(func(t *testing.T, header, payload, signature string) {
		assertParse(t, join(header, payload, signature))
		assertParse(t, signed(t, header, payload))
	})
}

func assertParse(t *testing.T, compact string) {
	t.Helper()
	parsed, err := token.Parse(compact)
	if err != nil {
		require.Nil(t, parsed)
		assertWords(t, compact, err.Error())
		require.False(t, sound(compact), "golang-jwt and the contract take it, but: %v", err)
		return
	}
	claims := jwt.MapClaims{}
	_, parts, err := jwt.NewParser(jwt.WithJSONNumber()).ParseUnverified(compact, claims)
	require.NoError(t, err, "golang-jwt refuses it")
	require.Equal(t, map[string]any(claims), parsed.Claims)
	require.Equal(t, parts[2], parsed.Signature)
	require.Equal(t, parsed.Claims, token.Peek(parts[1]))
	assertClaims(t, claims, parsed)

	assert.Equal(t, verifies(compact) == nil, parsed.Verify(key) == nil, "whether the signature verifies")
	again := parts[0] + "." + parts[1] + "." + signature(t, parts[0]+"."+parts[1])
	require.NoError(t, verifies(again), "golang-jwt refuses it, signed")
	parsed, err = token.Parse(again)
	require.NoError(t, err)
	require.NoError(t, parsed.Verify(key))
	require.Error(t, parsed.Verify(key+"!"))
}

// verifies is golang-jwt's word on a token that the key has to have signed.
func verifies(compact string) error {
	parser := jwt.NewParser(jwt.WithJSONNumber(), jwt.WithoutClaimsValidation(), jwt.WithValidMethods([]string{"HS256"}))
	_, err := parser.ParseWithClaims(compact, jwt.MapClaims{}, func(*jwt.Token) (any, error) { return []byte(key), nil })
	return err
}

// assertClaims asserts that claims are found by their exact names: `Exp` is not `exp`.
func assertClaims(t *testing.T, claims jwt.MapClaims, parsed *token.Token) {
	t.Helper()
	for _, name := range []string{"exp", "Exp", "EXP", "iat", "Iat"} {
		_, want := claims[name].(json.Number)
		number, got := parsed.Number(name)
		require.Equal(t, want, got, name)
		require.Equal(t, want, number != nil, name)
		if want {
			assertNumber(t, claims[name].(json.Number).String(), number)
		}
	}
	_, isText := claims["user_id"].(string)
	_, isNumber := claims["user_id"].(json.Number)
	_, got := parsed.User()
	require.Equal(t, isText || isNumber, got)
}

// assertNumber asserts that a number that is not of absurd size is read as it is, but for what no clause can tell.
func assertNumber(t *testing.T, text string, got *big.Rat) {
	t.Helper()
	found := regexp.MustCompile(`^(-?\d+)(?:\.\d+)?(?:[eE][+-]?0*(\d{0,3}))?$`).FindStringSubmatch(text)
	if found == nil || len(found[1]) > 1000 {
		return
	}
	want, ok := new(big.Rat).SetString(text)
	require.True(t, ok)
	difference := new(big.Rat).Sub(want, got)
	require.Negative(t, difference.Abs(difference).Cmp(big.NewRat(1, 1)), text)
}

// longRun is what a token's segments are made of, long enough to be a part of a secret.
var longRun = regexp.MustCompile(`[A-Za-z0-9_-]{16,}`)

// assertWords asserts that a refusal is fit to be shown: on one line, and with no part of the signature in it.
func assertWords(t *testing.T, compact, words string) {
	t.Helper()
	require.NotRegexp(t, `[\x00-\x1f\x7f\x{80}-\x{9f}\x{2028}\x{2029}]`, words)
	require.Regexp(t, `^(has|is) `, words)
	segments := strings.SplitN(compact, ".", 3)
	if len(segments) < 3 {
		return
	}
	for _, run := range longRun.FindAllString(words, -1) {
		for at := range len(run) - 15 {
			require.NotContains(t, segments[2], run[at:at+16])
		}
	}
}

// sound reports whether golang-jwt takes a token that is as TOK-1 has it and has all claims of TOK-3, of whatever type.
func sound(compact string) bool {
	if !regexp.MustCompile(`^[A-Za-z0-9_.-]*$`).MatchString(compact) {
		return false
	}
	claims := jwt.MapClaims{}
	_, segments, err := jwt.NewParser(jwt.WithJSONNumber()).ParseUnverified(compact, claims)
	if err != nil {
		return false
	}
	decoded := make([][]byte, len(segments))
	for i, segment := range segments {
		decoded[i], err = base64.RawURLEncoding.DecodeString(segment)
		if err != nil || base64.RawURLEncoding.EncodeToString(decoded[i]) != segment {
			return false
		}
	}
	header, err := strictjson.Decode(decoded[0])
	if err != nil {
		return false
	}
	if _, err := strictjson.Decode(decoded[1]); err != nil {
		return false
	}
	members, _ := header.(map[string]any)
	_, critical := members["crit"]
	for _, name := range []string{"token_type", "exp", "iat", "jti", "user_id"} {
		if _, ok := claims[name]; !ok {
			return false
		}
	}
	return members["typ"] == "JWT" && members["alg"] == "HS256" && !critical && len(decoded[2]) == 32
}
