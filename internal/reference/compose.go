package reference

import (
	"net/http"
	"strings"
)

// compose makes the answer that the decision calls for.
func (s *Server) compose(call *Call) *Answer {
	answer := &Answer{Header: s.header()}
	switch call.Decision {
	case Granted:
		s.grant(call, answer)
	case Missing:
		answer.Fail(http.StatusInternalServerError, MissingText(call.Missing))
	case Refused:
		answer.Fail(http.StatusUnauthorized, "Invalid credentials")
	case TooLarge:
		answer.Fail(http.StatusRequestEntityTooLarge, "The body is too large")
	case Unsupported:
		answer.Fail(http.StatusUnsupportedMediaType, "The body must be a urlencoded or multipart form")
	case NotAllowed:
		answer.Header.Set("Allow", "OPTIONS, POST")
		answer.Fail(http.StatusMethodNotAllowed, "The method must be POST")
	case Options:
		allow(call.Request, answer)
	case NotFound:
		answer.Fail(http.StatusNotFound, "There is nothing at this path")
	case Malformed:
		answer.Fail(http.StatusBadRequest, "The body cannot be read")
	}
	if hook := s.config.Hooks.Composed; hook != nil {
		hook(call, answer)
	}
	return answer
}

// header returns what every answer carries. Date is the server's own clock, so that tokens and header agree under any
// clock (TOK-7).
func (s *Server) header() http.Header {
	return http.Header{
		"Access-Control-Allow-Origin": {"*"},        // ADV-7
		"Cache-Control":               {"no-store"}, // ADV-1
		"Content-Type":                {"application/json"},
		"Date":                        {s.config.Now().UTC().Format(http.TimeFormat)},
		"X-Content-Type-Options":      {"nosniff"}, // ADV-5
	}
}

func (s *Server) grant(call *Call, answer *Answer) {
	pair, err := s.mint(call, call.User)
	if err != nil {
		answer.Fail(http.StatusInternalServerError, "The tokens cannot be signed")
		return
	}
	answer.Status = http.StatusOK
	answer.Members = Members{
		{Name: MemberRefresh, Value: pair.Refresh},
		{Name: MemberAccess, Value: pair.Access},
		{Name: MemberRelease, Value: s.config.ReleaseVersion},
	}
}

// allow answers OPTIONS, and a browser's preflight with what it asks for.
func allow(r *http.Request, answer *Answer) {
	answer.Status = http.StatusNoContent
	answer.Header.Del("Content-Type")
	answer.Header.Set("Allow", "OPTIONS, POST")
	if r.Header.Get("Origin") != "" && r.Header.Get("Access-Control-Request-Method") != "" {
		answer.Header.Set("Access-Control-Allow-Methods", "POST")
		answer.Header.Set("Access-Control-Allow-Headers", "authorization, content-type")
	}
}

// MissingText is the error that names parameters as missing (ERR-1 to ERR-4).
func MissingText(parameters []string) string {
	labels := make([]string, len(parameters))
	for i, parameter := range parameters {
		labels[i] = Label(parameter)
	}
	return "Required parameters are missing: " + strings.Join(labels, ", ")
}
