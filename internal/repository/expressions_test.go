package repository_test

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/job"
)

// scope is what an expression can refer to.
type scope struct {
	inputs  map[string]input
	secrets map[string]input // nil: those of the environments in GitHub, which are settings
	needs   []string         // jobs
	jobs    map[string]*work
	steps   []step // of the job, or of the action
	matrix  bool
}

var (
	expression = regexp.MustCompile(`\$\{\{(.*?)\}\}`)
	reference  = regexp.MustCompile(`\b(inputs|secrets|vars|needs|jobs|steps|matrix)\.([A-Za-z0-9_.-]+)`)
)

// expressions checks every reference in all texts below a value of YAML.
func (r *repository) expressions(p *problems, place string, value any, in scope) {
	for _, found := range expression.FindAllStringSubmatch(fmt.Sprintf("%v", value), -1) {
		for _, name := range reference.FindAllStringSubmatch(found[1], -1) {
			if wrong := r.refer(name[1], strings.Split(name[2], "."), in); wrong != "" {
				p.add(place, "%s: %s", name[0], wrong)
			}
		}
	}
}

// refer says what is wrong with a reference; "" where it can be resolved.
func (r *repository) refer(kind string, names []string, in scope) string {
	name, known := names[0], false
	switch kind {
	case "inputs":
		_, known = in.inputs[name]
	case "secrets":
		if _, known = in.secrets[name]; in.secrets == nil {
			known = setting(name)
		}
	case "vars":
		known = setting(name) || name == "CONFORMANCE_ENVIRONMENTS" || name == "CONFORMANCE_RUNNER"
	case "matrix":
		known = in.matrix && slices.Contains(keys(), name)
	case "needs", "jobs":
		called := in.jobs[name]
		if called == nil || kind == "needs" && !slices.Contains(in.needs, name) || len(names) != 3 {
			return "there is no such job"
		}
		_, known = called.Outputs[names[2]]
	case "steps":
		at := slices.IndexFunc(in.steps, func(s step) bool { return s.ID == name })
		if at < 0 || len(names) != 3 {
			return "there is no such step"
		}
		known = slices.Contains(r.outputs(in.steps[at]), names[2])
	}
	if !known {
		return "there is no such thing"
	}
	return ""
}

// outputs returns those of a step.
func (r *repository) outputs(s step) []string {
	var all []string
	if called := r.actions[strings.TrimPrefix(s.Uses, "./")]; called != nil {
		for name := range called.Outputs {
			all = append(all, name)
		}
	}
	if name, is := command(strings.Fields(strings.ReplaceAll(s.Run, `"`, ""))); is {
		all = append(all, outputs()[name]...)
	}
	return all
}

// keys returns what the jobs of the matrix are told.
func keys() []string {
	var all []string
	entry := reflect.TypeFor[job.Entry]()
	for i := range entry.NumField() {
		all = append(all, entry.Field(i).Tag.Get("json"))
	}
	return all
}
