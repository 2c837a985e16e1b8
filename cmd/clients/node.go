package main

import (
	"context"
	"regexp"
)

// requestVersion is what Node.js prints of the version of its package request.
var requestVersion = regexp.MustCompile(`^([0-9]\S*)`)

// findNode finds the client of the Node.js sample: the package request that npm installs in cmd/clients/node_modules.
func findNode(ctx context.Context) *client {
	version := versionOf(ctx, requestVersion, "node", "-p", `require("./cmd/clients/node_modules/request/package.json").version`)
	if version == "" {
		return nil
	}
	return &client{version: version, command: func(job) []string { return []string{"node", "--no-deprecation", "cmd/clients/samples/sample.js"} }}
}
