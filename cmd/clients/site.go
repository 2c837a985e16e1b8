package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// headerTimeout bounds how long a client may take over a request's header; clients may open connections in advance.
const headerTimeout = 20 * time.Second

// site is a server on a loopback port of its own. Close it.
type site struct {
	url    string // without a slash at its end
	server *http.Server
	served chan struct{}
}

// open serves a handler. Each connection is for one request.
func open(ctx context.Context, handler http.Handler) (*site, error) {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("no port on loopback can be opened for a client to come to: free some, or let this command listen on 127.0.0.1")
	}
	s := &site{url: "http://" + listener.Addr().String(), served: make(chan struct{})}
	s.server = &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ErrorLog:          log.New(io.Discard, "", 0),
		ConnContext: func(ctx context.Context, connection net.Conn) context.Context {
			if received, tapping := connection.(*tapped); tapping {
				return withConnection(ctx, received)
			}
			return ctx
		},
	}
	s.server.SetKeepAlivesEnabled(false)
	go func() {
		defer close(s.served)
		_ = s.server.Serve(tap{listener}) // it returns when it is closed
	}()
	return s, nil
}

// close ends the server and cuts what is under way.
func (s *site) close() {
	_ = s.server.Close() // says no more than that a connection was closed already
	<-s.served
}
