package reference

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
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
	// Header is written as it is; a nil value keeps net/http from adding a field of its own. Content-Length is added
	// where it is not set.
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

// Member is one name and value of a JSON object.
type Member struct {
	Name  string
	Value any
}

// Members are those of one JSON object, in their order.
type Members []Member

// Set gives the member called name a value, at its place or else at the end.
func (m *Members) Set(name string, value any) {
	at := m.index(name)
	if at < 0 {
		*m = append(*m, Member{Name: name, Value: value})
		return
	}
	(*m)[at].Value = value
}

// Delete takes the member called name out, if it is there.
func (m *Members) Delete(name string) {
	if at := m.index(name); at >= 0 {
		*m = slices.Delete(*m, at, at+1)
	}
}

// Rename calls the member called old new, if it is there.
func (m *Members) Rename(old, name string) {
	if at := m.index(old); at >= 0 {
		(*m)[at].Name = name
	}
}

// Get returns the value of the member called name; nil where there is none.
func (m *Members) Get(name string) any {
	if at := m.index(name); at >= 0 {
		return (*m)[at].Value
	}
	return nil
}

func (m *Members) index(name string) int {
	return slices.IndexFunc(*m, func(member Member) bool { return member.Name == name })
}

// MarshalJSON writes one object with the members in their order. The error is that of a value that JSON can't hold.
func (m Members) MarshalJSON() ([]byte, error) {
	var object bytes.Buffer
	object.WriteByte('{')
	for i, member := range m {
		if i > 0 {
			object.WriteByte(',')
		}
		name, err := json.Marshal(member.Name)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(member.Value)
		if err != nil {
			return nil, err
		}
		object.Write(name)
		object.WriteByte(':')
		object.Write(value)
	}
	object.WriteByte('}')
	return object.Bytes(), nil
}
