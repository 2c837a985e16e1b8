package repository_test

import (
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/config"
	"github.com/klearstack/conformance/internal/job"
)

// granted returns what jobs may write, and why nobody else may.
func granted() []string {
	return []string{
		".github/workflows/conformance.yml conformance issues", // it keeps an issue for each environment
		".github/workflows/release.yml release contents",       // it makes the release
	}
}

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

// setting reports whether the suite reads a variable.
func setting(name string) bool {
	_, err := config.FromEnvironment([]string{name + "=x"})
	return err == nil || !strings.Contains(err.Error(), "is not a setting")
}

// check returns all that is wrong with the workflows and the actions.
func (r *repository) check() []string {
	for name, w := range r.workflows {
		r.workflow(name, w)
	}
	for folder, a := range r.actions {
		r.action(folder, a)
	}
	for name, text := range r.texts {
		r.versions(name, text)
	}
	slices.Sort(r.problems)
	return r.problems
}

func (r *repository) workflow(name string, w *workflow) {
	if w.Permissions == nil {
		r.wrong(name, "permissions are not declared")
	} else {
		r.permissions(name, "*", *w.Permissions)
	}
	in := scope{"vars.CONFORMANCE_ENVIRONMENTS": true, "vars.CONFORMANCE_RUNNER": true, "vars.any setting": true, "secrets.any setting": true}
	add(in, "inputs.", w.On.Dispatch.Inputs)
	if w.On.Call != nil {
		in["secrets.any setting"] = false // those of the environments in GitHub are another's
		add(in, "inputs.", w.On.Call.Inputs)
		add(in, "secrets.", w.On.Call.Secrets)
	}
	for id, each := range w.Jobs {
		add(in, "jobs."+id+".outputs.", each.Outputs)
	}
	whole, _ := r.whole[name].(map[string]any)
	whole = maps.Clone(whole)
	delete(whole, "jobs")
	r.expressions(name, whole, in)
	for id, each := range w.Jobs {
		r.job(name, id, each, w, in)
	}
}

func (r *repository) job(name, id string, w *work, of *workflow, in scope) {
	place := name + " " + id
	r.permissions(name, id, w.Permissions)
	in = maps.Clone(in)
	if w.Strategy != nil {
		entry := reflect.TypeFor[job.Entry]()
		for i := range entry.NumField() {
			in["matrix."+entry.Field(i).Tag.Get("json")] = true
		}
	}
	for _, needs := range strings.Fields(strings.Trim(fmt.Sprint(w.Needs), "[]")) {
		if awaited := of.Jobs[needs]; awaited != nil {
			add(in, "needs."+needs+".outputs.", awaited.Outputs)
		} else if w.Needs != nil {
			r.wrong(place, "there is no job %s to wait for", needs)
		}
	}
	r.outputs(in, w.Steps)
	r.expressions(place, at(r.whole[name], "jobs."+id), in)
	if w.Uses != "" {
		r.uses(place, w.Uses, w.With)
		r.hands(place, w)
	} else if w.Timeout < 1 || w.Timeout > 30 {
		r.wrong(place, "the timeout is not set to at most half an hour")
	}
	r.steps(place, "", w.Steps)
	for _, s := range w.Steps { // secrets stand in the environment of steps alone, but for the token of a checkout
		for name, value := range s.With {
			if strings.Contains(fmt.Sprint(value), "secrets.") && (name != "token" || !strings.HasPrefix(s.Uses, "actions/checkout@")) {
				r.wrong(place, "the input %s of %s holds a secret", name, s.Uses)
			}
		}
	}
}

func (r *repository) action(folder string, a *action) {
	name := path.Join(folder, "action.yml")
	if a.Runs.Using != "composite" {
		r.wrong(name, "it is no composite action")
	}
	for _, s := range a.Runs.Steps {
		if s.Run != "" && s.Shell == "" {
			r.wrong(name, "the script %q names no shell", s.Run)
		}
	}
	in := scope{}
	add(in, "inputs.", a.Inputs)
	r.outputs(in, a.Runs.Steps)
	r.expressions(name, r.whole[name], in)
	r.steps(name, folder, a.Runs.Steps)
}

// scope is what an expression can refer to, such as inputs.NAME and steps.ID.outputs.NAME.
type scope map[string]bool

// add adds the keys of a map, below a prefix.
func add[V any](in scope, prefix string, names map[string]V) {
	for name := range names {
		in[prefix+name] = true
	}
}

// outputs adds those of steps.
func (r *repository) outputs(in scope, steps []step) {
	for _, s := range steps {
		prefix := "steps." + s.ID + ".outputs."
		if called := r.actions[strings.TrimPrefix(s.Uses, "./")]; called != nil {
			add(in, prefix, called.Outputs)
		}
		if name, is := command(strings.Fields(strings.ReplaceAll(s.Run, `"`, ""))); is {
			for _, output := range outputs()[name] {
				in[prefix+output] = true
			}
		}
	}
}

var (
	expression = regexp.MustCompile(`\$\{\{(.*?)\}\}`)
	reference  = regexp.MustCompile(`\b(?:inputs|secrets|vars|needs|jobs|steps|matrix)\.[A-Za-z0-9_.-]+`)
	control    = regexp.MustCompile(`[|;&<>]|\b(?:if|for|while|case|eval)\b`)
	called     = regexp.MustCompile(`uses: ([^.\s]\S*)(?: # (\S+))?`)
	target     = regexp.MustCompile(`(?m)^([a-z]+):`)
)

// expressions checks every reference in all texts below a value of YAML.
func (r *repository) expressions(place string, value any, in scope) {
	for _, found := range expression.FindAllStringSubmatch(fmt.Sprint(value), -1) {
		for _, name := range reference.FindAllString(found[1], -1) {
			kind, rest, _ := strings.Cut(name, ".")
			if !in[name] && !(in[kind+".any setting"] && setting(rest)) {
				r.wrong(place, "%s: there is no such thing", name)
			}
		}
	}
}

// hands checks the secrets that a job hands to the workflow which it calls.
func (r *repository) hands(place string, w *work) {
	called := r.workflows[strings.TrimPrefix(w.Uses, "./")]
	if called == nil || called.On.Call == nil {
		return // that is told already
	}
	r.given(place, w.Uses, "takes no secret", "its secret", called.On.Call.Secrets, w.Secrets)
}

// given checks that what is handed to something is declared, and that what it requires is handed to it.
func (r *repository) given(place, name, no, its string, declared map[string]input, given map[string]any) {
	for each := range given {
		if _, known := declared[each]; !known {
			r.wrong(place, "%s %s %s", name, no, each)
		}
	}
	for wanted, in := range declared {
		if _, is := given[wanted]; in.Required && in.Default == nil && !is {
			r.wrong(place, "%s is called without %s %s", name, its, wanted)
		}
	}
}

// permissions checks that only those are written with which something is done.
func (r *repository) permissions(name, id string, all map[string]string) {
	for permission, level := range all {
		if level != "read" && !(level == "write" && slices.Contains(granted(), name+" "+id+" "+permission)) {
			r.wrong(name+" "+id, "the permission %s: %s is not needed", permission, level)
		}
	}
}

// versions checks that a comment names the version that a commit is of.
func (r *repository) versions(name, text string) {
	for _, found := range called.FindAllStringSubmatch(text, -1) {
		if version := r.pins[found[1]]; version != found[2] {
			r.wrong(name, "%s is said to be %q, and is %q", found[1], found[2], version)
		}
	}
}

// steps checks the steps of a job, or of the action in that folder.
func (r *repository) steps(place, folder string, steps []step) {
	built := false
	for _, s := range steps {
		if s.Uses != "" {
			r.uses(place, s.Uses, s.With)
		}
		for _, name := range []string{"go-version-file", "cache-dependency-path"} {
			text, _ := s.With[name].(string)
			for file := range strings.FieldsSeq(strings.ReplaceAll(text, "${{ github.action_path }}", folder)) {
				if !there(path.Clean(file)) {
					r.wrong(place, "the file %s is not there", file)
				}
			}
		}
		r.script(place, s, built)
		built = built || s.Run == "make build"
		for name := range s.Env {
			if strings.HasPrefix(name, "KLEARSTACK_") && !setting(name) || strings.HasPrefix(name, "CONFORMANCE_") && !slices.Contains(job.Variables(), name) {
				r.wrong(place, "nobody reads the variable %s", name)
			}
		}
	}
}

// uses checks what a step or a job calls: that it is there, and that its inputs are declared and given.
func (r *repository) uses(place, name string, with map[string]any) {
	declared := map[string]input{}
	local, isLocal := strings.CutPrefix(name, "./")
	switch {
	case isLocal && r.actions[local] != nil:
		declared = r.actions[local].Inputs
	case isLocal && r.workflows[local] != nil && r.workflows[local].On.Call != nil:
		declared = r.workflows[local].On.Call.Inputs
	case isLocal:
		r.wrong(place, "%s is not there", name)
		return
	default:
		if r.pins[name] == "" {
			r.wrong(place, "%s is not pinned to a commit of the table", name)
		}
		action, _, _ := strings.Cut(name, "@")
		for _, each := range others()[action] {
			declared[each] = input{}
		}
		if action == "actions/checkout" && with["persist-credentials"] != false {
			r.wrong(place, "checkout leaves the token in the workspace")
		}
	}
	r.given(place, name, "has no input", "its input", declared, with)
}

// script checks the commands of a step: nothing is put into them, logic is elsewhere, and what they name is there.
func (r *repository) script(place string, s step, built bool) {
	if strings.Contains(s.Run, "${{") {
		r.wrong(place, "an expression is put into the script %q", s.Run)
	}
	if control.MatchString(s.Run) {
		r.wrong(place, "logic stands in the script %q", s.Run)
	}
	if s.Directory != "" && !there(s.Directory) && (s.Directory != "bin" || !built) {
		r.wrong(place, "the folder %s is not there", s.Directory)
	}
	for line := range strings.Lines(s.Run) {
		words := strings.Fields(strings.ReplaceAll(line, `"`, ""))
		if len(words) > 0 && words[0] == "make" {
			isTarget := func(found []string) bool { return len(words) > 1 && found[1] == words[1] }
			if !slices.ContainsFunc(target.FindAllStringSubmatch(r.texts["Makefile"], -1), isTarget) {
				r.wrong(place, "make has no target %q", strings.Join(words[1:], " "))
			}
		}
		for _, word := range words {
			switch {
			case strings.HasPrefix(word, "bin/"):
				if !built {
					r.wrong(place, "%s is not built before", word)
				}
			case strings.Contains(word, "/") && !strings.Contains(word, "$") && !there(path.Clean(word)):
				r.wrong(place, "%s is not there", word)
			}
		}
		if name, is := command(words); is {
			if !slices.Contains(job.Commands(), name) {
				r.wrong(place, "cmd/job has no command %q", name)
			}
			for _, variable := range needed()[name] {
				if _, given := s.Env[variable]; !given {
					r.wrong(place, "%s is run without %s", name, variable)
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
