// Package version says which build of the suite this is, from what Go records in a binary.
package version

import (
	"fmt"
	"runtime/debug"
	"strings"
	"time"
)

// Module is the path of the suite's module.
const Module = "github.com/klearstack/conformance"

// unknown is the version of a build that Go recorded none for, such as that of go test.
const unknown = "(devel)"

// source is the tag or the commit that the source was fetched at, which scripts/build sets where it is no clone: GitHub fetches
// an action without its history.
//
//nolint:gochecknoglobals // only the linker sets it
var source string

// Of returns the suite's version in a program's build information: a tag, or a pseudo-version that names the commit, with
// +dirty where the tree had changes; "(devel)" where nothing is recorded. Where the suite is a library of the program, it
// is the version that the program requires.
func Of(info *debug.BuildInfo) string {
	module := find(info)
	switch {
	case module == nil:
		return unknown
	case module.Version != "" && module.Version != unknown:
		return module.Version
	case module != &info.Main: // what is recorded of the commit is the program's
		return unknown
	case source != "":
		return source
	}
	return pseudo(recorded(info))
}

// recorded returns the settings of a build by their keys.
func recorded(info *debug.BuildInfo) map[string]string {
	settings := map[string]string{}
	if info != nil {
		for _, setting := range info.Settings {
			settings[setting.Key] = setting.Value
		}
	}
	return settings
}

// pseudo returns the version that names the commit of a build (Go Modules Reference, Pseudo-versions); "(devel)" where no
// commit is recorded.
func pseudo(settings map[string]string) string {
	commit := settings["vcs.revision"]
	if commit == "" {
		return unknown
	}
	stamp := "00010101000000"
	if at, err := time.Parse(time.RFC3339, settings["vcs.time"]); err == nil {
		stamp = at.UTC().Format("20060102150405")
	}
	version := "v0.0.0-" + stamp + "-" + commit[:min(len(commit), 12)]
	if settings["vcs.modified"] == "true" {
		version += "+dirty"
	}
	return version
}

// find returns the suite's module as it was built, which a replace directive may have put in place of another.
func find(info *debug.BuildInfo) *debug.Module {
	if info == nil {
		return nil
	}
	if info.Main.Path == Module {
		return &info.Main
	}
	for _, module := range info.Deps {
		if module.Path == Module {
			if module.Replace != nil {
				return module.Replace
			}
			return module
		}
	}
	return nil
}

// Text returns what -version prints: the version, the commit, whether the tree had changes that are not in it, the Go
// version and the platform.
func Text(info *debug.BuildInfo) string {
	var text strings.Builder
	fmt.Fprintf(&text, "Version   %s\n", Of(info))
	recorded := recorded(info)
	if commit := recorded["vcs.revision"]; commit == "" {
		text.WriteString("Commit    not recorded: make build in a clone records it\n")
	} else {
		tree := "clean"
		if recorded["vcs.modified"] != "false" {
			tree = "dirty: the tree had changes that are not in the commit"
		}
		fmt.Fprintf(&text, "Commit    %s of %s\nTree      %s\n", commit, recorded["vcs.time"], tree)
	}
	if info != nil {
		fmt.Fprintf(&text, "Built     with %s for %s/%s\n", info.GoVersion, recorded["GOOS"], recorded["GOARCH"])
	}
	return text.String()
}
