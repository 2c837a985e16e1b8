package suite_test

import (
	"testing"

	"github.com/klearstack/conformance/internal/hostile"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
	"github.com/klearstack/conformance/internal/reference/variant"
	"github.com/klearstack/conformance/suite"
)

// server is one that the suite is pointed at. Watch sees its configuration before it starts; it ends with the test.
type server struct {
	name  string
	start func(t *testing.T, watch func(*reference.Config)) suite.Settings
}

// everyServer returns those with faults, those that conform, and those that misbehave.
func everyServer() []server {
	var all []server
	for _, f := range fault.Catalogue() {
		all = append(all, server{"fault/" + f.Name, func(t *testing.T, watch func(*reference.Config)) suite.Settings {
			t.Helper()
			return serveFault(t, f, watch)
		}})
	}
	for _, v := range variant.Catalogue() {
		all = append(all, server{"variant/" + v.Name, func(t *testing.T, watch func(*reference.Config)) suite.Settings {
			t.Helper()
			return serveVariant(t, v, watch)
		}})
	}
	for _, m := range hostile.Catalogue() {
		all = append(all, server{"hostile/" + m.Name, func(t *testing.T, watch func(*reference.Config)) suite.Settings {
			t.Helper()
			config := reference.Default()
			watch(&config)
			settings, running := serveHostile(t, m, config)
			t.Cleanup(running.Close)
			return settings
		}})
	}
	return all
}
