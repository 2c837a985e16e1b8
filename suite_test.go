package conformance_test

import (
	"flag"
	"os"
	"testing"

	"github.com/klearstack/conformance/suite"
)

// session carries the verdict from the test to the exit code; testing knows no other way.
var session = suite.New(os.Environ(), os.Stdout, flag.CommandLine)

func TestMain(m *testing.M) { os.Exit(session.Main(m)) }

func TestConformance(t *testing.T) { session.Test(t) }
