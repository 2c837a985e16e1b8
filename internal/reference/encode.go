package reference

import (
	"encoding/json"
	"net/http"
)

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
