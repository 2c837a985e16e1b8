package reference

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"sync"
	"time"
)

// The bounds of one connection; far above what a request takes.
const (
	headerTimeout  = 10 * time.Second
	requestTimeout = 30 * time.Second
	idleTimeout    = time.Minute
	maxHeaderBytes = 64 << 10
)

// Listen says where and how to serve.
type Listen struct {
	// Address is "host:port"; port 0 picks a free one. Empty is 127.0.0.1:0.
	Address string
	// TLS serves HTTPS with a certificate that no client has reason to trust (ADV-2); HTTP/2 is on offer then.
	TLS bool
}

// Running is a handler that is being served. Close it.
type Running struct {
	// URL is the base URL, without a slash at its end.
	URL string
	// CertificatePEM is the certificate served with TLS, for a client that is to trust it; nil otherwise.
	CertificatePEM []byte

	server      *http.Server
	served      chan struct{}
	connections sync.WaitGroup
}

// Start serves handler until Close. The error, one sentence, says why the address can't be used.
func Start(handler http.Handler, listen Listen) (*Running, error) {
	address := listen.Address
	if address == "" {
		address = "127.0.0.1:0"
	}
	listener, err := listenOn(address)
	if err != nil {
		return nil, fmt.Errorf("the reference server cannot listen on %q (%w): choose another address, such as 127.0.0.1:0", address, reason(err))
	}
	running := &Running{served: make(chan struct{})}
	running.server = &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       requestTimeout,
		WriteTimeout:      requestTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          log.New(io.Discard, "", 0),
		ConnState:         running.track,
	}
	running.URL = "http://" + reachable(listener.Addr())
	if listen.TLS {
		certificate, encoded, err := newCertificate()
		if err != nil {
			_ = listener.Close() // nothing was served on it
			return nil, err
		}
		running.URL = "https://" + reachable(listener.Addr())
		running.CertificatePEM = encoded
		running.server.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	}
	go running.serve(listener, listen.TLS)
	return running, nil
}

func listenOn(address string) (net.Listener, error) {
	resolved, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return nil, err
	}
	return net.ListenTCP("tcp", resolved)
}

func (r *Running) serve(listener net.Listener, withTLS bool) {
	defer close(r.served)
	// Both return when the server is closed, which is the one way to end.
	if withTLS {
		_ = r.server.ServeTLS(listener, "", "")
		return
	}
	_ = r.server.Serve(listener)
}

// track counts connections, so that Close can wait for their goroutines.
func (r *Running) track(_ net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		r.connections.Add(1)
	case http.StateClosed, http.StateHijacked:
		r.connections.Done()
	case http.StateActive, http.StateIdle:
	}
}

// Close ends the server and cuts what is under way. It returns when no goroutine of the server is left, and may be
// called twice.
func (r *Running) Close() {
	_ = r.server.Close() // says no more than that a listener or a connection was closed already
	<-r.served
	r.connections.Wait()
}

// reachable is a host and port that a client on this machine can use.
func reachable(address net.Addr) string {
	tcp, ok := address.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return address.String()
	}
	return (&net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: tcp.Port}).String()
}

// reason takes the address out of a network error, which would name it twice.
func reason(err error) error {
	var address *net.AddrError
	if errors.As(err, &address) {
		return errors.New(address.Err)
	}
	var operation *net.OpError
	if errors.As(err, &operation) {
		return operation.Err
	}
	return err
}

// newCertificate makes a self-signed certificate for the loopback names, valid for a day, and its PEM form.
func newCertificate() (tls.Certificate, []byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("no key for the TLS certificate can be made: %w", err)
	}
	template := x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "reference server"},
		NotBefore:             time.Now().Add(-time.Hour),
		NotAfter:              time.Now().Add(24 * time.Hour),
		DNSNames:              []string{"localhost"},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("no TLS certificate can be made: %w", err)
	}
	certificate := tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
	return certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), nil
}
