package config_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/config"
)

const proxySecret = "pr0xyS3cret"

// proxy reads an environment and returns the proxy by which its target is reached; "" where there is none.
func proxy(t *testing.T, environ ...string) string {
	t.Helper()
	settings, err := config.FromEnvironment(environ)
	require.NoError(t, err)
	address, err := settings.Proxy()
	require.NoError(t, err)
	if address == nil {
		return ""
	}
	return address.String()
}

func TestProxy(t *testing.T) {
	t.Parallel()
	const (
		a, b                     = "http://a.example.com:3128", "http://b.example.com:3128"
		http                     = "KLEARSTACK_BASE_URL=http://staging.example.com"
		port                     = "KLEARSTACK_BASE_URL=https://staging.example.com:8443"
		allow, httpA, httpsB, no = "KLEARSTACK_ALLOW_HTTP=true", "HTTP_PROXY=" + a, "HTTPS_PROXY=" + b, "NO_PROXY="
	)
	for name, c := range map[string]struct {
		environ []string
		want    string
	}{
		"none":                          {target(), ""},
		"https":                         {target(httpA, httpsB), b},
		"http":                          {target(http, allow, httpA, httpsB), a},
		"lower case":                    {target("https_proxy=" + b), b},
		"upper case first":              {target("https_proxy="+a, httpsB), b},
		"empty in upper case":           {target("https_proxy="+b, "HTTPS_PROXY="), b},
		"of the other scheme":           {target(httpA), ""},
		"not ALL_PROXY":                 {target("ALL_PROXY=" + a), ""},
		"without a scheme":              {target("HTTPS_PROXY=b.example.com:3128"), b},
		"with credentials":              {target("HTTPS_PROXY=agent:p%40ss@b.example.com:3128"), "http://agent:p%40ss@b.example.com:3128"},
		"a slash at the end":            {target("HTTPS_PROXY=https://b.example.com/"), "https://b.example.com/"},
		"SOCKS":                         {target("HTTPS_PROXY=socks5h://[::1]:1080"), "socks5h://[::1]:1080"},
		"for the embedded server":       {[]string{httpA, httpsB, no + "10.*"}, ""},
		"localhost":                     {target("KLEARSTACK_BASE_URL=https://LOCALHOST", httpsB), ""},
		"under localhost":               {target("KLEARSTACK_BASE_URL=http://a.localhost:8080", httpA), ""},
		"under localhost, allowed":      {target("KLEARSTACK_BASE_URL=http://a.localhost:8080", allow, httpA), ""},
		"a loopback address":            {target("KLEARSTACK_BASE_URL=http://127.8.9.1", httpA, no+"10.*"), ""},
		"CGI, for https":                {target(httpA, httpsB, "REQUEST_METHOD=GET"), b},
		"exempt":                        {target(httpsB, no+"x.example.org, STAGING.example.com"), ""},
		"exempt in lower case":          {target(httpsB, "no_proxy=example.com"), ""},
		"exempt by a suffix":            {target(httpsB, no+".example.com"), ""},
		"exempt by a star":              {target(httpsB, no+"*.example.com"), ""},
		"exempt by its port":            {target(port, httpsB, no+"staging.example.com:8443"), ""},
		"exempt by the first port":      {target("KLEARSTACK_BASE_URL=https://staging.example.com:1", httpsB, no+"staging.example.com:1"), ""},
		"exempt by the last port":       {target("KLEARSTACK_BASE_URL=https://staging.example.com:65535", httpsB, no+"staging.example.com:65535"), ""},
		"exempt like all":               {target(httpsB, no+"10.0.0.1,*"), ""},
		"exempt by a range":             {target("KLEARSTACK_BASE_URL=https://192.0.2.7", httpsB, no+"192.0.2.0/24"), ""},
		"exempt by an address":          {target("KLEARSTACK_BASE_URL=https://[2001:db8::1]", httpsB, no+"2001:DB8::1"), ""},
		"exempt by an address and port": {target("KLEARSTACK_BASE_URL=https://[2001:db8::1]:8443", httpsB, no+"[2001:db8::1]:8443"), ""},
		"others are exempt":             {target(port, httpsB, no+",a.staging.example.com,staging.example.com:443,xample.com,192.0.2.0/24,192.0.2.1:80,"), b},
		"exempt in ASCII":               {target("KLEARSTACK_BASE_URL=https://münchen.example", httpsB, no+"xn--mnchen-3ya.example"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.want, proxy(t, c.environ...))
		})
	}
}

// Plain HTTP beyond loopback takes no proxy where it is not allowed, whether or not the settings have been validated.
func TestNoProxyForClearText(t *testing.T) {
	t.Parallel()
	settings := targetSettings(func(s *config.Settings) {
		s.BaseURL, s.Proxies = "http://staging.example.com", config.Proxies{HTTP: "http://proxy.example.com"}
	})
	address, err := settings.Proxy()
	require.NoError(t, err)
	assert.Nil(t, address)
	assert.True(t, settings.LoopbackOnly())
	settings.AllowHTTP = true
	address, err = settings.Proxy()
	require.NoError(t, err)
	assert.NotNil(t, address)
	assert.False(t, settings.LoopbackOnly())
	assert.False(t, targetSettings(func(s *config.Settings) { s.BaseURL = "HTTPS://staging.example.com" }).LoopbackOnly())
	assert.True(t, config.Defaults().LoopbackOnly())
}

// A proxy that can't be read is a problem for whatever target, lest the password go past it.
func TestUnreadableProxies(t *testing.T) {
	t.Parallel()
	const says = " is not the address of a proxy: set it to one such as http://proxy.example.com:3128, " +
		"with reserved characters of its user name and password percent-encoded, or unset it"
	for _, address := range []string{
		"http://agent:" + proxySecret + "%zz@127.0.0.1:3128", "http://agent:" + proxySecret + "@127.0.0.1:99999",
		"http://agent:" + proxySecret + "@127.0.0.1:0", "http://agent:" + proxySecret + "@127.0.0.1:",
		"http://agent:pr0x/yS3cret@127.0.0.1:3128", "http://agent:12/" + proxySecret + "@127.0.0.1:3128",
		"http://agent:12?" + proxySecret + "@127.0.0.1:3128", "http://agent:12#" + proxySecret + "@127.0.0.1:3128",
		"http://agent:" + proxySecret + "@[::1", "htttp://agent:" + proxySecret + "@127.0.0.1:3128", "ftp://proxy.example.com",
		"http://", "//proxy.example.com:3128", ":3128", "proxy.example.com:3128 ", "http://proxy .example.com", "${PROXY}", "http://<proxy>:3128",
		"http://proxy..example.com", "http://proxy.example.com/pac", "direct://", "http:proxy.example.com:3128", "'http://proxy.example.com:3128'",
		"http://proxy.example.com\n",
	} {
		for _, environ := range [][]string{nil, target(), target("KLEARSTACK_BASE_URL=http://127.0.0.1:8080")} {
			for _, name := range []string{"HTTP_PROXY", "https_proxy"} {
				_, err := config.FromEnvironment(append(environ, name+"="+address))
				requireProblems(t, []string{name + says}, err)
			}
		}
		settings := targetSettings(func(s *config.Settings) { s.Proxies.HTTPS = address })
		requireProblems(t, []string{"HTTPS_PROXY" + says}, settings.Validate())
		_, err := settings.Proxy()
		require.Error(t, err)
		assert.NotContains(t, err.Error(), proxySecret)
	}
}

// Of what NO_PROXY may say elsewhere, some is not what Go's HTTP clients make of it.
func TestMisreadExemptions(t *testing.T) {
	t.Parallel()
	for _, entry := range []string{
		"10.*", "192.168.*.*", "*example.com", "*.", ".", "a.*.example.com", "example.com.", "http://example.com", "example.com/path",
		"a.example.com b.example.com", "a.example.com;b.example.com", "a.example.com|b.example.com", `.*\.example\.com`, "^example", "<local>",
		"10.0.0.0/33", "10.0.0/8", "10.0.0", "10.", "127.1", "010.0.0.1", "10.0.0.1-20", "[::1]", "fe80::1%eth0", "*:8080", ":8080", "example.com:",
		"example.com:http", "example.com:0443", "example.com:+443", "example.com:70000", "example.com:65536", "example.com:0", `"example.com"`, "münchen.example", "..example.com", "a..b",
	} {
		_, err := config.FromEnvironment(target("HTTPS_PROXY=proxy.example.com:3128", "no_proxy=localhost, "+entry))
		var problems config.Problems
		require.ErrorAs(t, err, &problems, entry)
		require.Len(t, problems, 1)
		assert.True(t, strings.HasPrefix(problems[0], "no_proxy has the entry \""), problems[0])
		assert.Contains(t, problems[0], "separate such entries with commas")
	}
	_, err := config.FromEnvironment(target("HTTPS_PROXY=proxy.example.com:3128", "NO_PROXY=http://agent:"+proxySecret+"@example.com"))
	require.Error(t, err)
	assert.Contains(t, err.Error(), "NO_PROXY has an entry, which is not a host name")
	assert.NotContains(t, err.Error(), proxySecret)
}

// A client of a web server sets HTTP_PROXY of the programs that the server runs, by a header field called Proxy.
func TestProxyOfCGI(t *testing.T) {
	t.Parallel()
	_, err := config.FromEnvironment(target("KLEARSTACK_BASE_URL=http://staging.example.com", "KLEARSTACK_ALLOW_HTTP=true",
		"HTTP_PROXY=http://proxy.example.com", "REQUEST_METHOD=GET"))
	requireProblems(t, []string{"HTTP_PROXY is set beside REQUEST_METHOD, as for a CGI program, whose clients can set it: unset one of them"}, err)
}
