package variant

import "slices"

// Catalogue returns every variant.
func Catalogue() []Variant {
	return slices.Concat(
		servings(),
		transfers(),
		compressions(),
		headers(),
		bodies(),
		releases(),
		lifetimes(),
		clocks(),
		users(),
		tokenForms(),
		names(),
		sentences(),
		refusals(),
		methods(),
		repetitions(),
		origins(),
		cookies(),
		stacks(),
		credentials(),
	)
}
