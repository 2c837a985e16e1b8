package config_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/config"
)

func TestGoodBaseURLs(t *testing.T) {
	t.Parallel()
	for address, loopback := range map[string]bool{
		"https://staging.example.com":                        false,
		"https://staging.example.com/":                       false,
		"https://staging.example.com///":                     false,
		"https://staging.example.com:8443/prefix/of%20path/": false,
		"https://staging.example.com/%2F%C3%A9/é":            false,
		"https://staging.example.com/access/klearstack":      false,
		"https://staging.example.com/get_access_token":       false,
		"https://staging.example.com/@team":                  false,
		"https://staging.example.com/%3Fa%23b":               false,
		"https://münchen.example":                            false,
		"https://192.0.2.1:1":                                false,
		"https://[2001:db8::1]:65535":                        false,
		"https://localhost.example.com":                      false,
		"https://notlocalhost":                               false,
		"https://127.0.0.1.example.com":                      false,
		"https://127.0.0.0.1":                                false,
		"https://127.08":                                     false,
		"https://127.16777216":                               false,
		"https://256.1":                                      false,
		"https://4294967296":                                 false,
		"https://127.0x":                                     false,
		"https://127.":                                       false,
		"https://10.1":                                       false,
		"https://localhost..":                                false,
		"https://[::ffff:10.0.0.1]":                          false,
		"https://staging.example.com//a//b//":                false,
		"https://staging.example.com/..a/b...":               false,
		"https://0.0.0.0":                                    false,
		"https://128.0.0.1":                                  false,
		"https://[::2]":                                      false,
		"HTTPS://LOCALHOST":                                  true,
		"http://localhost":                                   true,
		"http://localhost:8080/prefix":                       true,
		"http://api.LocalHost:8080":                          true,
		"http://127.0.0.1":                                   true,
		"http://127.255.255.254:80":                          true,
		"http://[::1]":                                       true,
		"http://[::1]:8080/":                                 true,
		"http://[0:0:0:0:0:0:0:1]:8080/":                     true,
		"http://[::ffff:127.0.0.1]:8080/":                    true,
		"http://localhost.:8080":                             true,
		"http://api.localhost.":                              true,
		"http://127.1:8080":                                  true,
		"http://127.0.1":                                     true,
		"http://127.0.0.1.":                                  true,
		"http://0x7f.1":                                      true,
		"http://0177.0.0.01":                                 true,
		"http://2130706433":                                  true,
		"http://0X7F000001:1":                                true,
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			settings := targetSettings(func(s *config.Settings) { s.BaseURL = address })
			require.NoError(t, settings.Validate())
			assert.Equal(t, loopback, settings.Loopback())
			assert.False(t, settings.Embedded())
		})
	}
}

func TestBadBaseURLs(t *testing.T) {
	t.Parallel()
	const (
		space    = "KLEARSTACK_BASE_URL holds a space or a control character: take it out, or percent-encode it in the path"
		userinfo = "KLEARSTACK_BASE_URL holds a user name or a password: leave out what stands before the host, and set KLEARSTACK_USERNAME and KLEARSTACK_PASSWORD instead"
		query    = "KLEARSTACK_BASE_URL holds a query or a fragment: leave out everything from the ? or # on"
		port     = "KLEARSTACK_BASE_URL has no valid port after the colon: set one from 1 to 65535, or leave out the colon"
		endpoint = "KLEARSTACK_BASE_URL ends in the path of the endpoint: leave out /access/klearstack/get_access_token, which is added to it"
		clear    = "KLEARSTACK_BASE_URL is an http address beyond loopback, so the password would be sent in clear text: use https, or set KLEARSTACK_ALLOW_HTTP=true to send it all the same"
	)
	const dots = "KLEARSTACK_BASE_URL has . or .. for a part of its path, which clients resolve: write the path without it"
	absolute := func(shown string) string {
		return "KLEARSTACK_BASE_URL is " + shown + ": set it to an absolute http or https address such as https://staging.example.com"
	}
	invalid := func(shown string) string {
		return "KLEARSTACK_BASE_URL is " + shown + ", which is no valid address: correct its host, port or percent-encoding"
	}
	noHost := func(shown string) string {
		return "KLEARSTACK_BASE_URL is " + shown + ", which names no host: set it to an address such as https://staging.example.com"
	}
	const hidden = "not shown here, as it may hold a password"
	for address, want := range map[string][]string{
		" https://staging.example.com":               {space},
		"https://staging.example.com\n":              {space},
		"https://staging.example.com/a b":            {space},
		"https://staging.example.com/a\u00a0b":       {space},
		"https://a\tb":                               {space},
		"staging.example.com":                        {absolute(`"staging.example.com"`)},
		"staging.example.com:8443/x":                 {absolute(`"staging.example.com:8443/x"`)},
		"127.0.0.1:8080":                             {absolute(`"127.0.0.1:8080"`)},
		"//staging.example.com":                      {absolute(`"//staging.example.com"`)},
		"/prefix":                                    {absolute(`"/prefix"`)},
		"ftp://staging.example.com":                  {absolute(`"ftp://staging.example.com"`)},
		"https:staging.example.com":                  {absolute(`"https:staging.example.com"`)},
		"https:/staging.example.com":                 {absolute(`"https:/staging.example.com"`)},
		"qa-user:" + canary + "@staging.example.com": {absolute(hidden)},
		"http":  {absolute(`"http"`)},
		"https": {absolute(`"https"`)},
		"https://qa-user:" + canary + "@staging.example.com":     {userinfo},
		"https://" + canary + "@staging.example.com":             {userinfo},
		"https://@staging.example.com":                           {userinfo},
		"https://qa:%zz" + canary + "@staging.example.com":       {invalid(hidden)},
		"https://qa:1/" + canary + "%zz@staging.example.com":     {invalid(hidden)},
		"https://staging.example.com?password=" + canary:         {query},
		"https://staging.example.com/?":                          {query},
		"https://staging.example.com/#":                          {query},
		"https://staging.example.com/x#" + canary:                {query},
		"https:///prefix":                                        {noHost(`"https:///prefix"`)},
		"https://":                                               {noHost(`"https://"`)},
		"http://:8080":                                           {noHost(`"http://:8080"`)},
		"https://staging.example.com:0":                          {port},
		"https://staging.example.com:65536":                      {port},
		"https://staging.example.com:99999999999999999999":       {port},
		"https://staging.example.com:/":                          {port},
		"https://staging.example.com:https":                      {invalid(`"https://staging.example.com:https"`)},
		"https://staging.example.com/%zz":                        {invalid(`"https://staging.example.com/%zz"`)},
		"https://[::1":                                           {invalid(`"https://[::1"`)},
		`https://staging.example.com\x`:                          {invalid(`"https://staging.example.com\\x"`)},
		"https://a/access/klearstack/get_access_token":           {endpoint},
		"https://a/prefix/access/klearstack/get_access_token//":  {endpoint},
		"https://a/access/klearstack/get%5Faccess_token":         {endpoint},
		"https://qa@a:0/access/klearstack/get_access_token?":     {userinfo, query, port, endpoint},
		"http://staging.example.com":                             {clear},
		"http://192.0.2.1":                                       {clear},
		"http://128.1":                                           {clear},
		"https://a/b/../c":                                       {dots},
		"https://a/./":                                           {dots},
		"https://a/%2e%2E/c":                                     {dots},
		"http://localhost.example.com":                           {clear},
		"http://qa:" + canary + "@staging.example.com:70000/a?b": {userinfo, query, port, clear},
	} {
		t.Run(address, func(t *testing.T) {
			t.Parallel()
			settings := targetSettings(func(s *config.Settings) { s.BaseURL = address })
			requireProblems(t, want, settings.Validate())
		})
	}
}

// What is connected to is written as other clients write it.
func TestBase(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"http://127.1:8080/a%2Fb//":     "http://127.0.0.1:8080/a%2Fb//",
		"http://0x7f.0.1":               "http://127.0.0.1",
		"https://10.010.258":            "https://10.8.1.2",
		"http://4294967295":             "http://255.255.255.255",
		"http://1.2.3.4.":               "http://1.2.3.4",
		"http://Localhost.:80":          "http://Localhost:80",
		"https://staging.example.com.":  "https://staging.example.com.",
		"https://1.2.3.4.5":             "https://1.2.3.4.5",
		"https://127.0.0.1.example.com": "https://127.0.0.1.example.com",
		"https://0b1":                   "https://0b1",
		"https://1_0":                   "https://1_0",
		"https://[::ffff:127.0.0.1]:1":  "https://[::ffff:127.0.0.1]:1",
	} {
		base, err := config.Settings{BaseURL: address}.Base()
		require.NoError(t, err)
		assert.Equal(t, want, base.String())
	}
}

func TestClearTextWithPermission(t *testing.T) {
	t.Parallel()
	settings := targetSettings(func(s *config.Settings) {
		s.BaseURL, s.AllowHTTP = "http://staging.example.com", true
	})
	require.NoError(t, settings.Validate())
	assert.False(t, settings.Loopback())
}

func TestEmbedded(t *testing.T) {
	t.Parallel()
	assert.True(t, config.Defaults().Embedded())
	assert.True(t, config.Defaults().Loopback())
}

func TestLoopbackOfWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	assert.False(t, config.Settings{BaseURL: "http://[::1"}.Loopback())
}
