// Package target is what a run is pointed at: the embedded reference server, or a deployment reached by URL.
package target

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net/http"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/reference"
)

// Target is somewhere to send requests to. Close it.
type Target struct {
	Client   *exchange.Client
	Settings config.Settings // completed by what the embedded server knows
	Name     string          // for people; no credentials
	server   *reference.Running
}

// Open starts the embedded reference server, or prepares to reach the deployment that the settings name. No request is
// sent. The error is one sentence, or several.
func Open(settings config.Settings, userAgent string) (*Target, error) {
	t := &Target{Settings: settings}
	trust, err := trusted(settings)
	if err != nil {
		return nil, err
	}
	if settings.Embedded() {
		if err := t.embed(); err != nil {
			return nil, err
		}
	}
	base, err := t.Settings.Base()
	if err != nil {
		return nil, fmt.Errorf("KLEARSTACK_BASE_URL is not a URL: check it")
	}
	proxy, err := t.Settings.Proxy()
	if err != nil {
		return nil, fmt.Errorf("a proxy's address can't be read: check HTTP_PROXY and HTTPS_PROXY")
	}
	if t.Name == "" {
		t.Name = base.Redacted()
	}
	t.Client = &exchange.Client{
		Base:      base,
		Timeout:   settings.Timeout,
		UserAgent: userAgent,
		Transport: &http.Transport{
			OnProxyConnectResponse: exchange.Tunnelled,
			DialContext:            speaking(dialer(settings.Timeout, t.Settings.LoopbackOnly())),
			TLSClientConfig: &tls.Config{
				RootCAs:            trust,
				InsecureSkipVerify: settings.InsecureSkipVerify, //nolint:gosec // the user asked for it, and the summary says so
				ClientSessionCache: tls.NewLRUClientSessionCache(0),
			},
			ForceAttemptHTTP2: true,
			// Each exchange has a connection of its own, as with the one-shot clients of the documented samples:
			// nothing that is left over of one answer can be taken for the next.
			DisableKeepAlives:      true,
			DisableCompression:     true, // content codings are seen as they come (OK-6)
			MaxResponseHeaderBytes: exchange.HeaderLimit,
			TLSHandshakeTimeout:    settings.Timeout,
		},
	}
	if proxy != nil {
		t.Client.Transport.Proxy = http.ProxyURL(proxy)
	}
	return t, nil
}

// embed starts the reference server and fills in the settings that only it knows.
func (t *Target) embed() error {
	server := reference.Default()
	handler, err := reference.New(server)
	if err != nil {
		return err
	}
	if t.server, err = reference.Start(handler, reference.Listen{}); err != nil {
		return err
	}
	user := server.Users[0]
	t.Name = "the embedded reference server"
	t.Settings.BaseURL = t.server.URL
	t.Settings.Username, t.Settings.Password, t.Settings.CompanyName = user.Username, user.Password, user.Company
	t.Settings.OtherCompanyName = server.Users[1].Company
	t.Settings.JWTKey = string(server.Key)
	return nil
}

// trusted returns the system's authorities and those of the CA file; nil stands for the system's alone.
func trusted(settings config.Settings) (*x509.CertPool, error) {
	authorities, err := settings.Authorities()
	if err != nil || authorities == nil {
		return nil, err
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	for _, authority := range authorities {
		pool.AddCert(authority)
	}
	return pool, nil
}

// Encrypted tells whether the target is reached over HTTPS (ADV-2).
func (t *Target) Encrypted() bool { return t.Client.Base.Scheme == "https" }

// Close ends what Open started.
func (t *Target) Close() {
	t.Client.Transport.CloseIdleConnections()
	if t.server != nil {
		t.server.Close()
	}
}
