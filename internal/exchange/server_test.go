package exchange_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/target"
)

// serve accepts connections until the test ends and returns the address, as "host:port". It waits for the goroutines of
// all connections.
func serve(t *testing.T, each func(net.Conn)) string {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var all sync.WaitGroup
	all.Go(func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				defer connection.Close()
				each(connection)
			})
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		all.Wait()
	})
	return listener.Addr().String()
}

// serveTLS does the same over TLS.
func serveTLS(t *testing.T, settings *tls.Config, each func(*tls.Conn)) string {
	t.Helper()
	return serve(t, func(connection net.Conn) {
		secure := tls.Server(connection, settings)
		defer secure.Close()
		each(secure)
	})
}

// receive takes one request off a connection, as raw bytes.
func receive(connection net.Conn) []byte {
	var raw []byte
	length := -1
	next := make([]byte, 1<<12)
	for length < 0 || len(raw) < length {
		n, err := connection.Read(next)
		raw = append(raw, next[:n]...)
		if err != nil {
			return raw
		}
		head, _, whole := bytes.Cut(raw, []byte("\r\n\r\n"))
		if length < 0 && whole {
			length = len(head) + 4
			for line := range strings.Lines(strings.ToLower(string(head))) {
				if value, ok := strings.CutPrefix(line, "content-length: "); ok {
					n, _ := strconv.Atoi(strings.TrimSpace(value))
					length += n
				}
			}
		}
	}
	return raw
}

// What a server does with a connection once it has sent its answer.

func end(net.Conn) {}

func reset(connection net.Conn) {
	_ = connection.(*net.TCPConn).SetLinger(0)
	_ = connection.Close()
}

// hold keeps a connection until the client closes it.
func hold(connection net.Conn) { _, _ = io.Copy(io.Discard, connection) }

// answering returns the address of a server that answers every request with these bytes.
func answering(t *testing.T, answer string, finish func(net.Conn)) string {
	t.Helper()
	return serve(t, func(connection net.Conn) {
		receive(connection)
		_, _ = io.WriteString(connection, answer)
		finish(connection)
	})
}

// aim returns the client of a run on a base URL, whose settings may be changed.
func aim(t *testing.T, baseURL string, change ...func(*config.Settings)) *exchange.Client {
	t.Helper()
	settings := config.Defaults()
	settings.BaseURL = baseURL
	for _, each := range change {
		each(&settings)
	}
	opened, err := target.Open(settings, "klearstack-conformance/test")
	require.NoError(t, err)
	t.Cleanup(opened.Close)
	return opened.Client
}

// login sends an ordinary login.
func login(t *testing.T, client *exchange.Client) *exchange.Exchange {
	t.Helper()
	return client.Do(t.Context(), qa().Login())
}

// qa holds the credentials of the captured clients.
func qa() requests.Catalogue {
	return requests.Catalogue{Username: "qa-user", Company: "Acme Invoices", Password: "S3cret!pass&word=1"}
}

// briefly bounds an exchange that is known not to end by itself.
func briefly(settings *config.Settings) { settings.Timeout = 150 * time.Millisecond }

// certificate makes a self-signed certificate, and a CA file that makes it trusted.
func certificate(t *testing.T, change func(*x509.Certificate)) (*tls.Config, func(*config.Settings)) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"},
		NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if change != nil {
		change(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "ca.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12},
		func(settings *config.Settings) { settings.CAFile = file }
}

// lower returns a header with the names in lower case, as sets of values.
func lower(header http.Header) map[string][]string {
	all := map[string][]string{}
	for name, values := range header {
		all[strings.ToLower(name)] = values
	}
	return all
}
