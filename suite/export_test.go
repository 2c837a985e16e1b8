package suite

import "github.com/klearstack/conformance/internal/runner"

// By returns options of a run that goes by a clock of the test's.
func (o Options) By(clock runner.Clock) Options {
	o.clock = clock
	return o
}
