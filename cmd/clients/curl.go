package main

import (
	"context"
	"regexp"
)

// curlVersion is the version in the first line that curl --version prints.
var curlVersion = regexp.MustCompile(`^curl (\S+)`)

// findCurl finds the client of the Shell sample.
func findCurl(ctx context.Context) *client {
	version := versionOf(ctx, curlVersion, "curl", "-q", "--version")
	if version == "" {
		return nil
	}
	return &client{version: version, command: func(job) []string { return []string{"/bin/sh", "cmd/clients/samples/shell.sh"} }}
}
