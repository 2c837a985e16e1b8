// Package textfile reads and extends the files that settings name. It opens regular files only: opening anything else might
// block.
package textfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Read reads a regular file of a bounded size. The errors complete a sentence that
// begins with "a file that", and do not name it.
func Read(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("does not exist")
	case err != nil:
		return nil, errors.New("cannot be reached")
	case info.IsDir():
		return nil, errors.New("is a folder")
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, errors.New("cannot be read")
	}
	defer func() { _ = file.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	switch {
	case err != nil:
		return nil, errors.New("cannot be read")
	case int64(len(content)) > limit:
		return nil, fmt.Errorf("is larger than %d KiB", limit>>10)
	default:
		return content, nil
	}
}

// Append adds text to the end of a regular file, which it makes if need be.
func Append(path string, text []byte) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return errNotRegular
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}

var errNotRegular = errors.New("is not a regular file")

// ErrUTF16 is the error of [Plain]. It completes the same sentence as those of [Read].
var ErrUTF16 = errors.New("is in UTF-16")

// Plain returns the content of a text file without the byte order mark that some editors put before it.
func Plain(content []byte) ([]byte, error) {
	if isUTF16(content) {
		return nil, ErrUTF16
	}
	return bytes.TrimPrefix(content, []byte("\xef\xbb\xbf")), nil
}

// isUTF16 reports whether text is in UTF-16: it has its mark, or its first two characters are plain ones of two bytes.
func isUTF16(text []byte) bool {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return true
	}
	if len(text) < 4 {
		return false
	}
	zero := [4]bool{text[0] == 0, text[1] == 0, text[2] == 0, text[3] == 0}
	return zero == [4]bool{false, true, false, true} || zero == [4]bool{true, false, true, false}
}
