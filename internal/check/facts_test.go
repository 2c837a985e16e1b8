package check_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func TestRelease(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`{"release_version":"7.8.9"}`:            "7.8.9",
		`{"release_version":"7.8.9-rc.1+b_2"}`:   "7.8.9-rc.1+b_2",
		`{"release_version":"7.8.9.Final"}`:      "7.8.9.Final",
		`{"release_version":"7.8.9 (build 12)"}`: "7.8.9 (build 12)",
		`{"release_version":"7.8.9~b1, [a1]"}`:   "7.8.9~b1, [a1]",
		`{"release_version":"v7.8.9"}`:           "v7.8.9",
		`{"release_version":" 7.8.9"}`:           "",
		`{"release_version":"<b>7.8.9</b>"}`:     "",
		`{"release_version":"7.8.9\n"}`:          "",
		`{"release_version":789}`:                "",
		`{"release_version":""}`:                 "",
		`{}`:                                     "",
		`[]`:                                     "",
		`{"release_version":"7.8.9"`:             "",
	} {
		assert.Equal(t, want, judge(t).Login(answer(http.StatusOK, body)).Release(), body)
	}
}

func TestLifetimes(t *testing.T) {
	t.Parallel()
	issued, accessExpires, refreshExpires, known := judge(t).Login(granted(t, access(), refresh())).Lifetimes()
	assert.True(t, known)
	assert.Equal(t, made(), issued)
	assert.Equal(t, made().Add(900*time.Second), accessExpires)
	assert.Equal(t, made().Add(48*time.Hour), refreshExpires)

	for _, c := range []struct {
		name            string
		access, refresh claims
		known           bool
	}{
		{"1970", access().but("iat", 0), refresh(), true},
		{"before 1970", access().but("iat", -1), refresh(), false},
		{"the last second", access(), refresh().but("exp", 253402300799), true},
		{"after the year 9999", access(), refresh().but("exp", 253402300800), false},
		{"a fraction later", access(), refresh().but("exp", json.Number("253402300799.1")), false},
		{"no iat", access().but("iat", nil), refresh(), false},
		{"no exp in the access token", access().but("exp", nil), refresh(), false},
		{"no exp in the refresh token", access(), refresh().but("exp", nil), false},
		{"no iat in the refresh token", access(), refresh().but("iat", nil), true},
	} {
		_, _, _, known := judge(t).Login(granted(t, c.access, c.refresh)).Lifetimes()
		assert.Equal(t, c.known, known, c.name)
	}
	for _, member := range []string{"access_token", "refresh_token"} {
		_, _, _, known := judge(t).Login(answer(http.StatusOK, tokenResponse(t, access(), refresh(), member, nil))).Lifetimes()
		assert.False(t, known, member)
	}
}
