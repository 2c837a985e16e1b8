package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"regexp"
	"time"
)

const (
	mostOutput = 2 << 20          // bytes that are kept of each of a program's two outputs
	leftBehind = time.Second      // how long an output may stay open after the program's end
	toLook     = 20 * time.Second // how long a program may take to tell its version
)

// output is what a program wrote.
type output struct{ standard, errors string }

// execute runs a program with an environment of its own and ends everything that it started. The error is exec's: the
// program can't be started, or ended with another code than 0.
func execute(ctx context.Context, arguments, environ []string) (output, error) {
	command := exec.CommandContext(ctx, arguments[0], arguments[1:]...) //nolint:gosec // the programs are this command's own
	command.Env = environ
	standard, errors := &bounded{left: mostOutput}, &bounded{left: mostOutput}
	command.Stdout, command.Stderr = standard, errors
	command.WaitDelay = leftBehind
	group(command)
	command.Cancel = func() error { return endGroup(command.Process) }
	err := command.Run()
	if command.Process != nil {
		_ = endGroup(command.Process) // most of the time nobody is left
	}
	return output{standard.String(), errors.String()}, err
}

// environment is what every program gets to know: where programs are, and a folder for what it leaves behind. Nothing of
// the caller's, such as a proxy or a setting, changes what a client sends.
func environment(folder string, more ...string) []string {
	return append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + folder, "TMPDIR=" + folder, "LANG=C.UTF-8", "LC_ALL=C.UTF-8",
	}, more...)
}

// versionOf runs a program and returns the version that a pattern finds in what it prints; "" where it does not run.
func versionOf(ctx context.Context, pattern *regexp.Regexp, arguments ...string) string {
	ctx, cancel := context.WithTimeout(ctx, toLook)
	defer cancel()
	printed, err := execute(ctx, arguments, environment(os.TempDir()))
	if err != nil {
		return ""
	}
	version := pattern.FindStringSubmatch(printed.standard)
	if version == nil {
		return ""
	}
	return version[1]
}

// bounded keeps the first bytes that are written to it and drops the rest.
type bounded struct {
	kept bytes.Buffer
	left int // bytes that may still be kept
}

// Write never fails, so that no program notices the bound.
func (b *bounded) Write(text []byte) (int, error) {
	taken := min(len(text), b.left)
	b.left -= taken
	b.kept.Write(text[:taken])
	return len(text), nil
}

// String returns what was kept.
func (b *bounded) String() string { return b.kept.String() }
