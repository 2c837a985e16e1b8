package main

import (
	"context"
	"regexp"
)

// requestsVersion is what Python prints of the version of requests.
var requestsVersion = regexp.MustCompile(`^([0-9]\S*)`)

// findPython finds the client of the Python sample: Debian's Python, whose packages apt-get installs, or the one on the
// PATH, whichever has requests.
func findPython(ctx context.Context) *client {
	for _, program := range []string{"/usr/bin/python3", "python3"} {
		version := versionOf(ctx, requestsVersion, program, "-c", "import requests; print(requests.__version__)")
		if version != "" {
			return &client{version: version, command: func(job) []string { return []string{program, "cmd/clients/samples/sample.py"} }}
		}
	}
	return nil
}
