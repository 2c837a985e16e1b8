package main

import (
	"testing"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/wire"
)

func TestPairIn(t *testing.T) {
	t.Parallel()
	signed := func(kind string) string {
		token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{"token_type": kind}).SignedString([]byte("key"))
		require.NoError(t, err)
		return token
	}
	access, refresh := signed("access"), signed("refresh")
	body := func(access, refresh string) string {
		return `{"access_token":"` + access + `","refresh_token":"` + refresh + `","release_version":"1"}`
	}
	for name, c := range map[string]struct {
		printed string
		want    bool
	}{
		"alone":          {body(access, refresh), true},
		"behind words":   {"Response: " + body(access, refresh) + "\n", true},
		"nothing":        {"", false},
		"braces swapped": {"}{", false},
		"Python's words": {"{'access_token': 'a'}", false},
		"cut short":      {body(access, refresh)[:200], false},
		"swapped":        {body(refresh, access), false},
		"twice access":   {body(access, access), false},
		"no refresh":     {`{"access_token":"` + access + `"}`, false},
		"no JWT":         {body("a.b.c", refresh), false},
		"a number":       {`{"access_token":1,"refresh_token":2}`, false},
	} {
		assert.Equal(t, c.want, pairIn(c.printed).whole(), name)
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		result result
		want   string
	}{
		"printed":           {result{printed: " out\n", errors: "err"}, "out"},
		"Java's error":      {result{errors: "java.io.IOException: no\n\tat Sample.main(Sample.java:1)\n"}, "java.io.IOException: no"},
		"Python's error":    {result{errors: "Traceback (most recent call last):\n  File \"sample.py\"\nValueError: no\n"}, "ValueError: no"},
		"nothing":           {result{}, ""},
		"nothing but trace": {result{errors: "Traceback\n  File\n"}, ""},
	} {
		assert.Equal(t, c.want, c.result.words(), name)
	}
}

func TestFailure(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		result result
		calls  []call
		want   string
	}{
		"too long":         {result{tooLong: true}, []call{{status: 401}}, "401 Unauthorized, and it did not end within 30s"},
		"no answer":        {result{errors: "timeout"}, []call{{}}, `it got no answer, and it printed "timeout"`},
		"an odd status":    {result{}, []call{{status: 200}, {status: 599}}, "599"},
		"nothing was sent": {result{tooLong: true}, nil, "it sent no request to the endpoint, and it did not end within 30s"},
	} {
		assert.Equal(t, c.want, c.result.failure(c.calls, wire.Credentials{}), name)
	}
}
