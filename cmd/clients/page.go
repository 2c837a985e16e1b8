package main

import (
	_ "embed"
	"html/template"
	"net/http"
	"sync/atomic"

	"github.com/klearstack/conformance/internal/wire"
)

// pagePath is where the browser's page stands.
const pagePath = "/sample.html"

//go:embed samples/sample.html
var pageTemplate string

// page is the JavaScript sample's page with the credentials in it. It is shown once: nobody who comes after the browser
// gets to see them.
type page struct {
	values pageValues
	shown  atomic.Bool
}

// pageValues is what the page's template is given.
type pageValues struct {
	URL string // the base URL of the endpoint
	wire.Credentials
}

// ServeHTTP shows the page the first time.
func (p *page) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	if p.shown.Swap(true) {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	filled, err := template.New("page").Parse(pageTemplate)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_ = filled.Execute(w, p.values) // a browser that has gone away is seen by its missing request
}
