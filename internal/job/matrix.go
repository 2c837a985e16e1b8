package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Entry is one job of the matrix.
type Entry struct {
	Environment string `json:"environment"` // of GitHub; it holds the settings and the secrets
	Artifact    string `json:"artifact"`    // the name under which the report is uploaded
	// Record reports whether the run is one of those that are compared with each other: of the whole contract, as the
	// environment sets it, on the default branch. The others have artifacts of their own, and touch no issue.
	Record bool `json:"record"`
}

const (
	everything = "all" // the choice by hand of all environments
	mostJobs   = 256   // that GitHub makes of a matrix
)

var environmentName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$`)

// matrix sets the output `matrix` from the list of environments and from what was chosen by hand.
func (j *Job) matrix(context.Context, []string) (int, error) {
	listed, err := j.listed()
	if err != nil {
		return 0, err
	}
	if chosen := j.get(environmentVariable); chosen != "" && chosen != everything {
		at := slices.IndexFunc(listed, func(name string) bool { return strings.EqualFold(name, chosen) })
		if at < 0 {
			return 0, fmt.Errorf("%q is not in %s: choose %s or %s", chosen, environmentsVariable, strings.Join(listed, ", "), everything)
		}
		listed = listed[at : at+1]
	}
	record := j.records()
	prefix := "conformance-"
	if !record {
		prefix = "by-hand-"
	}
	var entries []Entry
	for _, name := range listed {
		entries = append(entries, Entry{Environment: name, Artifact: prefix + name, Record: record})
	}
	text, err := json.Marshal(map[string][]Entry{"include": entries})
	if err != nil {
		return 0, err
	}
	j.say("%s", text)
	return 0, j.output("matrix=" + string(text))
}

// listed returns the environments of the repository's variable.
func (j *Job) listed() ([]string, error) {
	remedy := `set the repository's variable to a JSON list of its environments, such as ["staging"]`
	text, err := j.need(environmentsVariable, remedy)
	if err != nil {
		return nil, err
	}
	var listed []string
	if json.Unmarshal([]byte(text), &listed) != nil {
		return nil, errors.New(environmentsVariable + " is no JSON list of names: " + remedy)
	}
	seen := map[string]bool{}
	for _, name := range listed {
		switch {
		case !environmentName.MatchString(name), strings.EqualFold(name, everything):
			return nil, fmt.Errorf("%s holds %q, which can't be used: rename the environment to at most 50 letters, digits, dots, dashes or underscores, and not to %q", environmentsVariable, name, everything)
		case seen[strings.ToLower(name)]:
			return nil, fmt.Errorf("%s holds %q twice, and GitHub takes capitals for small letters: take one of them out", environmentsVariable, name)
		}
		seen[strings.ToLower(name)] = true
	}
	if len(listed) == 0 || len(listed) > mostJobs {
		return nil, fmt.Errorf("%s lists %d environments: %s, of 1 to %d", environmentsVariable, len(listed), remedy, mostJobs)
	}
	return listed, nil
}

// records reports whether a run counts for the record. A schedule runs on the default branch alone.
func (j *Job) records() bool {
	if j.get("GITHUB_EVENT_NAME") == "schedule" {
		return true
	}
	whole := j.get(tagsVariable) == "" && j.get(strictVariable) != "true"
	return whole && j.get("GITHUB_REF") == "refs/heads/"+j.get(branchVariable)
}
