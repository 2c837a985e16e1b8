package job

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/klearstack/conformance/internal/result"
)

// The files in which the report's folder keeps what the suite does not know.
const (
	stateFile   = "job.json"
	earlierFile = "job-earlier.json" // the last run's, which was brought back
)

// State is what one run leaves to the next, and to the issue. It travels with the report: GitHub's own record of a run
// has no verdict for each environment, and shows an inconclusive run as a success.
type State struct {
	Verdict  result.Verdict `json:"verdict"`
	Reported bool           `json:"reported"`                 // the suite left a report and ended as it says; else the verdict is inconclusive
	InARow   int            `json:"inconclusive_runs_in_row"` // up to this run
}

// after returns the state of a run, which counts nothing yet, as one that follows another; earlier is the zero State where there was none.
func (s State) after(earlier State) State {
	if s.Verdict == result.Inconclusive {
		s.InARow = earlier.InARow + 1
	}
	return s
}

// readState returns what is in one of the files.
func readState(dir, name string) (State, error) {
	var s State
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return State{}, err
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return State{}, err
	}
	return s, nil
}

// write leaves the state in the folder.
func (s State) write(dir string) error {
	text, err := json.MarshalIndent(s, "", "  ")
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, stateFile), append(text, '\n'), 0o644)
	}
	if err != nil {
		return fmt.Errorf("the job's state can't be written to %q: set %s to a folder that can be written to", dir, reportVariable)
	}
	return nil
}
