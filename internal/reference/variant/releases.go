package variant

import "github.com/klearstack/conformance/internal/reference"

// releases differ in the release version.
func releases() []Variant {
	var all []Variant
	for _, version := range []string{
		"7.8", "10.12.0", "7.8.9.10", "2024.01.15", "7.8.9-rc.1", "7.8.9+build.5", "7.8.9-rc.1+build.5",
		"7.8.9-SNAPSHOT", "7.8.9rc1", "7.8.9.post1", "0.0.0",
	} {
		all = append(all, configured("release-"+version, "Tells the release "+version+".",
			"OK-4: dotted numbers, optionally with a pre-release or build suffix",
			func(config *reference.Config) { config.ReleaseVersion = version }))
	}
	return all
}
