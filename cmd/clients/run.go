package main

import (
	"context"
	"io"
	"strings"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/target"
)

// reports is the folder for what the clients sent.
const reports = "reports/clients"

// The exit codes.
const (
	allWell  = 0
	notWell  = 1
	unusable = 2
)

// run tries all samples where the environment says and reports to out. It returns an exit code.
func run(ctx context.Context, environ []string, all []sample, folder string, out io.Writer) int {
	report := &report{out: out, strict: strict(environ)}
	here := find(ctx, all)
	report.all(ctx, "the reference server", here, func(one found) outcome { return tryReference(ctx, one, folder) })
	settings, err := config.FromEnvironment(environ)
	if err != nil {
		report.say("%s", err)
		return unusable
	}
	if !settings.Embedded() {
		deployed, err := target.Open(settings, "")
		if err != nil {
			report.say("%s", err)
			return unusable
		}
		defer deployed.Close()
		if settings.InsecureSkipVerify {
			report.say("KLEARSTACK_INSECURE_SKIP_VERIFY is set: nobody knows whether what follows is %s.", deployed.Name)
		}
		report.all(ctx, deployed.Name, here, func(one found) outcome { return tryDeployment(ctx, one, deployed) })
	}
	if ctx.Err() != nil {
		report.say("The command was interrupted before it had seen everything: start it again.")
		return notWell
	}
	if report.failed {
		return notWell
	}
	return allWell
}

// strict reports whether CI is set, where a client that is missing is a failure.
func strict(environ []string) bool {
	set := false
	for _, variable := range environ {
		if name, value, _ := strings.Cut(variable, "="); name == "CI" {
			set = value != ""
		}
	}
	return set
}
