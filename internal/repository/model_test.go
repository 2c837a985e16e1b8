// Package repository holds the tests of what no compiler reads: the workflows, the action, the manifests, the examples and
// what they refer to.
package repository_test

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"
)

// workflow is a file in .github/workflows.
type workflow struct {
	On struct {
		Call *struct {
			Inputs  map[string]input `yaml:"inputs"`
			Secrets map[string]input `yaml:"secrets"`
		} `yaml:"workflow_call"`
		Dispatch struct {
			Inputs map[string]input `yaml:"inputs"`
		} `yaml:"workflow_dispatch"`
	} `yaml:"on"`
	Permissions *map[string]string `yaml:"permissions"`
	Jobs        map[string]*work   `yaml:"jobs"`
}

type input struct {
	Required bool `yaml:"required"`
	Default  any  `yaml:"default"`
}

// work is a job of a workflow.
type work struct {
	Uses        string            `yaml:"uses"`
	With        map[string]any    `yaml:"with"`
	Secrets     map[string]any    `yaml:"secrets"`
	Needs       any               `yaml:"needs"`
	Permissions map[string]string `yaml:"permissions"`
	Timeout     int               `yaml:"timeout-minutes"`
	Outputs     map[string]string `yaml:"outputs"`
	Strategy    any               `yaml:"strategy"`
	Steps       []step            `yaml:"steps"`
}

type step struct {
	ID        string         `yaml:"id"`
	Uses      string         `yaml:"uses"`
	With      map[string]any `yaml:"with"`
	Run       string         `yaml:"run"`
	Shell     string         `yaml:"shell"`
	Env       map[string]any `yaml:"env"`
	Directory string         `yaml:"working-directory"`
}

// action is a file action.yml.
type action struct {
	Inputs  map[string]input `yaml:"inputs"`
	Outputs map[string]any   `yaml:"outputs"`
	Runs    struct {
		Using string `yaml:"using"`
		Steps []step `yaml:"steps"`
	} `yaml:"runs"`
}

// repository is what the rules look at, and what is wrong with it.
type repository struct {
	texts     map[string]string // by path: workflows, actions, Makefile
	whole     map[string]any    // the same, as YAML
	workflows map[string]*workflow
	actions   map[string]*action // by folder
	pins      map[string]string  // the version, by action@commit
	problems  []string
}

// read reads the repository, with a file's text changed where change is not nil.
func read(t *testing.T, change func(name, text string) string) *repository {
	t.Helper()
	r := &repository{
		texts: map[string]string{"Makefile": file(t, "Makefile")}, whole: map[string]any{},
		workflows: map[string]*workflow{}, actions: map[string]*action{}, pins: map[string]string{},
	}
	require.NoError(t, filepath.WalkDir(filepath.Join(root, ".github"), func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err = filepath.Rel(root, name)
		name = filepath.ToSlash(name)
		r.texts[name] = file(t, name)
		if change != nil {
			r.texts[name] = change(name, r.texts[name])
		}
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(name, ".github/workflows/"):
			r.workflows[name] = &workflow{}
			return r.decode(name, r.workflows[name])
		case path.Base(name) == "action.yml":
			r.actions[path.Dir(name)] = &action{}
			return r.decode(name, r.actions[path.Dir(name)])
		}
		return nil
	}))
	table := file(t, "internal/repository/testdata/actions.md")
	for _, row := range regexp.MustCompile(`(?m)^\| (\S+/\S+) \| (v\S+) \| ([0-9a-f]{40}) \|$`).FindAllStringSubmatch(table, -1) {
		r.pins[row[1]+"@"+row[3]] = row[2]
	}
	return r
}

// decode reads a text into its model, and as a whole.
func (r *repository) decode(name string, into any) error {
	var whole any
	err := yaml.Unmarshal([]byte(r.texts[name]), &whole)
	r.whole[name] = whole
	if err == nil {
		err = yaml.Unmarshal([]byte(r.texts[name]), into)
	}
	return err
}

// wrong notes what is wrong, with the place.
func (r *repository) wrong(place, format string, args ...any) {
	r.problems = append(r.problems, place+": "+fmt.Sprintf(format, args...))
}
