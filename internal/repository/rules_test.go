package repository_test

import (
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// granted returns what jobs may write, and why nobody else may.
func granted() []string {
	return []string{
		".github/workflows/conformance.yml conformance issues", // it keeps an issue for each environment
		".github/workflows/release.yml release contents",       // it makes the release
	}
}

// check returns all that is wrong with the workflows and the actions.
func (r *repository) check() []string {
	p := &problems{}
	for name, w := range r.workflows {
		r.workflow(p, name, w)
	}
	for folder, a := range r.actions {
		r.action(p, folder, a)
	}
	for name, text := range r.texts {
		r.versions(p, name, text)
	}
	slices.Sort(p.all)
	return p.all
}

func (r *repository) workflow(p *problems, name string, w *workflow) {
	if w.Permissions == nil {
		p.add(name, "permissions are not declared")
	} else {
		r.permissions(p, name, "*", *w.Permissions)
	}
	in := scope{inputs: map[string]input{}, jobs: w.Jobs}
	if w.On.Dispatch != nil {
		in.inputs = w.On.Dispatch.Inputs
	}
	if w.On.Call != nil {
		in.inputs, in.secrets = w.On.Call.Inputs, w.On.Call.Secrets
	}
	var whole map[string]any
	if err := yaml.Unmarshal([]byte(r.texts[name]), &whole); err != nil {
		p.add(name, "%v", err)
	}
	jobs, _ := whole["jobs"].(map[string]any)
	delete(whole, "jobs")
	r.expressions(p, name, whole, in)
	for id, each := range w.Jobs {
		r.job(p, name, id, each, jobs[id], in)
	}
}

func (r *repository) job(p *problems, name, id string, w *work, whole any, in scope) {
	place := name + " " + id
	r.permissions(p, name, id, w.Permissions)
	switch needs := w.Needs.(type) {
	case string:
		in.needs = []string{needs}
	case []any:
		for _, each := range needs {
			in.needs = append(in.needs, each.(string))
		}
	}
	for _, each := range in.needs {
		if in.jobs[each] == nil {
			p.add(place, "there is no job %s to wait for", each)
		}
	}
	members, _ := whole.(map[string]any)
	_, in.matrix = members["strategy"]
	in.steps = w.Steps
	r.expressions(p, place, whole, in)
	if w.Uses != "" {
		r.uses(p, place, w.Uses, w.With)
		r.hands(p, place, w)
	} else if w.Timeout < 1 || w.Timeout > 30 {
		p.add(place, "the timeout is not set to at most half an hour")
	}
	r.steps(p, place, "", w.Steps)
	r.secrets(p, place, w.Steps)
}

// hands checks the secrets that a job hands to the workflow which it calls.
func (r *repository) hands(p *problems, place string, w *work) {
	called := r.workflows[strings.TrimPrefix(w.Uses, "./")]
	if called == nil || called.On.Call == nil {
		return // that is told already
	}
	for given := range w.Secrets {
		if _, known := called.On.Call.Secrets[given]; !known {
			p.add(place, "%s takes no secret %s", w.Uses, given)
		}
	}
	for wanted, in := range called.On.Call.Secrets {
		if _, given := w.Secrets[wanted]; in.Required && !given {
			p.add(place, "%s is called without its secret %s", w.Uses, wanted)
		}
	}
}

// secrets checks that secrets stand in the environment of steps alone, but for the token of a checkout.
func (r *repository) secrets(p *problems, place string, steps []step) {
	for _, s := range steps {
		for name, value := range s.With {
			text, _ := value.(string)
			if strings.Contains(text, "secrets.") && (name != "token" || !strings.HasPrefix(s.Uses, "actions/checkout@")) {
				p.add(place, "the input %s of %s holds a secret", name, s.Uses)
			}
		}
	}
}

// permissions checks that only those are written with which something is done.
func (r *repository) permissions(p *problems, name, id string, all map[string]string) {
	for permission, level := range all {
		if level != "read" && !(level == "write" && slices.Contains(granted(), name+" "+id+" "+permission)) {
			p.add(name+" "+id, "the permission %s: %s is not needed", permission, level)
		}
	}
}

func (r *repository) action(p *problems, folder string, a *action) {
	name := path.Join(folder, "action.yml")
	if a.Runs.Using != "composite" {
		p.add(name, "it is no composite action")
	}
	for _, s := range a.Runs.Steps {
		if s.Run != "" && s.Shell == "" {
			p.add(name, "the script %q names no shell", s.Run)
		}
	}
	var whole any
	if err := yaml.Unmarshal([]byte(r.texts[name]), &whole); err != nil {
		p.add(name, "%v", err)
	}
	r.expressions(p, name, whole, scope{inputs: a.Inputs, secrets: map[string]input{}, steps: a.Runs.Steps})
	r.steps(p, name, folder, a.Runs.Steps)
}

var called = regexp.MustCompile(`uses: ([^.\s]\S*)(?: # (\S+))?`)

// versions checks that a comment names the version that a commit is of.
func (r *repository) versions(p *problems, name, text string) {
	for _, found := range called.FindAllStringSubmatch(text, -1) {
		if version := r.pins[found[1]]; version != found[2] {
			p.add(name, "%s is said to be %q, and is %q", found[1], found[2], version)
		}
	}
}
