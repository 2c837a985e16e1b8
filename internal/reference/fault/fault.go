// Package fault is a catalogue of the ways in which a server can break the
// contract: each is the smallest change to the reference server that breaks one
// clause, to prove that the suite notices it and names that clause.
package fault

import "github.com/klearstack/conformance/internal/reference"

// Fault is one way to break a clause.
type Fault struct {
	// Name is unique and in kebab-case.
	Name string
	// Clause is the id of the clause that it breaks, such as "TOK-4".
	Clause string
	// Sentence says what the server does wrong.
	Sentence string
	// AlsoBreaks lists the clauses that can't be kept while Clause is broken in
	// this way.
	AlsoBreaks []AlsoBroken
	// Serving is how the server has to be served to show the fault.
	Serving Serving
	// Apply puts the fault into one server's configuration. What the fault has
	// to remember belongs to that configuration alone.
	Apply func(*reference.Config)
}

// AlsoBroken is a clause that a fault breaks besides its own.
type AlsoBroken struct {
	// Clause is its id.
	Clause string
	// Because says which of its words is broken, and why that can't be helped.
	Because string
}

// Serving is how a faulty server is served.
type Serving string

// The ways to serve.
const (
	// PlainHTTP is HTTP on a loopback address.
	PlainHTTP Serving = "http"
	// UnverifiedTLS is HTTPS with a certificate that the client is told not to
	// verify (ADV-2).
	UnverifiedTLS Serving = "unverified tls"
)
