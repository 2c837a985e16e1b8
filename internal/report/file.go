package report

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/klearstack/conformance/internal/result"
)

// Name is the file that the results model is written to.
const Name = "conformance.json"

// Partial is the folder, in that of the reports, for those of partial runs: the report of the last run of the whole contract
// stays as it is, because the next run is compared with it.
const Partial = "partial"

// file is one file of a report.
type file struct {
	name   string
	render func(*result.Result) ([]byte, error)
}

// files returns those of a report, the one for people first. The model is the last: where it is new, so are the others.
func files() []file {
	return []file{
		{"report.html", HTML},
		{"summary.md", Markdown},
		{"junit.xml", JUnit},
		{"cucumber.json", Cucumber},
		{Name, JSON},
	}
}

// JSON returns the results model itself, as schemas/conformance-report.schema.json describes it.
func JSON(r *result.Result) ([]byte, error) {
	text, err := json.MarshalIndent(r, "", "  ")
	return append(text, '\n'), err
}

// Write writes the report into the folder, which it makes if need be, or into the folder Partial in it, and returns the path
// of the file that is for people. A run that is interrupted leaves an earlier report whole. The error is one sentence.
func Write(dir string, r *result.Result) (path string, err error) {
	if r.Partial != nil {
		dir = filepath.Join(dir, Partial)
	}
	if err := write(dir, r); err != nil {
		return "", fmt.Errorf("the report can't be written to %q: set KLEARSTACK_REPORT_DIR to a folder that can be written to, or to - for none", dir)
	}
	return filepath.Join(dir, files()[0].name), nil
}

// Fits reports whether a report can stand in the folder: neither the folder nor a file of the report is there as something
// else, such as a named pipe. The error is one sentence.
func Fits(dir string) error {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return fmt.Errorf("KLEARSTACK_REPORT_DIR names %q, which is not a folder: set it to one, or to - for no report", dir)
	}
	for _, f := range files() {
		if info, err := os.Stat(filepath.Join(dir, f.name)); err == nil && !info.Mode().IsRegular() {
			return fmt.Errorf("KLEARSTACK_REPORT_DIR names %q, in which %s is not a regular file: remove that, or set another folder", dir, f.name)
		}
	}
	return nil
}

// write writes every file under another name first, and renames them once all are whole.
func write(dir string, r *result.Result) (err error) {
	if err := Fits(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	suffix := "." + rand.Text()
	var paths []string
	defer func() {
		for _, path := range paths {
			_ = os.Remove(path + suffix) // none is left where all went well
		}
	}()
	texts, err := rendered(r)
	if err != nil {
		return err
	}
	for i, f := range files() {
		path := filepath.Join(dir, f.name)
		paths = append(paths, path)
		if err := create(path+suffix, texts[i]); err != nil {
			return err
		}
	}
	for _, path := range paths {
		if err := os.Rename(path+suffix, path); err != nil {
			return err
		}
	}
	return nil
}

// rendered returns the texts of all files, which are made side by side.
func rendered(r *result.Result) ([][]byte, error) {
	all := files()
	texts, errs := make([][]byte, len(all)), make([]error, len(all))
	var rendering sync.WaitGroup
	for i, f := range all {
		rendering.Go(func() { texts[i], errs[i] = f.render(r) })
	}
	rendering.Wait()
	return texts, errors.Join(errs...)
}

// create writes a new file. Others may read it, as whatever else is made in that folder: a file by os.CreateTemp is its
// owner's alone.
func create(path string, text []byte) error {
	made, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = made.Write(text)
	if closing := made.Close(); err == nil {
		err = closing
	}
	return err
}
