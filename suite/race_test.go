//go:build race

package suite_test

// raced tells that the race detector takes part, and memory of its own.
const raced = true
