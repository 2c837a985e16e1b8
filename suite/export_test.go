package suite

import "github.com/klearstack/conformance/internal/book"

// By returns options of a run that goes by a clock of the test's.
func (o Options) By(clock book.Clock) Options {
	o.clock = clock
	return o
}
