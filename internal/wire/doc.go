// Package wire is requests as they stand on the wire (RFC 9112): what the clients of the documented samples sent, byte by
// byte, and what tells two of them apart.
package wire
