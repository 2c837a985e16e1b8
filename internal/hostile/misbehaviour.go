// Package hostile is a catalogue of servers that misbehave, each with the verdict that the suite owes it.
package hostile

import (
	"crypto/tls"
	"time"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/result"
)

// Misbehaviour is one way to misbehave. All that it leaves out is done as the reference server does it.
type Misbehaviour struct {
	// Name is unique in the catalogue.
	Name string
	// Answer writes to the connection; nil sends what the reference server answers.
	Answer func(*Call)
	// Accepted sees each connection before anything is read of it, and reports whether to go on; nil goes on.
	Accepted func(*Call) bool
	// Change alters the reference server's configuration; nil leaves it.
	Change func(*reference.Config)
	// HTTP2 serves the reference server itself, with HTTP/2 over TLS, instead of single connections.
	HTTP2 bool
	// Scheme is that of the URL; "" is what the server really speaks.
	Scheme string
	// TLS makes the server speak TLS, as configured here; nil is plain HTTP.
	TLS func(*Authority) (*tls.Config, error)
	// Down leaves nobody to listen at the URL.
	Down bool

	// Much tells that it sends more than anybody should.
	Much bool

	// Timeout is what one exchange should be given, where running into it is the point; 0 is the suite's default.
	Timeout time.Duration
	// Verdict is what a run comes to.
	Verdict result.Verdict
	// Violated are the gating clauses that a run finds broken, all of them and no others, sorted.
	Violated []string
	// Problem is part of what a run says where nothing could be judged; "" where it judges clauses.
	Problem string
	// Stopped is part of what a run says that stops at a rate limit before all is sent; "" where it sends all.
	Stopped string
	// Requests is how many a run may send at most; 0 is the budget of any run.
	Requests int
}

// Catalogue returns every misbehaviour.
func Catalogue() []Misbehaviour {
	var all []Misbehaviour
	for _, some := range [][]Misbehaviour{
		connections(), secureConnections(), heads(), lengths(), codings(), statuses(), redirects(), bodies(), texts(),
		tokens(), claims(), wavering(), limits(),
	} {
		all = append(all, some...)
	}
	return all
}

// absent is the end of a run that finds nothing to judge: it says the words in the problem.
func (m Misbehaviour) absent(requests int, problem string) Misbehaviour {
	m.Verdict, m.Requests, m.Problem = result.Inconclusive, requests, problem
	return m
}

func (m Misbehaviour) inconclusive() Misbehaviour {
	m.Verdict = result.Inconclusive
	return m
}

// stopped is the end of a run that a rate limit stops before all is sent: it says the words.
func (m Misbehaviour) stopped(words string) Misbehaviour { return m.inconclusive().stopping(words) }

func (m Misbehaviour) stopping(words string) Misbehaviour {
	m.Stopped = words
	return m
}

func (m Misbehaviour) conforms() Misbehaviour {
	m.Verdict = result.Conforms
	return m
}

func (m Misbehaviour) violates(clauses ...string) Misbehaviour {
	m.Verdict, m.Violated = result.Violates, clauses
	return m
}

// within gives each exchange little time.
func (m Misbehaviour) within(timeout time.Duration) Misbehaviour {
	m.Timeout = timeout
	return m
}
