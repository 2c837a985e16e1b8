package suite_test

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"testing"
)

// watchedFolder names the folder in which the tests of a watched process leave their canaries.
const watchedFolder = "CONFORMANCE_TEST_WATCHED"

// measuredFile names the file in which TestChildMeasured leaves its peak; the variable is set for that child alone.
const measuredFile = "CONFORMANCE_TEST_MEASURED"

// TestMain runs the tests in a process of its own, and looks through all that comes out of it for the canaries that the
// tests left: no password, key or signature may stand there, whatever server was met.
func TestMain(m *testing.M) {
	for _, child := range []string{watchedFolder, canaryFolder, measuredFile} {
		if os.Getenv(child) != "" {
			os.Exit(inside(m))
		}
	}
	os.Exit(watched())
}

// inside runs the tests, and lets garbage grow: many runs at once make much of it, and collecting it takes a third of
// their time.
func inside(m *testing.M) int {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	return m.Run()
}

func watched() int {
	folder, err := os.MkdirTemp("", "conformance-canaries-")
	if err != nil {
		return complain(err)
	}
	defer func() { _ = os.RemoveAll(folder) }() // what is left is in the folder for what is left
	output, err := os.Create(filepath.Join(folder, "output"))
	if err != nil {
		return complain(err)
	}
	defer func() { _ = output.Close() }()
	child := exec.Command(os.Args[0], os.Args[1:]...) //nolint:noctx // it ends by its own timeout
	child.Env = append(os.Environ(), watchedFolder+"="+folder)
	child.Stdin, child.Stdout, child.Stderr = os.Stdin, io.MultiWriter(os.Stdout, output), io.MultiWriter(os.Stderr, output)
	code := 0
	if err := child.Run(); err != nil {
		code = max(1, child.ProcessState.ExitCode())
	}
	text, err := os.ReadFile(output.Name())
	if err != nil {
		return complain(err)
	}
	issued, err := readCanaries(folder)
	if err != nil {
		return complain(err)
	}
	if before, found := index(issued).in(text); found {
		return complain(fmt.Errorf("a secret stands in the output of the tests, after: %s", before))
	}
	return code
}

func complain(err error) int {
	fmt.Fprintln(os.Stderr, "FAIL:", err)
	return 1
}
