package wire

import (
	"regexp"
	"strings"
)

// What stands in a normal text for what differs from run to run, or from one version of a client to the next.
const (
	normalHost    = "HOST:PORT"
	normalOther   = "OTHER-HOST:PORT"
	normalVersion = "${1}VERSION"
	normalBrands  = "BRANDS"
)

// version is a version's number in a User-Agent.
var version = regexp.MustCompile(`(/|rv:)[0-9][0-9.]*`)

// unversioned is what a client calls itself with a placeholder for its versions, whether or not it shows a window.
func unversioned(agent string) string {
	return strings.ReplaceAll(version.ReplaceAllString(agent, normalVersion), "HeadlessChrome", "Chrome")
}

// Normal returns a request as text that stays the same as long as its client does: hosts, ports, the random characters
// of the boundary, versions and a browser's brands are replaced by placeholders. Lines end in \n, and what else of CR
// and LF there is shows as \r and \n. It holds the credentials.
func Normal(m Message) string {
	lines := []string{m.Method + " " + m.Path + " " + m.Protocol}
	for _, field := range m.Fields {
		lines = append(lines, field.Name+": "+m.normalValue(field))
	}
	lines = append(lines, "")
	lines = append(lines, strings.Split(m.shaped(m.Body), "\r\n")...)
	breaks := strings.NewReplacer("\r", `\r`, "\n", `\n`)
	for i := range lines {
		lines[i] = breaks.Replace(lines[i])
	}
	return strings.Join(lines, "\n") + "\n"
}

func (m Message) normalValue(field Field) string {
	switch strings.ToLower(field.Name) {
	case "host":
		return normalHost
	case "origin", "referer":
		return m.normalAddress(field.Value)
	case "content-type":
		return m.shaped(field.Value)
	case "user-agent":
		return unversioned(field.Value)
	case "sec-ch-ua": // its order and its made-up brand change with each version
		return normalBrands
	default:
		return field.Value
	}
}

// normalAddress is the address of a page with a placeholder for host and port.
func (m Message) normalAddress(address string) string {
	scheme, rest, found := strings.Cut(address, "://")
	if !found {
		return address
	}
	host, path, slash := strings.Cut(rest, "/")
	normal := normalOther
	if host == m.value("Host") {
		normal = normalHost
	}
	if slash {
		normal += "/" + path
	}
	return scheme + "://" + normal
}
