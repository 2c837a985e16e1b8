package report

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/klearstack/conformance/internal/result"
)

// Name is the file that the machine-readable result is written to.
const Name = "conformance.json"

// Write writes the machine-readable result into the folder, which it makes if need be, and returns the file's path. A
// run that is interrupted leaves an earlier file whole. The error is one sentence.
func Write(dir string, r *result.Result) (path string, err error) {
	path = filepath.Join(dir, Name)
	if err := write(dir, path, r); err != nil {
		return "", fmt.Errorf("the report can't be written to %q: set KLEARSTACK_REPORT_DIR to a folder that can be written to, or to - for none", dir)
	}
	return path, nil
}

func write(dir, path string, r *result.Result) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return err
	}
	// Others may read it, as whatever else is made in that folder: a file by os.CreateTemp is its owner's alone.
	temporary, err := os.OpenFile(path+"."+rand.Text(), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = temporary.Write(append(text, '\n'))
	if closing := temporary.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
	}
	return err
}
