package suite

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"testing"

	"github.com/cucumber/godog"

	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/version"
)

// MemoryLimit is the soft limit that a session sets its process, in bytes, unless GOMEMLIMIT sets another. Where a target
// sends much, garbage is collected earlier; nothing fails.
const MemoryLimit = 64 << 20

// Session makes a test binary of the suite: settings from the environment, godog's flags under -godog., -version, and the
// verdict as the binary's exit code. It serves one process.
type Session struct {
	environ []string
	output  io.Writer
	flags   godog.Options
	version *bool
	context context.Context //nolint:containedctx // Main ends it, and package testing has no way to hand it to Test
	made    *Result
	path    string
}

// New returns a session that takes its settings from variables given as [os.Environ] gives them, and makes godog's flags
// and -version known to flags, which Main parses: it is to be [flag.CommandLine].
func New(environ []string, output io.Writer, flags *flag.FlagSet) *Session {
	s := &Session{environ: environ, output: output, context: context.Background()}
	usage := flags.Usage
	godog.BindFlags("godog.", flags, &s.flags)
	flags.Usage = usage
	s.version = flags.Bool("version", false, "print the version and the commit of this binary, and run nothing")
	return s
}

// Main runs the tests of m, ends their output with the summary, and returns what the process is to exit with: 0 where
// the target conforms, 1 where it violates its contract or another test failed, 3 where nothing certain can be said. With
// -version it prints that instead, and returns 0.
func (s *Session) Main(m *testing.M) int {
	flag.Parse()
	if *s.version {
		return s.printVersion()
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(MemoryLimit)
	}
	_ = silence() // for good: what is left of a connection may log after the run
	interruptible, stop := signal.NotifyContext(s.context, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(interruptible, stop) // a second signal ends the process, whatever it is waiting for
	s.context = interruptible
	code := 0
	if problem := stray(flag.Args()); problem != "" {
		s.end(problem)
	} else {
		code = m.Run()
	}
	if s.made == nil {
		if list := flag.Lookup("test.list"); list != nil && list.Value.String() != "" {
			return code
		}
		s.end("no scenario is selected: check -run against TestConformance")
	}
	err := report.Summary(s.output, s.made, s.path)
	if err == nil {
		err = tellGitHub(s.environ, s.output, s.made)
	}
	if err != nil {
		code = max(code, 1)
		_, _ = fmt.Fprintln(s.output, redact.Harmless(err.Error())) // where that fails, too, the exit code is all there is
	}
	if code == 0 || s.made.Verdict != Conforms {
		return s.made.Verdict.ExitCode()
	}
	return code
}

// end sets the result of a run that sent nothing.
func (s *Session) end(problem string) {
	made := result.Untouched(problem)
	s.made = &made
}

func (s *Session) printVersion() int {
	if _, err := io.WriteString(s.output, version.Text(buildInfo())); err != nil {
		fmt.Fprintln(os.Stderr, "the version can't be printed: check whether standard output is closed")
		return 1
	}
	return 0
}

// Test runs the features, a scenario a subtest. It is called once, by the one test of the binary.
//
//nolint:tparallel // it is the one test of its binary
func (s *Session) Test(t *testing.T) {
	if s.made != nil {
		t.Fatal("the suite runs once in a process, lest accounts be locked: leave out -count and -cpu")
	}
	settings, err := FromEnvironment(s.environ)
	if err == nil {
		var made Result
		made, s.path, err = test(s.context, t, Options{
			Settings: settings, Tags: s.flags.Tags, Format: s.format(), Concurrency: s.concurrency(),
			Random: s.flags.Randomize, Output: s.output,
		})
		s.made = &made
	}
	if err != nil {
		s.end(err.Error())
		t.Error(redact.Harmless(err.Error()))
	}
}

func given(name string) bool {
	set := false
	flag.Visit(func(f *flag.Flag) { set = set || f.Name == name })
	return set
}

// format is the chosen format, "" where none was chosen; godog's own default is pretty.
func (s *Session) format() string {
	if given("godog.format") || given("godog.f") {
		return s.flags.Format
	}
	return ""
}

func (s *Session) concurrency() int {
	if given("godog.concurrency") || given("godog.c") {
		return s.flags.Concurrency
	}
	return 0
}
