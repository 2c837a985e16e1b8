package main

import (
	"context"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/wire"
)

// tryReference runs a sample against the reference server, each time with the credentials of its capture, compares what it
// sends with the captures, and leaves that in folder.
func tryReference(ctx context.Context, one found, folder string) outcome {
	if one.client == nil {
		return outcome{missing: true}
	}
	var all outcome
	for _, v := range one.visits {
		login := wire.Captured(v.captures[0])
		server, err := referenceFor(login)
		if err != nil {
			return outcome{failure: err.Error()}
		}
		seen := tryOnce(ctx, one, v, server, login)
		if all.failure == "" && seen.failure != "" {
			all.failure = seen.failure
			if v.abroad {
				all.failure = "from a page of another origin, " + seen.failure
			}
		}
		if len(seen.calls) > 0 { // the failure tells of a client that sent nothing
			all.drifts = append(all.drifts, compare(seen.calls, v.captures)...)
		}
		if err := keep(folder, seen.calls, v.captures); err != nil && all.failure == "" {
			all.failure = err.Error()
		}
	}
	return all
}

// referenceFor makes a reference server that knows one user.
func referenceFor(login wire.Credentials) (*reference.Server, error) {
	config := reference.Default()
	config.Users = []reference.User{{ID: 26, Username: login.Username, Company: login.Company, Password: login.Password}}
	return reference.New(config)
}
