// Package reference is a get_access_token endpoint that keeps every clause of the contract: the server that the suite
// is tried on.
//
// A request runs through a short line of steps: receive (the body), parse (the form), decide, mint (the tokens),
// compose (the answer's members), encode (its bytes) and write. After each step a hook may change what the step made;
// the zero [Hooks] change nothing.
package reference

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync/atomic"
	"time"
)

// Path is where the endpoint lives, after the base URL (REQ-1). Everything else is answered 404.
const Path = "/access/klearstack/get_access_token"

// Server is the endpoint. Make it with [New]; it is safe for concurrent use.
type Server struct {
	config   Config
	entry    http.Handler
	requests atomic.Int64
	logins   atomic.Int64
}

// New makes a server from config, which it copies. The error names every setting that a server can't start with.
func New(config Config) (*Server, error) {
	if err := config.check(); err != nil {
		return nil, fmt.Errorf("the reference server cannot be made: %w", err)
	}
	config.Users = slices.Clone(config.Users)
	config.Key = slices.Clone(config.Key)
	if config.Now == nil {
		config.Now = time.Now
	}
	server := &Server{config: config}
	server.entry = http.HandlerFunc(server.serve)
	if wrap := config.Hooks.Wrap; wrap != nil {
		server.entry = wrap(server.entry)
	}
	return server, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.entry.ServeHTTP(w, r)
}

// serve is the line of steps.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	call := s.receive(w, r)
	s.parse(call)
	s.decide(call)
	answer := s.compose(call)
	s.encode(call, answer)
	write(w, answer)
}

// MaxBodyBytes is the longest body that is read; a longer one is answered 413.
const MaxBodyBytes = 64 << 10

// receive reads the body of a request, whatever its method.
func (s *Server) receive(w http.ResponseWriter, r *http.Request) *Call {
	call := &Call{
		Request:  r,
		Number:   s.requests.Add(1),
		Encoding: encodingOf(r.Header.Get("Content-Type")),
		server:   s,
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, MaxBodyBytes))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		call.Decision = TooLarge
	case err != nil:
		call.Decision = Malformed
	}
	call.RawBody = body
	return call
}

// parse decodes the body into the call's form. An empty body is a form without parameters, whatever its type.
func (s *Server) parse(call *Call) {
	if call.Decision == "" && len(call.RawBody) > 0 {
		call.parseBody()
	}
	if hook := s.config.Hooks.Parsed; hook != nil {
		hook(call)
	}
}

func (c *Call) parseBody() {
	switch c.Encoding {
	case Urlencoded:
		c.Form = ParseUrlencoded(string(c.RawBody), DecodeUrlencoded)
	case Multipart:
		form, err := parseMultipart(c.RawBody, boundaryOf(c.Request.Header.Get("Content-Type")))
		if err != nil {
			c.Decision = Malformed
			return
		}
		c.Form = form
	case OtherEncoding:
		c.Decision = Unsupported
	}
}

// encode turns the members into the body.
func (s *Server) encode(call *Call, answer *Answer) {
	if answer.Status != http.StatusNoContent {
		body, err := json.Marshal(answer.Members)
		if err != nil {
			answer.Status = http.StatusInternalServerError
			body = []byte(`{"error":"The answer cannot be encoded"}`)
		}
		answer.Body = body
	}
	if hook := s.config.Hooks.Encoded; hook != nil {
		hook(call, answer)
	}
}
