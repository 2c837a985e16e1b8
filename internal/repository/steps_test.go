package repository_test

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/job"
)

// others returns the inputs of others' actions that this repository uses.
func others() map[string][]string {
	return map[string][]string{
		"actions/checkout":        {"persist-credentials", "repository", "ref", "token"},
		"actions/setup-go":        {"go-version-file", "cache", "cache-dependency-path"},
		"actions/upload-artifact": {"name", "path", "overwrite"},
	}
}

// outputs returns what the commands of cmd/job set.
func outputs() map[string][]string {
	return map[string][]string{"matrix": {"matrix"}, "run": {"verdict", "report"}}
}

// needed returns the variables that the commands of cmd/job can't do without; its caller sets those of run.
func needed() map[string][]string {
	return map[string][]string{
		"matrix": {"CONFORMANCE_ENVIRONMENTS", "CONFORMANCE_ENVIRONMENT", "CONFORMANCE_TAGS", "CONFORMANCE_STRICT", "CONFORMANCE_BRANCH"},
		"last":   {"GITHUB_TOKEN", "CONFORMANCE_ARTIFACT", "KLEARSTACK_REPORT_DIR"},
		"run":    {"CONFORMANCE_TAGS", "KLEARSTACK_BASE_URL", "KLEARSTACK_USERNAME", "KLEARSTACK_COMPANY_NAME", "KLEARSTACK_REPORT_DIR"},
		"issue":  {"GITHUB_TOKEN", "CONFORMANCE_ENVIRONMENT", "KLEARSTACK_REPORT_DIR"},
	}
}

// steps checks the steps of a job, or of the action in that folder.
func (r *repository) steps(p *problems, place, folder string, steps []step) {
	built := false
	for _, s := range steps {
		if s.Uses != "" {
			r.uses(p, place, s.Uses, s.With)
			r.files(p, place, folder, s)
		}
		r.script(p, place, s, built)
		built = built || s.Run == "make build"
		for name := range s.Env {
			switch {
			case strings.HasPrefix(name, "KLEARSTACK_") && !setting(name), strings.HasPrefix(name, "CONFORMANCE_") && !slices.Contains(job.Variables(), name):
				p.add(place, "nobody reads the variable %s", name)
			}
		}
	}
}

// uses checks what a step or a job calls: that it is there, and that its inputs are declared and given.
func (r *repository) uses(p *problems, place, name string, with map[string]any) {
	declared := map[string]input{}
	local, isLocal := strings.CutPrefix(name, "./")
	switch {
	case isLocal && r.actions[local] != nil:
		declared = r.actions[local].Inputs
	case isLocal && r.workflows[local] != nil && r.workflows[local].On.Call != nil:
		declared = r.workflows[local].On.Call.Inputs
	case isLocal:
		p.add(place, "%s is not there", name)
		return
	default:
		if r.pins[name] == "" {
			p.add(place, "%s is not pinned to a commit of the table", name)
		}
		action, _, _ := strings.Cut(name, "@")
		for _, each := range others()[action] {
			declared[each] = input{}
		}
		if action == "actions/checkout" && with["persist-credentials"] != false {
			p.add(place, "checkout leaves the token in the workspace")
		}
	}
	for given := range with {
		if _, known := declared[given]; !known {
			p.add(place, "%s has no input %s", name, given)
		}
	}
	for wanted, in := range declared {
		if _, given := with[wanted]; in.Required && in.Default == nil && !given {
			p.add(place, "%s is called without its input %s", name, wanted)
		}
	}
}

// files checks that the files which a step names by its inputs are there.
func (r *repository) files(p *problems, place, folder string, s step) {
	for _, name := range []string{"go-version-file", "cache-dependency-path"} {
		text, _ := s.With[name].(string)
		for file := range strings.FieldsSeq(strings.ReplaceAll(text, "${{ github.action_path }}", folder)) {
			if !there(path.Clean(file)) {
				p.add(place, "the file %s is not there", file)
			}
		}
	}
}

var control = regexp.MustCompile(`[|;&<>]|\b(?:if|for|while|case|eval)\b`)

// script checks the commands of a step: nothing is put into them, logic is elsewhere, and what they name is there.
func (r *repository) script(p *problems, place string, s step, built bool) {
	if strings.Contains(s.Run, "${{") {
		p.add(place, "an expression is put into the script %q", s.Run)
	}
	if control.MatchString(s.Run) {
		p.add(place, "logic stands in the script %q", s.Run)
	}
	if s.Directory != "" && !there(s.Directory) && (s.Directory != "bin" || !built) {
		p.add(place, "the folder %s is not there", s.Directory)
	}
	for line := range strings.Lines(s.Run) {
		words := strings.Fields(strings.ReplaceAll(line, `"`, ""))
		for i, word := range words {
			next := ""
			if i+1 < len(words) {
				next = words[i+1]
			}
			switch {
			case i == 0 && word == "make":
				if !slices.Contains(r.targets, next) {
					p.add(place, "make has no target %q", next)
				}
			case strings.HasPrefix(word, "bin/"):
				if !built {
					p.add(place, "%s is not built before", word)
				}
			case strings.Contains(word, "/") && !strings.Contains(word, "$"):
				if !there(path.Clean(word)) {
					p.add(place, "%s is not there", word)
				}
			}
		}
		if name, is := command(words); is {
			if !slices.Contains(job.Commands(), name) {
				p.add(place, "cmd/job has no command %q", name)
			}
			for _, variable := range needed()[name] {
				if _, given := s.Env[variable]; !given {
					p.add(place, "%s is run without %s", name, variable)
				}
			}
		}
	}
}

// command returns which command of cmd/job a line runs.
func command(words []string) (string, bool) {
	for i, word := range words[:max(len(words)-1, 0)] {
		if (word == "./cmd/job" && words[1] == "run") || word == "$RUNNER_TEMP/conformance/job" && i == 0 {
			return words[i+1], true
		}
	}
	return "", false
}

// setting reports whether the suite reads a variable.
func setting(name string) bool {
	_, err := config.FromEnvironment([]string{name + "=x"})
	return err == nil || !strings.Contains(err.Error(), "is not a setting")
}
