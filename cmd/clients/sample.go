package main

import (
	"context"

	"github.com/klearstack/conformance/internal/wire"
)

// sample is one of the page's samples.
type sample struct {
	client   string  // what its client is called
	packages string  // the Debian packages that bring the client, with blanks between them
	asIs     bool    // it sends the values with nothing escaped
	visits   []visit // the runs against the reference server; the first is also the one against a deployment
	find     func(context.Context) *client
}

// visit is one run of a sample.
type visit struct {
	captures []string // what it sends, request by request
	abroad   bool     // its page stands at another origin than the endpoint
}

// client is the program that runs a sample.
type client struct {
	version string
	command func(job) []string         // the program and its arguments, none of them secret
	printed func(output string) string // what the sample printed, where that is not the program's output itself; or nil
}

// job is what a sample is to do.
type job struct {
	url    string // the base URL of the endpoint
	page   string // the address of the page that holds the browser's sample
	login  wire.Credentials
	folder string // empty, for what the client leaves behind
}

// samples are the page's five samples, in its order.
func samples() []sample {
	return []sample{
		{
			client: "curl", packages: "curl", asIs: true, find: findCurl,
			visits: []visit{{captures: []string{"curl-sample-plain"}}},
		},
		{
			client: "Python requests", packages: "python3-requests", find: findPython,
			visits: []visit{{captures: []string{"python-requests-sample"}}},
		},
		{
			client: "Java OkHttp", packages: "default-jdk-headless libokhttp-java", find: findJava,
			visits: []visit{{captures: []string{"java-okhttp-sample"}}},
		},
		{
			client: "Node.js request", packages: "nodejs npm", find: findNode,
			visits: []visit{{captures: []string{"node-request-sample"}}},
		},
		{
			client: "Chromium", packages: "chromium", find: findChromium,
			visits: []visit{
				{captures: []string{"chromium-xhr-sample-sameorigin"}},
				{abroad: true, captures: []string{"chromium-xhr-sample-crossorigin-preflight", "chromium-xhr-sample-crossorigin-post"}},
			},
		},
	}
}

// found is a sample with its client; nil where that is missing.
type found struct {
	sample
	*client
}

// find looks for the clients of all samples.
func find(ctx context.Context, all []sample) []found {
	var here []found
	for _, one := range all {
		here = append(here, found{sample: one, client: one.find(ctx)})
	}
	return here
}
