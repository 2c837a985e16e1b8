package conformance_test

import (
	"flag"
	"os"
	"testing"

	"github.com/klearstack/conformance/suite"
)

//nolint:gochecknoglobals // it carries the verdict from the test to the exit code; package testing has no other way
var session = suite.New(os.Environ(), os.Stdout, flag.CommandLine)

func TestMain(m *testing.M) { os.Exit(session.Main(m)) }

//nolint:paralleltest // the one test of the binary; its subtests run in parallel
func TestConformance(t *testing.T) { session.Test(t) }
