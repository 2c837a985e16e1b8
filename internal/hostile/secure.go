package hostile

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"time"

	"github.com/klearstack/conformance/internal/reference"
)

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
