// Package version says which build of the suite this is, from what Go records in a binary.
package version

import (
	"fmt"
	"runtime/debug"
	"strings"
)

// Module is the path of the suite's module.
const Module = "github.com/klearstack/conformance"

// unknown is the version of a build that Go recorded none for, such as that of go test.
const unknown = "(devel)"

// Of returns the suite's version in a program's build information: a tag, or a pseudo-version that names the commit, with
// +dirty where the tree had changes; "(devel)" where nothing is recorded. Where the suite is a library of the program, it
// is the version that the program requires.
func Of(info *debug.BuildInfo) string {
	module := find(info)
	if module == nil || module.Version == "" {
		return unknown
	}
	return module.Version
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
	recorded := map[string]string{}
	if info != nil {
		for _, setting := range info.Settings {
			recorded[setting.Key] = setting.Value
		}
	}
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
