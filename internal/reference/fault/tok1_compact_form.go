package fault

import (
	"encoding/base64"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func compactForm() []Fault {
	return slices.Concat(segmentFaults(), surroundings(), joseHeader(), payloads(), signatures())
}

func segmentFaults() []Fault {
	return of("TOK-1",
		hooked("token-of-two-segments", "Issues tokens without a signature segment.",
			change.Compact(func(token string) string {
				head, payload, _ := change.Segments(token)
				return head + "." + payload
			})),
		hooked("token-of-four-segments", "Issues tokens with a fourth segment.",
			change.Compact(func(token string) string { return token + ".AAAA" })),
		hooked("token-of-five-segments", "Issues tokens of five segments, as encrypted tokens have.",
			change.Compact(func(token string) string { return token + ".AAAA.AAAA" })),
		hooked("token-opaque", "Issues random texts that are no JWTs.", change.Compact(opaque)),
		hooked("refresh-token-opaque", "Issues a random text that is no JWT as the refresh token.", change.Compact(opaque, reference.Refresh)),
		hooked("token-padded", "Pads the base64url of tokens.", change.Compact(padded)),
		hooked("token-in-standard-base64", "Encodes tokens in base64 with plus and slash.",
			// In the bytes of this claim there is a slash at any alignment.
			change.Claim("scope", "?????").Then(change.Compact(strings.NewReplacer("-", "+", "_", "/").Replace))),
		hooked("token-with-stray-bits", "Sets bits in the last character of signatures that stand for nothing.", change.Compact(strayBits)),
	)
}

func surroundings() []Fault {
	return of("TOK-1",
		hooked("token-after-bearer", "Writes Bearer before tokens.", change.Compact(func(token string) string { return "Bearer " + token })),
		hooked("token-before-line-break", "Ends tokens with a line break.", change.Compact(func(token string) string { return token + "\n" })),
		hooked("token-after-space", "Starts tokens with a space.", change.Compact(func(token string) string { return " " + token })),
		hooked("token-in-quotes", "Writes quotation marks around tokens.", change.Compact(func(token string) string { return `"` + token + `"` })),
		hooked("token-as-bytes-literal", "Writes tokens as Python prints bytes.", change.Compact(func(token string) string { return "b'" + token + "'" })),
	)
}

func joseHeader() []Fault {
	signedWith := func(method jwt.SigningMethod, key any) reference.Hooks {
		return change.Tokens(func(t *reference.Token) {
			t.Method, t.Header["alg"] = method, method.Alg()
			if key != nil {
				t.Key = key
			}
		})
	}
	inHeader := func(name string, value any) reference.Hooks {
		return change.Tokens(func(t *reference.Token) { t.Header[name] = value })
	}
	notInHeader := func(name string) reference.Hooks {
		return change.Tokens(func(t *reference.Token) { delete(t.Header, name) })
	}
	return of("TOK-1",
		hooked("alg-none", "Issues tokens with alg none and an empty signature.",
			signedWith(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType)),
		hooked("alg-hs384", "Signs tokens with HS384.", signedWith(jwt.SigningMethodHS384, nil)),
		hooked("alg-hs512", "Signs tokens with HS512.", signedWith(jwt.SigningMethodHS512, nil)),
		hooked("alg-named-rs256", "Names RS256 in the header of tokens.", inHeader("alg", "RS256")),
		hooked("alg-in-lower-case", "Names hs256 in the header of tokens.", inHeader("alg", "hs256")),
		hooked("alg-absent", "Leaves alg out of the header of tokens.", notInHeader("alg")),
		hooked("typ-absent", "Leaves typ out of the header of tokens.", notInHeader("typ")),
		hooked("typ-at-jwt", "Names at+jwt as typ in the header of tokens.", inHeader("typ", "at+jwt")),
		hooked("crit-in-header", "Puts crit into the header of tokens.", inHeader("crit", []string{"exp"})),
		hooked("header-names-twice", "Names alg twice in the header of tokens: none and HS256.",
			change.Resealed(func(_, payload string) (string, string) {
				return `{"typ":"JWT","alg":"none","alg":"HS256"}`, payload
			})),
		hooked("header-not-json", "Issues tokens whose header is not JSON.",
			change.Resealed(func(_, payload string) (string, string) { return "typ=JWT; alg=HS256", payload })),
	)
}

func payloads() []Fault {
	paid := func(write func(string) string) reference.Hooks {
		return change.Resealed(func(head, payload string) (string, string) { return head, write(payload) })
	}
	return of("TOK-1",
		hooked("payload-an-array", "Issues tokens whose payload is an array.", paid(func(payload string) string { return "[" + payload + "]" })),
		hooked("payload-a-text", "Issues tokens whose payload is a JSON text that holds the claims.", paid(quoted)),
		hooked("payload-not-json", "Issues tokens whose payload is not JSON.", paid(func(payload string) string {
			return strings.ReplaceAll(payload, `"`, `'`)
		})),
		hooked("payload-cut-short", "Issues tokens whose payload ends before its closing brace, as the page's example does.",
			paid(func(payload string) string { return strings.TrimSuffix(payload, "}") })),
	)
}

func signatures() []Fault {
	return of("TOK-1",
		hooked("signature-empty", "Issues tokens with an empty signature.", change.Compact(change.Signature(func([]byte) []byte { return nil }))),
		hooked("signature-cut-short", "Issues tokens with half a signature.",
			change.Compact(change.Signature(func(old []byte) []byte { return old[:len(old)/2] }))),
		hooked("signature-in-hex", "Writes signatures as hex digits before it encodes them.",
			change.Compact(change.Signature(func(old []byte) []byte { return []byte(hex.EncodeToString(old)) }))),
		hooked("refresh-signature-empty", "Issues refresh tokens with an empty signature.",
			change.Compact(change.Signature(func([]byte) []byte { return nil }), reference.Refresh)),
	)
}

// opaque is a token's signature alone: random enough, and no JWT.
func opaque(token string) string {
	_, _, signature := change.Segments(token)
	return hex.EncodeToString(change.BytesOf(signature))
}

func padded(token string) string {
	parts := strings.Split(token, ".")
	for i, part := range parts {
		parts[i] = base64.URLEncoding.EncodeToString(change.BytesOf(part))
	}
	return strings.Join(parts, ".")
}

// strayBits changes the last two of the bits of a 32-byte signature's 43
// characters, which carry nothing (RFC 4648 §3.5).
func strayBits(token string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := len(token) - 1
	return token[:last] + string(alphabet[strings.IndexByte(alphabet, token[last])|1])
}
