package config

import (
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// endpointPath is what follows the base URL (REQ-1).
const endpointPath = "/access/klearstack/get_access_token"

// exampleURL is what a base URL looks like.
const exampleURL = "https://staging.example.com"

// baseURL checks the address of the deployment.
func (c *checker) baseURL() {
	if strings.ContainsFunc(c.BaseURL, func(char rune) bool { return unicode.IsSpace(char) || unicode.IsControl(char) }) {
		c.problems.add("%s holds a space or a control character: take it out, or percent-encode it in the path", baseURL)
		return
	}
	lower := strings.ToLower(c.BaseURL)
	if !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") {
		c.problems.add("%s is %s: set it to an absolute http or https address such as %s", baseURL, c.shownURL(), exampleURL)
		return
	}
	base, err := url.Parse(c.BaseURL)
	if err != nil {
		c.problems.add("%s is %s, which is no valid address: correct its host, port or percent-encoding", baseURL, c.shownURL())
		return
	}
	if base.User != nil {
		c.problems.add("%s holds a user name or a password: leave out what stands before the host, and set %s and %s instead", baseURL, username, password)
	}
	if strings.ContainsAny(c.BaseURL, "?#") {
		c.problems.add("%s holds a query or a fragment: leave out everything from the ? or # on", baseURL)
	}
	if slices.ContainsFunc(strings.Split(base.EscapedPath(), "/"), dots) {
		c.problems.add("%s has . or .. for a part of its path, which clients resolve: write the path without it", baseURL)
	}
	c.host(base)
	if strings.HasSuffix(strings.TrimRight(base.Path, "/"), endpointPath) {
		c.problems.add("%s ends in the path of the endpoint: leave out %s, which is added to it", baseURL, endpointPath)
	}
	if base.Scheme == "http" {
		c.clearText(base.Hostname())
	}
}

// dots reports whether a segment of a path leads to the same or the parent
// folder, however it is written.
func dots(segment string) bool {
	segment = strings.ReplaceAll(strings.ToLower(segment), "%2e", ".")
	return segment == "." || segment == ".."
}

func (c *checker) host(base *url.URL) {
	if base.Hostname() == "" {
		c.problems.add("%s is %s, which names no host: set it to an address such as %s", baseURL, c.shownURL(), exampleURL)
	}
	if !validPort(base) {
		c.problems.add("%s has no valid port after the colon: set one from 1 to 65535, or leave out the colon", baseURL)
	}
}

// clearText checks what an http address goes together with.
func (c *checker) clearText(host string) {
	if host != "" && !loopback(host) && !c.AllowHTTP && !c.unreadable[allowHTTP] {
		c.problems.add("%s is an http address beyond loopback, so the password would be sent in clear text: use https, or set %s=true to send it all the same", baseURL, allowHTTP)
	}
	if c.CAFile != "" {
		c.problems.add("%s is set but %s is an http address, which has no certificate: use https, or unset it", caFile, baseURL)
	}
	if c.InsecureSkipVerify {
		c.problems.add("%s is set but %s is an http address, which has no certificate: use https, or unset it", insecureSkipVerify, baseURL)
	}
}

// shownURL is the base URL for a sentence, unless a part of it could be a
// secret.
func (c *checker) shownURL() string {
	if strings.ContainsAny(c.BaseURL, "@?#") {
		return "not shown here, as it may hold a password"
	}
	return shown(c.BaseURL)
}

// Base returns the base URL. Its host is what other clients connect to: an
// IPv4 address in one of inet_aton's forms, such as 127.1, is written out, and
// localhost has no dot at its end.
func (s Settings) Base() (*url.URL, error) {
	base, err := url.Parse(s.BaseURL)
	if err != nil {
		return nil, err
	}
	if host := canonical(base.Hostname()); host != base.Hostname() {
		if port := base.Port(); port != "" {
			host = net.JoinHostPort(host, port)
		}
		base.Host = host
	}
	return base, nil
}

// Loopback says whether the host of the base URL is this machine: localhost, a
// name under it, 127.0.0.0/8 or ::1. The embedded reference server is too.
func (s Settings) Loopback() bool {
	if s.Embedded() {
		return true
	}
	base, err := s.Base()
	return err == nil && loopback(base.Hostname())
}

func loopback(host string) bool {
	host = canonical(host)
	if Localhost(host) {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

// Localhost reports whether a host is localhost or a name under it, which is
// this machine whatever a name server says (RFC 6761, section 6.3).
func Localhost(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

func canonical(host string) string {
	absolute := strings.TrimSuffix(host, ".")
	if address, ok := ipv4(absolute); ok {
		return address.String()
	}
	if Localhost(host) {
		return absolute
	}
	return host
}

var number = regexp.MustCompile(`^(?:[0-9]+|0[xX][0-9a-fA-F]+)$`)

// ipv4 reads an address as inet_aton does: of one to four numbers, which may be
// octal or hexadecimal, the last one standing for all bytes that are left.
func ipv4(host string) (netip.Addr, bool) {
	parts := strings.Split(host, ".")
	if len(parts) > 4 {
		return netip.Addr{}, false
	}
	var address [4]byte
	for i, part := range parts {
		value, err := strconv.ParseUint(part, 0, 32)
		if err != nil || !number.MatchString(part) {
			return netip.Addr{}, false
		}
		last := i
		if i == len(parts)-1 {
			last = 3
		}
		for at := last; at >= i; at-- {
			address[at] = byte(value)
			value >>= 8
		}
		if value > 0 {
			return netip.Addr{}, false
		}
	}
	return netip.AddrFrom4(address), true
}
