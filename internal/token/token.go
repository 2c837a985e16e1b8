// Package token reads JSON Web Tokens in JWS compact form (RFC 7515, RFC 7519). It is the one seam to golang-jwt.
package token

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/strictjson"
)

// signatureSize is the length of an HS256 signature in bytes (RFC 7518, section 3.2).
const signatureSize = 32

// Token is a JWT whose form is right (TOK-1). Its signature has not been verified.
type Token struct {
	Claims    map[string]any // numbers are json.Number
	Signature string         // the third segment; secret
	signed    string         // what the signature is over
}

// Parse reads a token. The error is fit to follow "the token"; it shows no part of the token but its header's values.
func Parse(compact string) (*Token, error) {
	segments := strings.SplitN(compact, ".", 4)
	if len(segments) != 3 {
		return nil, fmt.Errorf("has %s, not 3", segmentsOf(strings.Count(compact, ".")+1))
	}
	for i, name := range []string{"header", "payload", "signature"} {
		if segments[i] == "" {
			return nil, fmt.Errorf("has an empty %s", name)
		}
		if at := strings.IndexFunc(segments[i], outsideAlphabet); at >= 0 {
			char, _ := utf8.DecodeRuneInString(segments[i][at:])
			return nil, fmt.Errorf("has %q in its %s, which is no character of base64url without padding", char, name)
		}
	}
	parser := jwt.NewParser(jwt.WithJSONNumber(), jwt.WithStrictDecoding())
	header, err := object(parser, segments[0], "header")
	if err != nil {
		return nil, err
	}
	if err := checkHeader(header); err != nil {
		return nil, err
	}
	claims, err := object(parser, segments[1], "payload")
	if err != nil {
		return nil, err
	}
	signature, err := parser.DecodeSegment(segments[2])
	if err != nil {
		return nil, errors.New("has a signature that is not base64url")
	}
	if len(signature) != signatureSize {
		return nil, fmt.Errorf("has a signature of %d bytes instead of the %d of HS256", len(signature), signatureSize)
	}
	if _, _, err := parser.ParseUnverified(compact, jwt.MapClaims{}); err != nil {
		return nil, errors.New("is not a JWT that can be parsed")
	}
	return &Token{Claims: claims, Signature: segments[2], signed: segments[0] + "." + segments[1]}, nil
}

func segmentsOf(n int) string {
	if n == 1 {
		return "1 segment"
	}
	return fmt.Sprintf("%d segments", n)
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

func outsideAlphabet(r rune) bool { return !strings.ContainsRune(alphabet, r) }

func object(parser *jwt.Parser, segment, name string) (map[string]any, error) {
	text, err := parser.DecodeSegment(segment)
	if err != nil {
		return nil, fmt.Errorf("has a %s that is not base64url", name)
	}
	value, err := strictjson.Decode(text)
	if err != nil {
		return nil, fmt.Errorf("has a %s that %w", name, err)
	}
	members, ok := value.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("has a %s that is not a JSON object", name)
	}
	return members, nil
}

func checkHeader(header map[string]any) error {
	for _, want := range []struct{ name, value string }{{"typ", "JWT"}, {"alg", "HS256"}} {
		if got, ok := header[want.name]; !ok {
			return fmt.Errorf("has a header without %s", want.name)
		} else if got != want.value {
			return fmt.Errorf("has a header with %s %s instead of %q", want.name, brief(got), want.value)
		}
	}
	if _, ok := header["crit"]; ok {
		return errors.New("has a header with an unexpected crit")
	}
	return nil
}

// longestValue is how many bytes of a header's value are shown: too few for a part of a signature that is put there.
const longestValue = 15

// brief shows a header's value, which is no secret, but may be of any length.
func brief(value any) string {
	text, ok := value.(string)
	if !ok {
		return "of another type than text"
	}
	if len(text) > longestValue {
		return fmt.Sprintf("of more than %d bytes", longestValue)
	}
	return fmt.Sprintf("%q", text)
}

// Verify checks the signature with the key (TOK-9).
func (t *Token) Verify(key string) error {
	signature, err := jwt.NewParser().DecodeSegment(t.Signature)
	if err == nil {
		err = jwt.SigningMethodHS256.Verify(t.signed, signature, []byte(key))
	}
	if err != nil {
		return errors.New("has a signature that does not verify with the supplied key")
	}
	return nil
}

// Peek returns the claims of what may be the payload of a JWT, padded or not; nil where it is none. Numbers are
// json.Number.
func Peek(payload string) map[string]any {
	text, err := jwt.NewParser().DecodeSegment(strings.TrimRight(payload, "="))
	if err != nil || !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var claims map[string]any
	if decoder.Decode(&claims) != nil {
		return nil
	}
	return claims
}

// maxDigits bounds the numbers that are taken at their word: beyond it they only have to stay large, or small.
const maxDigits = 1000

// Number returns a claim that is a number, exactly (RFC 7519's NumericDate may have a fraction). It reports false where
// the claim is missing or of another type. Numbers of absurd size come back as plus or minus 10^1000, or as 0.
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
