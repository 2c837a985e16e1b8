package exchange_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/exchange"
)

// issued is a certificate and its key.
type issued struct {
	*x509.Certificate
	key *ecdsa.PrivateKey
}

// issue makes a certificate of that name, signed by another; nil stands for itself.
func issue(t *testing.T, name string, by *issued, change func(*x509.Certificate)) *issued {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-100 * time.Hour), NotAfter: time.Now().Add(100 * time.Hour), BasicConstraintsValid: true,
	}
	change(template)
	parent, signer := template, key
	if by != nil {
		parent, signer = by.Certificate, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	require.NoError(t, err)
	certificate, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	return &issued{certificate, key}
}

// authority may sign others.
func authority(c *x509.Certificate) { c.IsCA, c.KeyUsage = true, x509.KeyUsageCertSign }

// local is the certificate of the address that tests serve at.
func local(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)} }

// all makes one change of several.
func all(changes ...func(*x509.Certificate)) func(*x509.Certificate) {
	return func(c *x509.Certificate) {
		for _, change := range changes {
			change(c)
		}
	}
}

// shows returns a client that trusts a certificate, and what logs it in at a server that shows these certificates, the
// first of which is the server's own.
func shows(t *testing.T, trusted *issued, chain ...*issued) (*exchange.Client, func() *exchange.Exchange) {
	t.Helper()
	trust := func(*config.Settings) {}
	if trusted != nil {
		file := filepath.Join(t.TempDir(), "ca.pem")
		text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: trusted.Raw})
		require.NoError(t, os.WriteFile(file, text, 0o600))
		trust = func(settings *config.Settings) { settings.CAFile = file }
	}
	shown := tls.Certificate{PrivateKey: chain[0].key}
	for _, each := range chain {
		shown.Certificate = append(shown.Certificate, each.Raw)
	}
	address := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{shown}, MinVersion: tls.VersionTLS12}, func(connection *tls.Conn) {
		receive(connection)
		_, _ = io.WriteString(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
	})
	client := aim(t, "https://"+address, trust)
	return client, func() *exchange.Exchange { return login(t, client) }
}

func TestCertificates(t *testing.T) {
	t.Parallel()
	const (
		insecure = ", or, knowing what it means, set KLEARSTACK_INSECURE_SKIP_VERIFY=true"
		unknown  = "is signed by an unknown authority: "
		anew     = ", so check KLEARSTACK_BASE_URL, or have it issued anew with that name"
		send     = ", so have the server send its intermediate certificates, or put the CA's current certificate into KLEARSTACK_CA_FILE" + insecure
		received = unknown + `the chain received is "CN=leaf" issued by `
	)
	ended := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	since := fmt.Sprintf("expired on 2020-01-02 03:04:05 UTC (%d days ago)", time.Since(ended)/(24*time.Hour))
	expired := func(c *x509.Certificate) { c.NotBefore, c.NotAfter = ended.Add(-time.Hour), ended }
	uses := func(usages ...x509.ExtKeyUsage) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.ExtKeyUsage = usages }
	}
	names := func(names ...string) func(*x509.Certificate) {
		return func(c *x509.Certificate) { c.DNSNames = names }
	}
	elsewhere := func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 9)} }
	own := func(*x509.Certificate) {}

	root := issue(t, "root", nil, authority)
	middle := issue(t, "middle", root, authority)
	leaf := issue(t, "leaf", root, local)
	below := issue(t, "leaf", middle, local)
	old := issue(t, "old", root, all(authority, expired))
	oldRoot := issue(t, "old root", nil, all(authority, expired))
	clients := issue(t, "clients", root, all(authority, uses(x509.ExtKeyUsageClientAuth)))
	noCA := issue(t, "no CA", nil, own)
	for _, c := range []struct {
		name    string
		trusted *issued // nil where nobody is
		chain   []*issued
		want    string // after "the certificate of … "; "" where it is trusted
	}{
		{"right", root, []*issued{leaf}, ""},
		{"right, with its intermediate", root, []*issued{below, middle}, ""},
		{"right, of an intermediate that is trusted", middle, []*issued{below}, ""},

		{"self-signed", nil, []*issued{issue(t, "leaf", nil, local)}, unknown + "it is self-signed, so name it in KLEARSTACK_CA_FILE" + insecure},
		{"root that is not trusted", nil, []*issued{below, middle, root},
			unknown + `its chain ends in "CN=root", which is not trusted, so name that root in KLEARSTACK_CA_FILE` + insecure},
		{"intermediate not sent", root, []*issued{below}, received + `"CN=middle", and "CN=middle" is neither in it nor trusted` + send},
		{"wrong intermediate sent", root, []*issued{below, clients},
			received + `"CN=middle" and "CN=clients" issued by "CN=root", and "CN=middle" is neither in it nor trusted` + send},
		{"names of their own issuers", root, []*issued{issue(t, "middle", middle, local)},
			unknown + `the chain received is "CN=middle" issued by "CN=middle", and "CN=middle" is neither in it nor trusted` + send},
		{"a root of the same name", issue(t, "root", nil, authority), []*issued{leaf},
			received + `"CN=root", and the known certificate of "CN=root" did not sign it` + send},
		{"a root that expired", oldRoot, []*issued{issue(t, "leaf", oldRoot, local)},
			`is signed by "CN=old root", which ` + since + ": have that replaced on the server or in KLEARSTACK_CA_FILE, or check this machine's clock"},
		{"an intermediate that expired", root, []*issued{issue(t, "leaf", old, local), old},
			`is signed by "CN=old", which ` + since + ": have that replaced on the server or in KLEARSTACK_CA_FILE, or check this machine's clock"},
		{"an issuer that must not sign", noCA, []*issued{issue(t, "leaf", noCA, local)},
			received + `"CN=no CA", and the known certificate of "CN=no CA" must not sign others` + send},

		{"expired", root, []*issued{issue(t, "leaf", root, all(local, expired))},
			since + ": have it renewed, or check this machine's clock"},

		{"common name only", root, []*issued{issue(t, "127.0.0.1", root, own)},
			`has no host in its subject alternative names (SAN), only the common name "127.0.0.1", which clients no longer read: have it issued anew with 127.0.0.1 in a SAN`},
		{"no name at all", root, []*issued{issue(t, "", root, own)},
			"has no host in its subject alternative names (SAN), no name at all: have it issued anew with 127.0.0.1 in a SAN"},
		{"another host", root, []*issued{issue(t, "leaf", root, names("*.staging.example", "localhost"))},
			`is for another host: it is valid for "*.staging.example" and "localhost", not for 127.0.0.1 as an IP address` + anew},
		{"another address", root, []*issued{issue(t, "leaf", root, all(names("localhost"), elsewhere))},
			`is for another host: it is valid for "localhost" and 127.0.0.9, not for 127.0.0.1` + anew},
		{"many hosts", root, []*issued{issue(t, "leaf", root, names("a.example", "b.example", "c.example", "d.example", "e.example", "f.example"))},
			`is for another host: it is valid for "a.example", "b.example", "c.example", "d.example" and 2 more, not for 127.0.0.1 as an IP address` + anew},

		{"for clients", root, []*issued{issue(t, "leaf", root, all(local, uses(x509.ExtKeyUsageClientAuth)))},
			"is for clients only (extended key usage): have it issued anew for server authentication"},
		{"for signing code", root, []*issued{issue(t, "leaf", root, all(local, uses(x509.ExtKeyUsageCodeSigning)))},
			"is not for servers (extended key usage): have it issued anew for server authentication"},
		{"of an authority for clients", root, []*issued{issue(t, "leaf", clients, local), clients},
			"comes from an authority that must not issue certificates for servers (extended key usage): have it issued by another"},
		{"with an extension that nobody knows", root, []*issued{issue(t, "leaf", root, all(local, func(c *x509.Certificate) {
			c.ExtraExtensions = []pkix.Extension{{Id: []int{1, 2, 3}, Critical: true, Value: []byte{5, 0}}}
		}))}, `can't be verified ("unhandled critical extension"): have it replaced`},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			client, answer := shows(t, c.trusted, c.chain...)
			e := answer()
			if c.want != "" {
				assertFailed(t, e, client.Base.Host, "the certificate of %s "+c.want)
				client.Transport.TLSClientConfig.InsecureSkipVerify = true
				e = answer()
			}
			require.Nil(t, e.Failure, "%+v", e.Failure)
			assert.Equal(t, "{}", string(e.Raw))
		})
	}
}

func TestCertificateThatIsNotValidYet(t *testing.T) {
	t.Parallel()
	root := issue(t, "root", nil, authority)
	_, answer := shows(t, root, issue(t, "leaf", root, func(c *x509.Certificate) {
		local(c)
		c.NotBefore = time.Now().Add(90*time.Minute + 30*time.Second)
	}))
	e := answer()
	require.NotNil(t, e.Failure)
	assert.Regexp(t, `^the certificate of \S+ is not valid before \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(in 1 h (30|29) min\): have it renewed, or check this machine's clock$`, e.Failure.Sentence)
}

// A wildcard looks as if it were for the host, but does not reach that far.
func TestWildcardCertificate(t *testing.T) {
	t.Parallel()
	root := issue(t, "root", nil, authority)
	client, answer := shows(t, root, issue(t, "leaf", root, func(c *x509.Certificate) { c.DNSNames = []string{"*.Localhost"} }))
	client.Base.Host = "a.b.localhost:" + client.Base.Port()
	to := client.Transport.DialContext
	client.Transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		return to(ctx, network, strings.Replace(address, "a.b.localhost", "127.0.0.1", 1))
	}
	e := answer()
	require.NotNil(t, e.Failure)
	assert.Contains(t, e.Failure.Sentence, `it is valid for "*.Localhost" (a wildcard stands for one label), not for a.b.localhost, so`)
}

// What stands in a certificate is redacted and cut, and does no harm to a terminal.
func TestCertificateTexts(t *testing.T) {
	t.Parallel()
	long := "\x1b[31m\u202e" + strings.Repeat("x", 5000)
	root := issue(t, "root "+long, nil, authority)
	for name, change := range map[string]func(*x509.Certificate){
		"name": func(c *x509.Certificate) { c.Subject.CommonName = long },
		"hosts": func(c *x509.Certificate) {
			c.DNSNames = slices.Repeat([]string{strings.Repeat("x", 250) + ".example"}, 100)
		},
		"local": local,
	} {
		client, answer := shows(t, nil, issue(t, "leaf "+long, root, change))
		if name != "local" {
			client, answer = shows(t, root, issue(t, "leaf", root, change))
		}
		e := answer()
		require.NotNil(t, e.Failure)
		assert.Less(t, len(e.Failure.Sentence), 1000)
		assert.Equal(t, -1, strings.IndexFunc(e.Failure.Sentence, func(char rune) bool { return !unicode.IsPrint(char) }), e.Failure.Sentence)

		client.Quote = func(string) string { return `"redacted"` }
		redacted := answer().Failure.Sentence
		assert.Contains(t, redacted, `"redacted"`)
		assert.NotContains(t, redacted, "x…")
	}
}
