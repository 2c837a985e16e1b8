package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
)

// The exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // the server can't be started
	exitUsage  = 2 // the options are wrong
)

// run serves until ctx ends and returns the exit code. Every error is one
// sentence on stderr.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	options, err := parse(args)
	switch {
	case err != nil:
		return fail(stderr, exitUsage, err)
	case options.help:
		return write(stdout, stderr, usage())
	case options.list:
		return write(stdout, stderr, listing(fault.Catalogue()))
	}
	config := reference.Default()
	served, err := choose(options.fault, &config)
	if err != nil {
		return fail(stderr, exitUsage, err)
	}
	var requests atomic.Int64
	config.Hooks = config.Hooks.Then(reference.Hooks{Wrap: counting(&requests)})
	server, err := reference.New(config)
	if err != nil {
		return fail(stderr, exitFailed, err)
	}
	running, err := reference.Start(server, reference.Listen{
		Address: options.address,
		TLS:     served.Serving == fault.UnverifiedTLS,
	})
	if err != nil {
		return fail(stderr, exitFailed, err)
	}
	defer running.Close()
	if code := write(stdout, stderr, greeting(config, running.URL, served)); code != exitOK {
		return code
	}
	<-ctx.Done()
	return write(stdout, stderr, fmt.Sprintf("# %d requests came.\n", requests.Load()))
}

// counting counts the requests that come to a server.
func counting(requests *atomic.Int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			requests.Add(1)
			next.ServeHTTP(w, r)
		})
	}
}

// choose puts the named fault into config; without a name there is none.
func choose(name string, config *reference.Config) (fault.Fault, error) {
	if name == "" {
		return fault.Fault{}, nil
	}
	chosen, err := fault.Find(name)
	if err != nil {
		return fault.Fault{}, err
	}
	// The settings are those of a server without the fault.
	faulty := *config
	chosen.Apply(&faulty)
	config.Hooks = faulty.Hooks
	return chosen, nil
}

func write(stdout, stderr io.Writer, text string) int {
	if _, err := io.WriteString(stdout, text); err != nil {
		return fail(stderr, exitFailed, fmt.Errorf("the output cannot be written (%w): is standard output closed?", err))
	}
	return exitOK
}

// fail writes the error; where stderr is closed, the exit code tells it alone.
func fail(stderr io.Writer, code int, err error) int {
	_, _ = fmt.Fprintf(stderr, "%v.\n", err)
	return code
}
