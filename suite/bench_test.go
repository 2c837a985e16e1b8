//go:build unix

package suite

import (
	"io"
	"net/http"
	"regexp"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/cucumber/godog"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/features"
	"github.com/klearstack/conformance/internal/exchange"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/runner"
	"github.com/klearstack/conformance/internal/spec"
	"github.com/klearstack/conformance/steps"
)

// What a run costs beside its bare requests, on a server that answers after a while: floor sends the same requests with a
// bare net/http client; suite is a run with all of its reports; apart is one in which no scenario shares an exchange with
// another, and one exchange is under way at a time.
func BenchmarkRun(b *testing.B) {
	for _, delay := range []time.Duration{0, 10 * time.Millisecond, 50 * time.Millisecond, 200 * time.Millisecond} {
		settings := serveSlowly(b, delay)
		alone := settings
		alone.Concurrency = 1
		plan := planned(b, settings)
		logins := 0
		for _, request := range plan {
			if request.ValidLogin {
				logins++
			}
		}
		for _, of := range []struct {
			name string
			once func(b *testing.B) (requests int)
		}{
			{"floor", func(b *testing.B) int { b.Helper(); return newFloor(b, settings, plan).run(b) }},
			{"suite", func(b *testing.B) int { b.Helper(); return runOnce(b, settings, runner.Shared) }},
			{"apart", func(b *testing.B) int { b.Helper(); return runOnce(b, alone, slices.Clone[[]exchange.Request]) }},
		} {
			b.Run("delay="+delay.String()+"/of="+of.name, func(b *testing.B) {
				b.ReportAllocs()
				sent := 0
				before := processorTime(b)
				for b.Loop() {
					sent = of.once(b)
				}
				b.ReportMetric(float64(processorTime(b)-before)/float64(time.Millisecond)/float64(b.N), "cpu-ms/op")
				b.ReportMetric(float64(sent), "requests/op")
				b.ReportMetric(float64(logins), "logins/op") // of the plan, which all three have in common
			})
		}
	}
}

// What godog itself costs: the features with steps that do nothing, and no report.
func BenchmarkGodog(b *testing.B) {
	paths, err := spec.Paths(features.FS)
	require.NoError(b, err)
	b.ReportAllocs()
	before := processorTime(b)
	for b.Loop() {
		code := godog.TestSuite{
			TestSuiteInitializer: func(suite *godog.TestSuiteContext) {
				for _, pattern := range steps.Patterns() {
					suite.ScenarioContext().Step(pattern, nothing(regexp.MustCompile(pattern).NumSubexp()))
				}
			},
			Options: &godog.Options{
				FS: features.FS, Paths: paths, Format: "progress", Output: io.Discard, NoColors: true, Concurrency: 100, Strict: true,
			},
		}.Run()
		require.Zero(b, code)
	}
	b.ReportMetric(float64(processorTime(b)-before)/float64(time.Millisecond)/float64(b.N), "cpu-ms/op")
}

// nothing is a step that takes as many arguments and does nothing with them.
func nothing(arguments int) any {
	switch arguments {
	case 0:
		return func() error { return nil }
	case 1:
		return func(string) error { return nil }
	default:
		return func(_, _ string) error { return nil }
	}
}

// serveSlowly starts a reference server that answers after a while, and returns the settings that point the suite at it.
func serveSlowly(b *testing.B, delay time.Duration) Settings {
	b.Helper()
	config := reference.Default()
	server, err := reference.New(config)
	require.NoError(b, err)
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(delay):
			server.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	})
	running, err := reference.Start(slow, reference.Listen{})
	require.NoError(b, err)
	b.Cleanup(running.Close)
	settings := Defaults()
	settings.BaseURL, settings.JWTKey = running.URL, string(config.Key)
	settings.Username, settings.Password, settings.CompanyName = config.Users[0].Username, config.Users[0].Password, config.Users[0].Company
	settings.OtherCompanyName = config.Users[1].Company
	settings.ReportDir = b.TempDir()
	return settings
}

// planned returns what a run sends.
func planned(b *testing.B, settings Settings) []exchange.Request {
	b.Helper()
	var plan []exchange.Request
	runOnce(b, settings, func(all []exchange.Request) []exchange.Request {
		plan = runner.Shared(all)
		return plan
	})
	return plan
}

// runOnce runs the suite with all of its reports, and returns how many requests it sent.
func runOnce(b *testing.B, settings Settings, share func([]exchange.Request) []exchange.Request) int {
	b.Helper()
	run, err := prepare(Options{Settings: settings, Output: io.Discard})
	require.NoError(b, err)
	run.share = share
	made, err := run.do(b.Context())
	require.NoError(b, err)
	_, err = run.publish(&made)
	require.NoError(b, err)
	require.Equal(b, Conforms, made.Verdict)
	return made.Requests
}

// processorTime is what the process has spent so far.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	require.NoError(b, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
