//go:build unix

package suite

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/runner"
	"github.com/klearstack/conformance/internal/spec"
)

// What a scenario costs: runs of more and more of them over the same exchange, with all reports.
func BenchmarkScenarios(b *testing.B) {
	settings := serveSlowly(b, 0)
	for _, count := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("count=%d", count), func(b *testing.B) {
			features := generated(count)
			before, beginning := processorTime(b), memory()
			var made Result
			for b.Loop() {
				clauses, err := spec.Read(features, "")
				require.NoError(b, err)
				run := &run{Options: Options{Settings: settings}, output: io.Discard, features: features, all: clauses, selected: clauses}
				run.share = runner.Shared
				made, err = run.do(b.Context())
				require.NoError(b, err)
				_, err = report.Write(settings.ReportDir, &made)
				require.NoError(b, err)
				require.Equal(b, Conforms, made.Verdict)
			}
			spent, all := processorTime(b)-before, float64(b.N)*float64(count)
			ending := memory()
			b.ReportMetric(float64(b.Elapsed())/1e6/all, "ms/scenario")
			b.ReportMetric(float64(spent)/1e6/all, "cpu-ms/scenario")
			b.ReportMetric(float64(ending.TotalAlloc-beginning.TotalAlloc)/1e3/all, "kB/scenario")
			b.ReportMetric((float64(ending.HeapAlloc)-float64(beginning.HeapAlloc))/1e3/float64(count), "kept-kB/scenario")
			runtime.KeepAlive(made)
		})
	}
}

// memory returns how the process uses it, once it is rid of what it does not need.
func memory() runtime.MemStats {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats
}

// generated is a feature with that many scenarios over one exchange.
func generated(count int) fstest.MapFS {
	var text strings.Builder
	text.WriteString("Feature: Many\n\n  @OK-1 @documented\n  Rule: A valid login succeeds\n    Source: the page.\n")
	for i := range count {
		fmt.Fprintf(&text, "\n    Scenario: Number %d\n      When the user logs in\n      Then the login succeeds with status 200\n", i+1)
	}
	return fstest.MapFS{"1-many.feature": {Data: []byte(text.String())}}
}
