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
)

// relay hands requests on to a deployment as they are, over the connection that the settings ask for: with their CA file,
// timeout and proxies. Its answers go back as they are, but for where a redirect leads: some clients would carry the
// password there.
type relay struct {
	*deployment
	mutex sync.Mutex
	broke string // why there was no answer; "" where there was one
}

// ServeHTTP hands one request on.
func (r *relay) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	ctx, cancel := context.WithTimeout(request.Context(), r.settings.Timeout)
	defer cancel()
	address, err := url.Parse(exchange.Request{}.Address(r.target.Client.Base)) // where the suite's requests go, too
	if err != nil {
		r.fail(err)
		w.WriteHeader(http.StatusBadGateway)
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
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			r.fail(err)
			w.WriteHeader(http.StatusBadGateway)
		},
	}
	proxy.ServeHTTP(w, request.WithContext(ctx))
}

// fail notes why the deployment gave no answer.
func (r *relay) fail(err error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.broke = r.target.Client.Failed(err).Sentence
}

// failure says why the deployment gave no answer; "" where it gave one.
func (r *relay) failure() string {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	return r.broke
}
