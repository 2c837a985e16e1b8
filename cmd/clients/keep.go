package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// keep writes what a client sent to files that are called after its captures, byte by byte, so that they can take the
// captures' places. The error is one sentence.
func keep(folder string, calls []call, captures []string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("the folder %s for what it sent can't be made: check the permissions there", folder)
	}
	for i := range min(len(calls), len(captures)) {
		file := filepath.Join(folder, captures[i]+".http")
		if err := os.WriteFile(file, calls[i].raw, 0o644); err != nil { //nolint:gosec // the credentials in it are made up and public
			return fmt.Errorf("%s can't be written: check the permissions there", file)
		}
	}
	return nil
}
