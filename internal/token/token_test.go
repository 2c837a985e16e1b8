package token_test

import (
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/token"
)

func TestParseReads(t *testing.T) {
	t.Parallel()
	compact := signed(t, goodHeader, goodPayload)
	parsed, err := token.Parse(compact)
	require.NoError(t, err)
	assert.Equal(t, map[string]any{
		"token_type": "access", "exp": json.Number("1656576038"), "iat": json.Number("1656575918"),
		"jti": "401feba88844452da7d7e09f10ff09ad", "user_id": json.Number("26"),
	}, parsed.Claims)
	assert.Equal(t, compact[strings.LastIndex(compact, ".")+1:], parsed.Signature)
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	good := signed(t, goodHeader, goodPayload)
	segments := strings.Split(good, ".")
	for name, test := range map[string]struct{ compact, want string }{
		"nothing":                {"", "has 1 segment, not 3"},
		"two segments":           {"a.b", "has 2 segments, not 3"},
		"four segments":          {good + ".", "has 4 segments, not 3"},
		"10,000 segments":        {strings.Repeat("a.", 9999) + "a", "has 10000 segments, not 3"},
		"no header":              {"." + segments[1] + "." + segments[2], "has an empty header"},
		"no payload":             {segments[0] + ".." + segments[2], "has an empty payload"},
		"no signature":           {segments[0] + "." + segments[1] + ".", "has an empty signature"},
		"line break in header":   {good[:8] + "\n" + good[8:], "has '\\n' in its header, which is no character of base64url without padding"},
		"line break at the end":  {good + "\n", "has '\\n' in its signature, which is no character of base64url without padding"},
		"padding":                {good + "=", "has '=' in its signature, which is no character of base64url without padding"},
		"plus":                   {segments[0] + "." + segments[1] + ".+" + segments[2][1:], "has '+' in its signature, which is no character of base64url without padding"},
		"slash":                  {segments[0] + "./" + segments[1] + "." + segments[2], "has '/' in its payload, which is no character of base64url without padding"},
		"space around":           {" " + good, "has ' ' in its header, which is no character of base64url without padding"},
		"header of half a byte":  {"a." + segments[1] + "." + segments[2], "has a header that is not base64url"},
		"payload of half a byte": {segments[0] + ".a." + segments[2], "has a payload that is not base64url"},
		"signature cut":          {good[:len(good)-2], "has a signature that is not base64url"},
		"bits to spare":          {good[:len(good)-1] + nextBit(good[len(good)-1:]), "has a signature that is not base64url"},
		"header no JSON":         {signed(t, "{", goodPayload), "has a header that ends in the middle of a JSON value"},
		"header an array":        {signed(t, "[]", goodPayload), "has a header that is not a JSON object"},
		"header names twice":     {signed(t, `{"alg":"none","alg":"HS256"}`, goodPayload), "has a header that names a member twice"},
		"no typ":                 {signed(t, `{"alg":"HS256"}`, goodPayload), "has a header without typ"},
		"no alg":                 {signed(t, `{"typ":"JWT","Alg":"HS256"}`, goodPayload), "has a header without alg"},
		"other typ":              {signed(t, `{"typ":"at+jwt","alg":"HS256"}`, goodPayload), `has a header with typ "at+jwt" instead of "JWT"`},
		"alg none":               {signed(t, `{"typ":"JWT","alg":"none"}`, goodPayload), `has a header with alg "none" instead of "HS256"`},
		"alg and a space":        {signed(t, `{"typ":"JWT","alg":"HS256 "}`, goodPayload), `has a header with alg "HS256 " instead of "HS256"`},
		"alg and a line break":   {signed(t, `{"typ":"JWT","alg":"HS256\n"}`, goodPayload), `has a header with alg "HS256\n" instead of "HS256"`},
		"alg no text":            {signed(t, `{"typ":"JWT","alg":256}`, goodPayload), `has a header with alg of another type than text instead of "HS256"`},
		"alg just short enough":  {signed(t, `{"typ":"JWT","alg":"0123456789abcde"}`, goodPayload), `has a header with alg "0123456789abcde" instead of "HS256"`},
		"alg too long":           {signed(t, `{"typ":"JWT","alg":"0123456789abcdef"}`, goodPayload), `has a header with alg of more than 15 bytes instead of "HS256"`},
		"crit":                   {signed(t, `{"typ":"JWT","alg":"HS256","crit":[]}`, goodPayload), "has a header with an unexpected crit"},
		"header beyond float64":  {signed(t, `{"typ":"JWT","alg":"HS256","x":1e400}`, goodPayload), "is not a JWT that can be parsed"},
		"payload no JSON":        {signed(t, goodHeader, "{}{}"), "has a payload that goes on after the end of its JSON value at byte 3"},
		"payload not UTF-8":      {signed(t, goodHeader, "{\"a\":\"\xff\"}"), "has a payload that is not valid UTF-8 at byte 7"},
		"payload null":           {signed(t, goodHeader, "null"), "has a payload that is not a JSON object"},
		"short signature":        {join(goodHeader, goodPayload, "short"), "has a signature of 5 bytes instead of the 32 of HS256"},
		"long signature":         {join(goodHeader, goodPayload, signatureBytes+signatureBytes), "has a signature of 64 bytes instead of the 32 of HS256"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parsed, err := token.Parse(test.compact)
			require.EqualError(t, err, test.want)
			assert.Nil(t, parsed)
		})
	}
}

func TestVerify(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		compact, key string
		ok           bool
	}{
		"the key":               {signed(t, goodHeader, goodPayload), key, true},
		"another key":           {signed(t, goodHeader, goodPayload), key + " ", false},
		"no key":                {signed(t, goodHeader, goodPayload), "", false},
		"made up":               {join(goodHeader, goodPayload, signatureBytes), key, false},
		"of another payload":    {join(goodHeader, goodPayload+" ") + "." + signature(t, join(goodHeader, goodPayload)), key, false},
		"claims beyond numbers": {signed(t, goodHeader, `{"exp":1e400}`), key, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			parsed, err := token.Parse(test.compact)
			require.NoError(t, err)
			err = parsed.Verify(test.key)
			if test.ok {
				require.NoError(t, err)
			} else {
				require.EqualError(t, err, "has a signature that does not verify with the supplied key")
			}
		})
	}
}

func TestPeek(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		payload string
		want    map[string]any
	}{
		"claims":             {join(`{"user_id":1e400}`), map[string]any{"user_id": json.Number("1e400")}},
		"padded":             {join(`{"a":"b"}x`) + "==", map[string]any{"a": "b"}},
		"with space":         {join(` {"a":"b"}`), map[string]any{"a": "b"}},
		"claims named twice": {join(`{"a":"b","a":"c"}`), map[string]any{"a": "c"}},
		"empty object":       {join(`{}`), map[string]any{}},
		"nothing":            {"", nil},
		"no base64url":       {"{}", nil},
		"an array":           {join(`[{"user_id":1}]`), nil},
		"null":               {join(`null`), nil},
		"cut short":          {join(`{"user_id":1`), nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, token.Peek(test.payload))
		})
	}
}

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
