package version_test

import (
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/klearstack/conformance/internal/version"
)

func TestOf(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		info *debug.BuildInfo
		want string
	}{
		"no build information": {nil, "(devel)"},
		"the suite itself":     {&debug.BuildInfo{Main: debug.Module{Path: version.Module, Version: "v1.2.3"}}, "v1.2.3"},
		"a test of the suite":  {&debug.BuildInfo{Main: debug.Module{Path: version.Module}}, "(devel)"},
		"a commit that is recorded": {&debug.BuildInfo{
			Main: debug.Module{Path: version.Module, Version: "(devel)"},
			Settings: []debug.BuildSetting{
				{Key: "vcs.revision", Value: "237f395942b03812f2e0f22811486d1464955fe5"},
				{Key: "vcs.time", Value: "2026-11-23T07:53:52Z"},
				{Key: "vcs.modified", Value: "true"},
			},
		}, "v0.0.0-20261123075352-237f395942b0+dirty"},
		"a commit without its time": {&debug.BuildInfo{
			Main: debug.Module{Path: version.Module}, Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "237f39"}},
		}, "v0.0.0-00010101000000-237f39"},
		"the commit of a program that replaces it": {&debug.BuildInfo{
			Main:     debug.Module{Path: "example.com/service", Version: "v9.0.0"},
			Deps:     []*debug.Module{{Path: version.Module, Version: "v1.2.3", Replace: &debug.Module{Path: "../conformance"}}},
			Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "237f395942b03812f2e0f22811486d1464955fe5"}},
		}, "(devel)"},
		"another program": {&debug.BuildInfo{Main: debug.Module{Path: "example.com/service", Version: "v9.0.0"}}, "(devel)"},
		"a program that requires it": {&debug.BuildInfo{
			Main: debug.Module{Path: "example.com/service", Version: "v9.0.0"},
			Deps: []*debug.Module{{Path: "example.com/other", Version: "v3.0.0"}, {Path: version.Module, Version: "v1.2.3"}},
		}, "v1.2.3"},
		"a program that replaces it": {&debug.BuildInfo{
			Main: debug.Module{Path: "example.com/service", Version: "v9.0.0"},
			Deps: []*debug.Module{{Path: version.Module, Version: "v1.2.3", Replace: &debug.Module{Path: "../conformance"}}},
		}, "(devel)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, version.Of(test.info))
		})
	}
}

func TestText(t *testing.T) {
	t.Parallel()
	stamped := func(modified string) *debug.BuildInfo {
		return &debug.BuildInfo{
			GoVersion: "go1.26.0",
			Main:      debug.Module{Path: version.Module, Version: "v1.2.3"},
			Settings: []debug.BuildSetting{
				{Key: "GOOS", Value: "linux"},
				{Key: "GOARCH", Value: "arm64"},
				{Key: "vcs.revision", Value: "0123abc"},
				{Key: "vcs.time", Value: "2026-01-02T03:04:05Z"},
				{Key: "vcs.modified", Value: modified},
			},
		}
	}
	for name, test := range map[string]struct {
		info *debug.BuildInfo
		want string
	}{
		"no build information": {nil, "Version   (devel)\nCommit    not recorded: make build in a clone records it\n"},
		"not stamped": {
			&debug.BuildInfo{GoVersion: "go1.26.0", Settings: []debug.BuildSetting{{Key: "GOOS", Value: "linux"}, {Key: "GOARCH", Value: "amd64"}}},
			"Version   (devel)\nCommit    not recorded: make build in a clone records it\nBuilt     with go1.26.0 for linux/amd64\n",
		},
		"clean": {
			stamped("false"),
			"Version   v1.2.3\nCommit    0123abc of 2026-01-02T03:04:05Z\nTree      clean\nBuilt     with go1.26.0 for linux/arm64\n",
		},
		"dirty": {
			stamped("true"),
			"Version   v1.2.3\nCommit    0123abc of 2026-01-02T03:04:05Z\nTree      dirty: the tree had changes that are not in the commit\nBuilt     with go1.26.0 for linux/arm64\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, version.Text(test.info))
		})
	}
}
