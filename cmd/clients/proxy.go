package main

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"

	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/requests"
	"github.com/klearstack/conformance/internal/target"
	"github.com/klearstack/conformance/internal/wire"
)

// tryDeployment runs a sample once. What it sends is compared with nothing: it holds the deployment's credentials.
func tryDeployment(ctx context.Context, one found, deployed *target.Target) outcome {
	login := wire.Credentials{
		Username: deployed.Settings.Username, Company: deployed.Settings.CompanyName, Password: deployed.Settings.Password,
	}
	if one.asIs && !(requests.Catalogue{Username: login.Username, Company: login.Company, Password: login.Password}).SuitsShell() {
		return outcome{notApplicable: "a configured value holds &, +, %, ; or more than plain ASCII, which this sample sends as it is"}
	}
	way := &relay{target: deployed}
	seen := tryOnce(ctx, one, one.visits[0], way, login)
	if seen.failure != "" && way.failure() != "" {
		seen.failure = way.failure()
	}
	return outcome{failure: seen.failure}
}

// relay hands requests on to a deployment as they are, over the connection that the settings ask for: with their CA file,
// timeout and proxies. Its answers go back as they are, but for where a redirect leads: some clients would carry the
// password there.
type relay struct {
	target *target.Target
	mutex  sync.Mutex
	broke  string // why there was no answer; "" where there was one
}

// ServeHTTP hands one request on.
func (r *relay) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	ctx, cancel := context.WithTimeout(request.Context(), r.target.Settings.Timeout)
	defer cancel()
	fail := func(w http.ResponseWriter, _ *http.Request, err error) {
		r.mutex.Lock()
		defer r.mutex.Unlock()
		r.broke = r.target.Client.Failed(err).Sentence
		w.WriteHeader(http.StatusBadGateway)
	}
	address, err := url.Parse(exchange.Request{}.Address(r.target.Client.Base)) // where the suite's requests go, too
	if err != nil {
		fail(w, request, err)
		return
	}
	proxy := httputil.ReverseProxy{
		Transport: r.target.Client.Transport,
		ErrorLog:  log.New(io.Discard, "", 0),
		Rewrite: func(p *httputil.ProxyRequest) {
			p.Out.URL, p.Out.Host = address, address.Host
		},
		ModifyResponse: func(response *http.Response) error {
			response.Header.Del("Location")
			return nil
		},
		ErrorHandler: fail,
	}
	proxy.ServeHTTP(w, request.WithContext(ctx))
}

// failure says why the deployment gave no answer; "" where it gave one.
func (r *relay) failure() string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.broke
}
