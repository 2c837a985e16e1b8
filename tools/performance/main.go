// Command performance renews the tables of docs/performance.md with what the benchmarks printed.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"

	"golang.org/x/perf/benchfmt"
)

// The tables stand between these lines.
const (
	begin = "<!-- what follows is made by make bench -->\n"
	end   = "<!-- up to here -->\n"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: performance BENCHMARKS.txt PAGE.md")
		os.Exit(2)
	}
	if err := renew(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// renew puts the figures of one file into the other.
func renew(benchmarks, page string) error {
	printed, err := os.ReadFile(benchmarks)
	if err != nil {
		return fmt.Errorf("there are no figures in %s: run make bench", benchmarks)
	}
	found, err := read(printed)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(page)
	if err != nil {
		return fmt.Errorf("%s can't be read: restore it", page)
	}
	before, rest, opened := strings.Cut(string(text), begin)
	_, after, closed := strings.Cut(rest, end)
	if !opened || !closed {
		return fmt.Errorf("%s has no place for the tables: restore its lines %q and %q", page, strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	made, err := found.tables(time.Now())
	if err != nil {
		return err
	}
	return os.WriteFile(page, []byte(before+begin+made+end+after), 0o644)
}

// figures are the values of all benchmarks: by their names without Benchmark, then by unit.
type figures struct {
	values    map[string]map[string]float64
	processor string
}

func read(printed []byte) (figures, error) {
	f := figures{values: map[string]map[string]float64{}}
	reader := benchfmt.NewReader(bytes.NewReader(printed), "benchmarks")
	for reader.Scan() {
		line, ok := reader.Result().(*benchfmt.Result)
		if !ok {
			continue
		}
		f.processor = line.GetConfig("cpu")
		name := strings.TrimSuffix(string(line.Name.Full()), fmt.Sprintf("-%d", runtime.GOMAXPROCS(0)))
		f.values[name] = map[string]float64{}
		for _, value := range line.Values {
			f.values[name][value.Unit] = value.Value
		}
	}
	return f, reader.Err()
}

// get returns one figure; lacking notes what is not there.
func (f figures) get(name, unit string, lacking *[]error) float64 {
	value, known := f.values[name][unit]
	if !known {
		*lacking = append(*lacking, fmt.Errorf("the figures lack %s of %s: run make bench to its end", unit, name))
	}
	return value
}

// tables returns the figures as Markdown.
func (f figures) tables(now time.Time) (string, error) {
	var text strings.Builder
	var lacking []error
	of := func(name, unit string) float64 { return f.get(name, unit, &lacking) }
	say := func(format string, values ...any) { fmt.Fprintf(&text, format+"\n", values...) }

	say("\nMeasured on %s, on %d cores of a machine with an %s, %s.\n", now.UTC().Format("2 January 2006"), runtime.NumCPU(), f.processor, runtime.Version())
	say("| the server answers after | bare client (a) | the suite (b) | b/a | unshared, one at a time (c) | c/b |")
	say("| ---: | ---: | ---: | ---: | ---: | ---: |")
	for _, delay := range []string{"0s", "10ms", "50ms", "200ms"} {
		run := func(kind string) float64 { return of("Run/delay="+delay+"/of="+kind, "sec/op") * 1e3 }
		a, b, c := run("floor"), run("suite"), run("apart")
		say("| %s | %.0f ms | %.0f ms | %.2f | %.0f ms | %.1f |", strings.Replace(delay, "ms", " ms", 1), a, b, b/a, c, c/b)
	}
	suite, floor := "Run/delay=0s/of=suite", "Run/delay=0s/of=floor"
	say("\n| a run | |\n| --- | ---: |")
	say("| requests | %.0f |", of(suite, "requests/op"))
	say("| valid logins among them | %.0f |", of(suite, "logins/op"))
	say("| requests without sharing | %.0f |", of("Run/delay=0s/of=apart", "requests/op"))
	say("| processor time at 0 ms, the server's included | %.0f ms |", of(suite, "cpu-ms/op"))
	say("| of that the bare client's and the server's | %.0f ms |", of(floor, "cpu-ms/op"))
	say("| of that godog's own, with steps that do nothing | %.0f ms |", of("Godog", "cpu-ms/op"))
	say("| allocated | %.1f MB in %.0f objects |", of(suite, "B/op")/1e6, of(suite, "allocs/op"))
	say("| the binary, from its start to its first request | %.0f ms |", of("Binary", "ms-to-first-request"))
	say("| the binary, from its start to its end at 0 ms | %.0f ms |", of("Binary", "sec/op")*1e3)
	say("| the binary's processor time | %.0f ms |", of("Binary", "cpu-ms/op"))
	say("| the binary's most memory resident | %.0f MiB |", of("Binary", "peak-MiB"))

	say("\n| scenarios over one exchange | a scenario | its processor time | allocated for it | kept of it |\n| ---: | ---: | ---: | ---: | ---: |")
	for _, count := range []string{"10", "100", "1000"} {
		name := "Scenarios/count=" + count
		say("| %s | %.2f ms | %.2f ms | %.0f kB | %.1f kB |", count, of(name, "ms/scenario"), of(name, "cpu-ms/scenario"), of(name, "kB/scenario"), of(name, "kept-kB/scenario"))
	}
	say("")
	return text.String(), errors.Join(lacking...)
}
