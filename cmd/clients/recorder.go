package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"slices"
	"sync"
)

// mostBody is how many bytes of a body are taken; the samples send far less.
const mostBody = 64 << 10

// call is one request to the endpoint, byte by byte, and the status that it was answered with; 0 where it was not.
type call struct {
	raw    []byte
	status int
}

// recorder stands before an endpoint and keeps the calls that it gets.
type recorder struct {
	endpoint http.Handler
	mutex    sync.Mutex
	kept     []call
}

// connectionKey is where a request's context holds its connection.
type connectionKey struct{}

// ServeHTTP keeps a request and hands it on.
func (r *recorder) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, request.Body, mostBody))
	if err != nil {
		w.WriteHeader(http.StatusRequestEntityTooLarge)
		return
	}
	connection, tapping := request.Context().Value(connectionKey{}).(*tapped)
	if !tapping {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	r.mutex.Lock()
	number := len(r.kept)
	// There is one request to a connection, and it has been read to its end.
	r.kept = append(r.kept, call{raw: connection.bytes()})
	r.mutex.Unlock()
	answered := func(status int) {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.kept[number].status = status
	}
	handed := request.Clone(request.Context())
	handed.Body = io.NopCloser(bytes.NewReader(body))
	r.endpoint.ServeHTTP(&statusWriter{ResponseWriter: w, answered: answered}, handed)
}

// calls returns what was recorded so far.
func (r *recorder) calls() []call {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return slices.Clone(r.kept)
}

// statusWriter tells the status of an answer when it is written.
type statusWriter struct {
	http.ResponseWriter
	answered func(status int)
}

// WriteHeader tells the status and writes it.
func (s *statusWriter) WriteHeader(status int) {
	s.answered(status)
	s.ResponseWriter.WriteHeader(status)
}

// Unwrap is for http.ResponseController.
func (s *statusWriter) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// withConnection puts a connection into the context of its requests.
func withConnection(ctx context.Context, connection *tapped) context.Context {
	return context.WithValue(ctx, connectionKey{}, connection)
}
