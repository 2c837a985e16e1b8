package reference

import (
	"net/http"
	"strconv"
)

// The members of the answers (OK-2, ERR-5).
const (
	MemberAccess  = "access_token"
	MemberRefresh = "refresh_token"
	MemberRelease = "release_version"
	MemberError   = "error"
)

// Answer is a response before it is written.
type Answer struct {
	// Status is the HTTP status.
	Status int
	// Header is written as it is; a nil value keeps net/http from adding a field
	// of its own. Content-Length is added where it is not set.
	Header http.Header
	// Members become the body when it is encoded.
	Members Members
	// Body is what is written, once encoded; empty before.
	Body []byte
}

// Fail turns the answer into an error: a status, and a text as the one member.
func (a *Answer) Fail(status int, text string) {
	a.Status = status
	a.Members = Members{{Name: MemberError, Value: text}}
}

// write sends the answer. A client that has gone away is no error of ours.
func write(w http.ResponseWriter, answer *Answer) {
	header := w.Header()
	for name, values := range answer.Header {
		header[name] = values
	}
	hasBody := answer.Status != http.StatusNoContent
	if hasBody && header.Get("Content-Length") == "" {
		header.Set("Content-Length", strconv.Itoa(len(answer.Body)))
	}
	w.WriteHeader(answer.Status)
	if hasBody {
		_, _ = w.Write(answer.Body)
	}
}
