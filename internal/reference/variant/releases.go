package variant

import "github.com/klearstack/conformance/internal/reference"

// releases differ in the release version.
func releases() []Variant {
	var all []Variant
	for _, version := range []string{
		"7.8", "10.12.0", "7.8.9.10", "2024.01.15", "7.8.9-rc.1", "7.8.9+build.5", "7.8.9-rc.1+build.5",
		"7.8.9-SNAPSHOT", "7.8.9rc1", "7.8.9.post1", "0.0.0",
		"7.8.9.Final", "7.8.9.RELEASE", "7.8.9_4", "7.8.9 (build 12)", "7.8.9.dev3", "7.8.9~beta1", "7.8.9-1ubuntu2", "7.8.9 GA", "7.8.9, build 12",
	} {
		all = append(all, configured("release-"+version, "Tells the release "+version+".",
			"OK-4: dotted numbers, optionally followed by a suffix in any usual notation",
			func(config *reference.Config) { config.ReleaseVersion = version }))
	}
	return all
}
