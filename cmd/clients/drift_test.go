package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDiff(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ before, now, want string }{
		{"a b c", "a b c", ""},
		{"a b c", "a x c", "-b +x"},
		{"a b c", "a c", "-b"},
		{"a c", "a b c", "+b"},
		{"a b", "b a", "-a +a"},
		{"a", "b", "-a +b"},
	} {
		got := diff(strings.Fields(c.before), strings.Fields(c.now))
		assert.Equal(t, c.want, strings.Join(got, " "), "%s to %s", c.before, c.now)
	}
}

func TestCompareCountsRequests(t *testing.T) {
	t.Parallel()
	raw := func(capture string) call { return call{raw: capturedBytes(t, capture)} }
	const preflight, post = "chromium-xhr-sample-crossorigin-preflight", "chromium-xhr-sample-crossorigin-post"
	captures := []string{preflight, post}
	assert.Empty(t, compare([]call{raw(preflight), raw(post)}, captures))
	assert.Equal(t, []drift{{capture: post, imitated: []string{"being sent"}}}, compare([]call{raw(preflight)}, captures))
	assert.Equal(t, []drift{{capture: post, imitated: []string{"what follows: 1 more of the client's requests"}}},
		compare([]call{raw(preflight), raw(post), raw(post)}, captures))
	assert.Len(t, compare([]call{raw(post), raw(preflight)}, captures), 2)
	assert.Contains(t, compare([]call{{raw: []byte("GET")}}, []string{post})[0].imitated[0], "record it to its end")
}
