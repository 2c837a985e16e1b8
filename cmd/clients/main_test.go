package main

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain is the stand-in for a client where it is started as one.
func TestMain(m *testing.M) {
	if address := os.Getenv("SAMPLE_URL"); address != "" {
		os.Exit(replay(address, os.Args[1:]))
	}
	goleak.VerifyTestMain(m)
}
