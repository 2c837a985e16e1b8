package config

import (
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

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
