package reference

import (
	"errors"
	"io"
	"net/http"
)

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
