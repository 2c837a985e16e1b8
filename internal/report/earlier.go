package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/internal/textfile"
)

// largest is how many bytes of an earlier model are read.
const largest = 64 << 20

// Compare notes in a result what changed since the last run of the whole contract, whose model stands in the folder. Where that can't be told, a
// note says why; where there was no run, nothing is said.
func Compare(dir string, r *result.Result) {
	path := filepath.Join(dir, Name)
	earlier, err := Read(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		r.Notes = append(r.Notes, fmt.Sprintf("Changes since the last run are not told, because %q is not the model of a run.", path))
	case earlier.Target != r.Target:
		r.Notes = append(r.Notes, fmt.Sprintf("Changes since the last run are not told, because %q is of another target.", path))
	case earlier.Partial != nil:
		r.Notes = append(r.Notes, fmt.Sprintf("Changes since the last run are not told, because %q is of a partial run.", path))
	default:
		r.Changes = r.ChangesSince(earlier)
	}
}

// Read returns the model that the last run left in the folder. The error is [fs.ErrNotExist] where there was none.
func Read(dir string) (*result.Result, error) {
	path := filepath.Join(dir, Name)
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	text, err := textfile.Read(path, largest)
	if err != nil {
		return nil, err
	}
	earlier := &result.Result{}
	if err := json.Unmarshal(text, earlier); err != nil {
		return nil, err
	}
	if earlier.Start.IsZero() || len(earlier.Clauses) == 0 {
		return nil, errors.New("no model")
	}
	return earlier, nil
}
