package reference

import (
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"
)

// Path is where the endpoint lives, after the base URL (REQ-1). Everything else
// is answered 404.
const Path = "/access/klearstack/get_access_token"

// Server is the endpoint. Make it with [New]; it is safe for concurrent use.
type Server struct {
	config   Config
	entry    http.Handler
	requests atomic.Int64
	logins   atomic.Int64
}

// New makes a server from config, which it copies. The error names every
// setting that a server can't start with.
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
