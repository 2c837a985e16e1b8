package wire

import "strings"

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
