package token_test

import (
	"encoding/json"
	"strings"
	"testing"

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
