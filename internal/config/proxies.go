package config

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/caarlos0/env/v11"
	"golang.org/x/net/http/httpproxy"
)

// The variables that name proxies. Each may be written in lower case instead.
const (
	httpProxy  = "HTTP_PROXY"
	httpsProxy = "HTTPS_PROXY"
	noProxy    = "NO_PROXY"
)

// Proxies is what HTTP_PROXY, HTTPS_PROXY and NO_PROXY say; the zero Proxies
// are none.
type Proxies struct {
	HTTP   string // for http addresses
	HTTPS  string // for https addresses
	Except string // the hosts that are reached directly
	CGI    bool   // a web server runs the program: a client of it may have set HTTP
}

// proxies reads the variables. The name in upper case goes before the other,
// as everywhere in Go.
func (c *checker) proxies(environ []string) {
	values := env.ToMap(environ)
	read := func(name string) string {
		if value := values[name]; value != "" {
			return value
		}
		lower := strings.ToLower(name)
		if values[lower] != "" {
			c.source[name] = lower
		}
		return values[lower]
	}
	c.Proxies = Proxies{HTTP: read(httpProxy), HTTPS: read(httpsProxy), Except: read(noProxy), CGI: values["REQUEST_METHOD"] != ""}
}

// proxied checks the proxies. What cannot be read might otherwise send the
// password past the proxy that was meant. No part of a proxy's address is
// shown: it may hold a password.
func (c *checker) proxied() {
	for _, setting := range []text{{httpProxy, c.Proxies.HTTP}, {httpsProxy, c.Proxies.HTTPS}} {
		if _, err := parseProxy(setting.value); err != nil {
			c.problems.add("%s %s", c.called(setting.name), err)
		}
	}
	name, value := c.proxyVariable()
	if value == "" {
		return
	}
	if name == httpProxy && c.Proxies.CGI {
		c.problems.add("%s is set beside REQUEST_METHOD, as for a CGI program, whose clients can set it: unset one of them", c.called(name))
	}
	for _, entry := range strings.Split(c.Proxies.Except, ",") {
		if entry = strings.TrimSpace(entry); !exempts(entry) {
			c.problems.add("%s has %s, which is not a host name, an IP address, a CIDR range or *: separate such entries with commas, "+
				"as in .example.com,192.0.2.0/24,api.example.org:8443", c.called(noProxy), shownEntry(entry))
		}
	}
}

// proxyVariable returns the variable that is for the target, and its value; ""
// where no proxy is used whatever it says: for a loopback target, and for a
// password in clear text that is for loopback only.
func (s Settings) proxyVariable() (name, value string) {
	base, err := s.Base()
	switch {
	case err != nil || s.Loopback() || s.LoopbackOnly():
		return "", ""
	case base.Scheme == "http":
		return httpProxy, s.Proxies.HTTP
	default:
		return httpsProxy, s.Proxies.HTTPS
	}
}

// Proxy returns the proxy by which the target is reached; nil where it is
// reached directly.
func (s Settings) Proxy() (*url.URL, error) {
	_, value := s.proxyVariable()
	proxy, err := parseProxy(value)
	if err != nil || proxy == nil {
		return nil, err
	}
	base, err := s.Base()
	if err != nil {
		return nil, err
	}
	rules := httpproxy.Config{HTTPProxy: proxy.String(), HTTPSProxy: proxy.String(), NoProxy: s.Proxies.Except}
	return rules.ProxyFunc()(base)
}

var hostname = regexp.MustCompile(`^[\pL\pN_-][\pL\pN\pM_-]*(?:\.[\pL\pN_-][\pL\pN\pM_-]*)*\.?$`)

var errProxy = errors.New("is not the address of a proxy: set it to one such as http://proxy.example.com:3128, " +
	"with reserved characters of its user name and password percent-encoded, or unset it")

// parseProxy reads a proxy's address, which may lack the http:// before it. It
// is nil for "".
func parseProxy(value string) (*url.URL, error) {
	if value == "" {
		return nil, nil
	}
	if !strings.Contains(value, "://") {
		value = "http://" + value
	}
	proxy, err := url.Parse(value)
	if err != nil {
		return nil, errProxy // the error quotes the address
	}
	_, notIP := netip.ParseAddr(proxy.Hostname())
	switch {
	case !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, proxy.Scheme),
		notIP != nil && !hostname.MatchString(proxy.Hostname()), !validPort(proxy),
		strings.Trim(proxy.Path, "/") != "", strings.ContainsAny(value, "?#"): // a part of a password, that is
		return nil, errProxy
	}
	return proxy, nil
}

// validPort reports whether an address has a port that there is, or none.
func validPort(address *url.URL) bool {
	if address.Port() == "" {
		return !strings.HasSuffix(address.Host, ":")
	}
	port, err := strconv.Atoi(address.Port())
	return err == nil && port >= 1 && port <= 65535
}

var exemptName = regexp.MustCompile(`^(?:\*?\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$`)

// exempts reports whether an entry of NO_PROXY exempts what it says. Package
// httpproxy takes any other for a name, which no host has.
func exempts(entry string) bool {
	if entry == "" || entry == "*" {
		return true
	}
	if _, _, err := net.ParseCIDR(entry); err == nil {
		return true
	}
	host := entry
	if name, port, err := net.SplitHostPort(entry); err == nil {
		if number, err := strconv.Atoi(port); err != nil || number < 1 || number > 65535 || port[0] == '0' || port[0] == '+' {
			return false
		}
		host = name
	}
	if net.ParseIP(host) != nil {
		return true
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	return exemptName.MatchString(host) && strings.Trim(last, "0123456789-") != "" // not part of an IP address
}

// shownEntry is an entry of NO_PROXY for a sentence, unless it could hold a
// password.
func shownEntry(entry string) string {
	if strings.ContainsAny(entry, "@") {
		return "an entry"
	}
	return "the entry " + shown(entry)
}
