package suite

import (
	"runtime/debug"

	"github.com/klearstack/conformance/internal/version"
)

// Version is the suite's version, from the build information: a tag, or a pseudo-version that names the commit; "(devel)"
// where none is recorded.
func Version() string { return version.Of(buildInfo()) }

// buildInfo is nil where the program was built without modules.
func buildInfo() *debug.BuildInfo {
	info, _ := debug.ReadBuildInfo()
	return info
}
