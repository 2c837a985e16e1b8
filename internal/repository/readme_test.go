package repository_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func readme(t *testing.T) string {
	t.Helper()
	return file(t, "README.md")
}

// examples checks the workflows that a text shows for other repositories, and returns what they call of this one.
func (r *repository) examples(text string) []string {
	own := regexp.MustCompile(`uses: klearstack/conformance/(\.github/\S+)@v\d+\.\d+\.\d+`)
	var called []string
	for _, block := range regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(text, -1) {
		for _, found := range own.FindAllStringSubmatch(block[1], -1) {
			called = append(called, found[1])
		}
		if !own.MatchString(block[1]) {
			continue
		}
		name := strings.TrimPrefix(strings.SplitN(block[1], "\n", 2)[0], "# ")
		w := &workflow{}
		r.texts[name] = own.ReplaceAllString(block[1], "uses: ./$1")
		if err := r.decode(name, w); err != nil {
			r.wrong(name, "%v", err)
		}
		r.workflow(name, w)
		r.versions(name, r.texts[name])
	}
	return called
}

func TestReadmeExamples(t *testing.T) {
	t.Parallel()
	r := read(t, nil)
	called := r.examples(readme(t))
	assert.Empty(t, r.problems)
	assert.Equal(t, []string{".github/actions/conformance", ".github/workflows/reusable.yml"}, called)
}

func TestReadmeExamplesBite(t *testing.T) {
	t.Parallel()
	for want, change := range map[string][2]string{
		"has no input url":                          {"base-url: ", "url: "},
		"is called without its input company-name":  {"company-name: ", "other-company-name: "},
		"nobody reads the variable KLEARSTACK_PASS": {"KLEARSTACK_PASSWORD: $", "KLEARSTACK_PASS: $"},
		"takes no secret passwd":                    {"password: $", "passwd: $"},
		"is called without its secret password":     {"password: $", "passwd: $"},
		"./.github/actions/conform is not there":    {"actions/conformance@", "actions/conform@"},
		"the timeout is not set":                    {"timeout-minutes: 15", "continue-on-error: true"},
		"is not pinned to a commit":                 {"actions/checkout@3d3c42e5", "actions/checkout@3d3c42e6"},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			text := readme(t)
			require.Contains(t, text, change[0])
			r := read(t, nil)
			r.examples(strings.ReplaceAll(text, change[0], change[1]))
			assert.Contains(t, strings.Join(r.problems, "\n"), want)
		})
	}
}

// Whatever can be given to the action, to the reusable workflow and to the nightly job stands in the README.
func TestReadmeNamesAll(t *testing.T) {
	t.Parallel()
	r, text := read(t, nil), readme(t)
	action, call := r.actions[".github/actions/conformance"], r.workflows[".github/workflows/reusable.yml"].On.Call
	names := slices.Concat(slices.Collect(maps.Keys(action.Inputs)), slices.Collect(maps.Keys(action.Outputs)),
		slices.Collect(maps.Keys(call.Inputs)), slices.Collect(maps.Keys(call.Secrets)))
	for _, found := range regexp.MustCompile(`(?:vars|secrets)\.(\w+)`).FindAllStringSubmatch(r.texts[".github/workflows/conformance.yml"], -1) {
		names = append(names, found[1])
	}
	assert.Greater(t, len(names), 30)
	for _, name := range names {
		assert.Contains(t, text, "`"+name+"`")
	}
}
