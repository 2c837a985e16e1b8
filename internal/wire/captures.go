package wire

import (
	"embed"
	"fmt"
	"strings"
)

//go:embed captures/*.http
var captures embed.FS

// suffix is what the files are called after the captures' names.
const suffix = ".http"

// Names lists the captures in alphabetical order. captures/README.md says which client made each of them.
func Names() []string {
	entries, _ := captures.ReadDir("captures") // it is embedded
	var names []string
	for _, entry := range entries {
		names = append(names, strings.TrimSuffix(entry.Name(), suffix))
	}
	return names
}

// Raw returns a capture's bytes. The error names what is no capture.
func Raw(name string) ([]byte, error) {
	raw, err := captures.ReadFile("captures/" + name + suffix)
	if err != nil {
		return nil, fmt.Errorf("%q is no capture: use one of %s", name, strings.Join(Names(), ", "))
	}
	return raw, nil
}

// Capture returns a capture. The error names what is no capture.
func Capture(name string) (Message, error) {
	raw, err := Raw(name)
	if err != nil {
		return Message{}, err
	}
	return Parse(raw)
}

// Credentials are a login that a capture was made with. They are made up, and open no door.
type Credentials struct{ Username, Company, Password string }

// Captured returns the credentials that a capture was made with, which its name tells.
func Captured(name string) Credentials {
	switch {
	case strings.HasSuffix(name, "-plain"):
		return Credentials{Username: "qa-user", Company: "Acme Invoices", Password: "Passw0rd1"}
	case strings.HasSuffix(name, "-alnum"):
		return Credentials{Username: "qa-user", Company: "Acme", Password: "Passw0rd1"}
	case strings.HasSuffix(name, "-unicode"):
		return Credentials{Username: "qa-üser", Company: "Müller & Söhne €", Password: `pä+ß 41%41;"q"'\`}
	default:
		return Credentials{Username: "qa-user", Company: "Acme Invoices", Password: "S3cret!pass&word=1"}
	}
}
