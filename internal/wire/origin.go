package wire

import "strings"

// origin is the field that names the page's origin (RFC 6454, section 7).
const origin = "Origin"

// atHome tells whether the request comes from a page of the host that it is sent to.
func (m Message) atHome() bool {
	host, found := originHost(m.value(origin))
	return found && host == m.value("Host")
}

// abroad tells whether the request comes from a page of another host.
func (m Message) abroad() bool {
	host, found := originHost(m.value(origin))
	return found && host != m.value("Host")
}

// originHost is the host and port of an origin; "null", or anything else that is no web origin, has none.
func originHost(value string) (string, bool) {
	scheme, host, found := strings.Cut(value, "://")
	return host, found && (scheme == "http" || scheme == "https") && host != "" && !strings.ContainsAny(host, "/ ,")
}
