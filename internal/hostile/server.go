package hostile

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// Running is a misbehaving server. Close it.
type Running struct {
	// URL is the base URL.
	URL string
	// AuthorityPEM is the certificate of the authority that a client is to trust; nil where there is none.
	AuthorityPEM []byte

	misbehaviour Misbehaviour
	handler      http.Handler
	plain        net.Listener
	listener     net.Listener
	elsewhere    net.Listener // where redirects lead, and nobody should go
	strays       atomic.Int64
	calls        atomic.Int64
	closing      chan struct{}
	tasks        sync.WaitGroup
	whole        *reference.Running // instead of the listener, with HTTP2

	mutex sync.Mutex
	conns map[net.Conn]bool
}

// Start serves a misbehaviour on loopback, with the users of config. Config's hooks see what the misbehaviour made.
func Start(m Misbehaviour, config reference.Config) (*Running, error) {
	if m.Change != nil {
		watching := config.Hooks
		config.Hooks = reference.Hooks{}
		m.Change(&config)
		config.Hooks = config.Hooks.Then(watching)
	}
	handler, err := reference.New(config)
	if err != nil {
		return nil, err
	}
	r := &Running{misbehaviour: m, handler: handler, closing: make(chan struct{}), conns: map[net.Conn]bool{}}
	if r.elsewhere, err = loopback(); err != nil {
		return nil, err
	}
	r.tasks.Go(r.countStrays)
	if m.HTTP2 {
		if r.whole, err = reference.Start(handler, reference.Listen{TLS: true}); err != nil {
			r.Close()
			return nil, err
		}
		r.URL, r.AuthorityPEM = r.whole.URL, r.whole.CertificatePEM
		return r, nil
	}
	if err := r.listen(); err != nil {
		r.Close()
		return nil, err
	}
	if m.Down {
		_ = r.listener.Close() // nobody is connected yet
		return r, nil
	}
	r.tasks.Go(r.accept)
	return r, nil
}

func (r *Running) listen() error {
	var err error
	if r.plain, err = loopback(); err != nil {
		return err
	}
	r.listener = r.plain
	scheme := "http"
	if r.misbehaviour.TLS != nil {
		scheme = "https"
		authority, err := newAuthority()
		if err != nil {
			return err
		}
		config, err := r.misbehaviour.TLS(authority)
		if err != nil {
			return err
		}
		r.AuthorityPEM = authority.PEM
		r.listener = tls.NewListener(r.plain, config)
	}
	if r.misbehaviour.Scheme != "" {
		scheme = r.misbehaviour.Scheme
	}
	r.URL = scheme + "://" + r.plain.Addr().String()
	return nil
}

func loopback() (net.Listener, error) {
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return nil, fmt.Errorf("no port of loopback is free: %w", err)
	}
	return listener, nil
}

// Strays returns how many connections were made to the place that redirects lead to.
func (r *Running) Strays() int64 { return r.strays.Load() }

func (r *Running) countStrays() {
	for {
		conn, err := r.elsewhere.Accept()
		if err != nil {
			return
		}
		r.strays.Add(1)
		_ = conn.Close() // it should not be there at all
	}
}

func (r *Running) accept() {
	for {
		conn, err := r.listener.Accept()
		if err != nil {
			return
		}
		r.mutex.Lock()
		r.conns[conn] = true
		r.mutex.Unlock()
		r.tasks.Go(func() {
			defer r.forget(conn)
			r.serve(&Call{Number: r.calls.Add(1), conn: conn, running: r})
		})
	}
}

func (r *Running) forget(conn net.Conn) {
	_ = conn.Close() // the client may have been first
	r.mutex.Lock()
	defer r.mutex.Unlock()
	delete(r.conns, conn)
}

func (r *Running) serve(call *Call) {
	if accepted := r.misbehaviour.Accepted; accepted != nil && !accepted(call) {
		return
	}
	request, err := http.ReadRequest(bufio.NewReader(call.conn))
	if err != nil {
		return
	}
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	call.Request = request
	answer := change.NewDraft()
	r.handler.ServeHTTP(answer, request)
	call.Status, call.Header, call.Body = answer.Status, answer.Header(), answer.Body.Bytes()
	if r.misbehaviour.Answer == nil {
		call.answer()
		return
	}
	r.misbehaviour.Answer(call)
}

// Die stops listening; connections that are there go on.
func (r *Running) Die() {
	_ = r.listener.Close() // dying twice is no worse
}

// Close ends the server and returns when no goroutine of it is left. It is called once.
func (r *Running) Close() {
	close(r.closing)
	_ = r.elsewhere.Close()
	if r.whole != nil {
		r.whole.Close()
	}
	if r.listener != nil {
		r.Die()
	}
	r.mutex.Lock()
	for conn := range r.conns {
		_ = conn.Close()
	}
	r.mutex.Unlock()
	r.tasks.Wait()
}
