package hostile

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"time"

	"github.com/klearstack/conformance/internal/reference"
)

// Times by which a server and a client that gets little time from it miss each other.
const (
	little = 300 * time.Millisecond
	pause  = 100 * time.Millisecond
)

// connections are broken before there is an answer, or in the middle of one.
func connections() []Misbehaviour {
	silent := func(c *Call) bool { c.hang(); return false }
	return []Misbehaviour{
		Misbehaviour{Name: "nobody listens", Down: true}.absent(1, "refuses connections"),
		Misbehaviour{Name: "resets every connection", Accepted: func(c *Call) bool { c.reset(); return false }}.
			absent(1, "broke the connection off"),
		Misbehaviour{Name: "closes every connection", Accepted: func(*Call) bool { return false }}.
			absent(1, "look at the service's log"),
		Misbehaviour{Name: "closes after the request", Answer: func(*Call) {}}.
			absent(1, "closed the connection without an answer"),
		Misbehaviour{Name: "resets before the body", Answer: func(c *Call) { c.head(); c.reset() }}.
			absent(1, "broke the connection off"),
		Misbehaviour{Name: "resets in the middle of the body", Answer: func(c *Call) {
			c.head()
			c.write(string(c.Body[:len(c.Body)/2]))
			c.reset()
		}}.absent(1, "broke the connection off"),
		Misbehaviour{Name: "accepts and never reads", Accepted: silent}.within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "never answers", Answer: (*Call).hang}.within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "never ends the header", Answer: func(c *Call) { c.open(); c.hang() }}.within(little).
			absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "never ends the body", Answer: func(c *Call) {
			c.head()
			c.write(string(c.Body[1:]))
			c.hang()
		}}.within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "drips the header byte by byte", Answer: func(c *Call) { c.drip("HTTP/1.1 200 OK\r\nX: y\r\n", pause) }}.
			within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "drips the body byte by byte", Answer: func(c *Call) {
			c.head()
			c.drip(string(c.Body), pause)
		}}.within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "never answers what is refused", Answer: func(c *Call) {
			if c.Status == 401 {
				c.hang()
				return
			}
			c.answer()
		}}.within(2 * time.Second).inconclusive(),
	}
}

// secureConnections are wrong about TLS, or over it.
func secureConnections() []Misbehaviour {
	changed := func(change func(*x509.Certificate)) func(*Authority) (*tls.Config, error) {
		return func(authority *Authority) (*tls.Config, error) {
			template := sound()
			change(template)
			certificate, err := authority.certify(template)
			return &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}, err
		}
	}
	unchanged := changed(func(*x509.Certificate) {})
	selfSigned := func(*Authority) (*tls.Config, error) { return unchanged(&Authority{}) }
	old := func(version uint16) func(*Authority) (*tls.Config, error) {
		return func(authority *Authority) (*tls.Config, error) {
			config, err := unchanged(authority)
			if err == nil {
				config.MinVersion, config.MaxVersion = version, version
			}
			return config, err
		}
	}
	return []Misbehaviour{
		Misbehaviour{Name: "nothing but TLS with a trusted authority", TLS: unchanged}.conforms(),
		Misbehaviour{Name: "self-signed certificate", TLS: selfSigned}.absent(1, "it is self-signed, so name it in KLEARSTACK_CA_FILE"),
		Misbehaviour{Name: "expired certificate", TLS: changed(func(c *x509.Certificate) {
			c.NotAfter = time.Now().Add(-time.Hour)
		})}.absent(1, " min ago): have it renewed"),
		Misbehaviour{Name: "certificate that is not valid yet", TLS: changed(func(c *x509.Certificate) {
			c.NotBefore = time.Now().Add(time.Hour)
		})}.absent(1, "is not valid before "),
		Misbehaviour{Name: "certificate of another host", TLS: changed(func(c *x509.Certificate) {
			c.IPAddresses, c.DNSNames = nil, []string{"elsewhere.example"}
		})}.absent(1, `it is valid for "elsewhere.example", not for 127.0.0.1 as an IP address`),
		Misbehaviour{Name: "certificate without any name", TLS: changed(func(c *x509.Certificate) { c.IPAddresses = nil })}.
			absent(1, "has no host in its subject alternative names (SAN)"),
		Misbehaviour{Name: "certificate for clients", TLS: changed(func(c *x509.Certificate) {
			c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
		})}.absent(1, "is for clients only"),
		Misbehaviour{Name: "TLS 1.0 only", TLS: old(tls.VersionTLS10)}.absent(1, "TLS 1.2 or newer"),
		Misbehaviour{Name: "TLS 1.1 only", TLS: old(tls.VersionTLS11)}.absent(1, "TLS 1.2 or newer"),
		Misbehaviour{Name: "plain HTTP on the TLS port", Scheme: "https", Accepted: func(c *Call) bool {
			c.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			return false
		}}.absent(1, "does not speak TLS on this port"),
		Misbehaviour{Name: "TLS on the plain port", Accepted: func(c *Call) bool {
			c.write("\x15\x03\x01\x00\x02\x02\x46") // OpenSSL's alert to what is no handshake
			return false
		}}.absent(1, "check the scheme and the port"),
		Misbehaviour{Name: "never shakes hands", Scheme: "https", Accepted: func(c *Call) bool { c.hang(); return false }}.
			within(little).absent(1, "did not answer completely within 300ms"),
		Misbehaviour{Name: "resets in the handshake", Scheme: "https", Accepted: func(c *Call) bool { c.reset(); return false }}.
			absent(1, "broke the connection off"),
		Misbehaviour{Name: "HTTP/2 streams that are reset", HTTP2: true, Change: func(config *reference.Config) {
			config.Hooks.Wrap = func(http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					w.WriteHeader(http.StatusOK)
					_ = http.NewResponseController(w).Flush() // so that the header is out
					panic(http.ErrAbortHandler)               // net/http's way to reset a stream
				})
			}
		}}.absent(1, "broke the connection off"),
	}
}

// Authority signs certificates; clients trust it.
type Authority struct {
	// PEM is its own certificate.
	PEM []byte

	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

func newAuthority() (*Authority, error) {
	template := sound()
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage |= x509.KeyUsageCertSign
	template.DNSNames, template.IPAddresses = nil, nil
	made, err := (&Authority{}).certify(template)
	if err != nil {
		return nil, err
	}
	parsed, err := x509.ParseCertificate(made.Certificate[0])
	if err != nil {
		return nil, fmt.Errorf("the authority's certificate can't be read: %w", err)
	}
	key, ok := made.PrivateKey.(*ecdsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("the authority's key is no ECDSA key")
	}
	return &Authority{
		PEM:         pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: parsed.Raw}),
		certificate: parsed, key: key,
	}, nil
}

// sound is a certificate for loopback that nothing is wrong with.
func sound() *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{CommonName: "hostile"},
		NotBefore:    time.Now().Add(-48 * time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
}

// certify makes a certificate; an authority without a key of its own has it sign itself.
func (a *Authority) certify(template *x509.Certificate) (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("no key can be made: %w", err)
	}
	parent, signer := a.certificate, a.key
	if signer == nil {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("no certificate can be made: %w", err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}
