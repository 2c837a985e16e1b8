package suite_test

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets garbage grow: many runs at once make much of it, and collecting it takes a third of their time.
func TestMain(m *testing.M) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	os.Exit(m.Run())
}
