// Package repository holds the tests of what no compiler reads: the workflows, the action and what they refer to.
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
		Dispatch *struct {
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

// repository is what the rules look at.
type repository struct {
	texts     map[string]string // by path: workflows, actions, Makefile
	workflows map[string]*workflow
	actions   map[string]*action // by folder
	targets   []string           // of make
	pins      map[string]string  // the version, by action@commit
}

// read reads the repository, with a file's text changed where change is not nil.
func read(t *testing.T, change func(name, text string) string) *repository {
	t.Helper()
	r := &repository{texts: map[string]string{}, workflows: map[string]*workflow{}, actions: map[string]*action{}, pins: map[string]string{}}
	files := []string{"Makefile"}
	require.NoError(t, filepath.WalkDir(filepath.Join(root, ".github"), func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, err = filepath.Rel(root, name)
			files = append(files, filepath.ToSlash(name))
		}
		return err
	}))
	for _, name := range files {
		r.texts[name] = file(t, name)
		if change != nil {
			r.texts[name] = change(name, r.texts[name])
		}
		switch {
		case strings.HasPrefix(name, ".github/workflows/"):
			r.workflows[name] = &workflow{}
			require.NoError(t, yaml.Unmarshal([]byte(r.texts[name]), r.workflows[name]), name)
		case path.Base(name) == "action.yml":
			r.actions[path.Dir(name)] = &action{}
			require.NoError(t, yaml.Unmarshal([]byte(r.texts[name]), r.actions[path.Dir(name)]), name)
		}
	}
	for _, found := range regexp.MustCompile(`(?m)^([a-z]+):`).FindAllStringSubmatch(r.texts["Makefile"], -1) {
		r.targets = append(r.targets, found[1])
	}
	table := file(t, "internal/repository/testdata/actions.md")
	for _, row := range regexp.MustCompile(`(?m)^\| (\S+/\S+) \| (v\S+) \| ([0-9a-f]{40}) \|$`).FindAllStringSubmatch(table, -1) {
		r.pins[row[1]+"@"+row[3]] = row[2]
	}
	return r
}

// problems collects what is wrong, with the place.
type problems struct{ all []string }

func (p *problems) add(place, format string, args ...any) {
	p.all = append(p.all, place+": "+fmt.Sprintf(format, args...))
}
