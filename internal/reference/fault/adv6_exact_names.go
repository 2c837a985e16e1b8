package fault

import (
	"slices"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func exactNames() []Fault {
	naming := func(choose func(missing []string) []string) reference.Hooks {
		return change.Naming(func(_ *reference.Call, missing []string) string { return reference.MissingText(choose(missing)) })
	}
	return of("ADV-6",
		hooked("first-missing-alone-named", "Names the first of several missing parameters alone.",
			naming(func(missing []string) []string { return missing[:1] })),
		hooked("last-missing-alone-named", "Names the last of several missing parameters alone.",
			naming(func(missing []string) []string { return missing[len(missing)-1:] })),
		hooked("every-parameter-named", "Names all three parameters whichever is missing.",
			naming(func([]string) []string { return reference.Parameters() })),
		hooked("sent-one-named-too", "Names a parameter that was sent beside the missing ones.",
			naming(func(missing []string) []string {
				named := slices.Clone(missing)
				for _, name := range reference.Parameters() {
					if !slices.Contains(missing, name) {
						return append(named, name)
					}
				}
				return named
			})),
	)
}
