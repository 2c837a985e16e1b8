package job_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMatrix(t *testing.T) {
	t.Parallel()
	const listed = `CONFORMANCE_ENVIRONMENTS=["staging", "Production"]`
	entry := func(environment, prefix string, record bool) string {
		return fmt.Sprintf(`{"environment":%q,"artifact":%q,"record":%t}`, environment, prefix+environment, record)
	}
	both := entry("staging", "conformance-", true) + "," + entry("Production", "conformance-", true)
	for _, c := range []struct {
		name    string
		environ []string
		want    string
	}{
		{"nightly", []string{listed, "CONFORMANCE_ENVIRONMENT=", "GITHUB_EVENT_NAME=schedule", "CONFORMANCE_BRANCH="}, both},
		{"all by hand", []string{listed, "CONFORMANCE_ENVIRONMENT=all"}, both},
		{"one by hand", []string{listed, "CONFORMANCE_ENVIRONMENT=production"}, entry("Production", "conformance-", true)},
		{"some clauses", []string{listed, "CONFORMANCE_TAGS=@TOK-4"}, entry("staging", "by-hand-", false)},
		{"strict", []string{listed, "CONFORMANCE_STRICT=true"}, entry("staging", "by-hand-", false)},
		{"not strict", []string{listed, "CONFORMANCE_STRICT=false"}, entry("staging", "conformance-", true)},
		{"another branch", []string{listed, "GITHUB_REF=refs/heads/topic"}, entry("staging", "by-hand-", false)},
		{"a tag named as the branch", []string{listed, "GITHUB_REF=refs/tags/main"}, entry("staging", "by-hand-", false)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRunner(newFake(t))
			code, log := r.do(c.environ, "matrix")
			assert.Zero(t, code)
			assert.Equal(t, `matrix={"include":[`+c.want+"]}\n", r.outputs())
			assert.Contains(t, log, c.want)
			assert.Empty(t, r.requests)
		})
	}
}

func TestMatrixRefuses(t *testing.T) {
	t.Parallel()
	const remedy = `to a JSON list of its environments, such as ["staging"]`
	for name, c := range map[string]struct{ environments, chosen, want string }{
		"not set":            {"", "", "CONFORMANCE_ENVIRONMENTS is not set: set the repository's variable " + remedy},
		"no JSON":            {"staging", "", "no JSON list of names: set the repository's variable " + remedy},
		"no list":            {`{"staging": 1}`, "", "no JSON list"},
		"no names":           {`[1]`, "", "no JSON list"},
		"two lists":          {`["a"]["b"]`, "", "no JSON list"},
		"empty":              {`[]`, "", "lists 0 environments"},
		"null":               {`null`, "", "lists 0 environments"},
		"too many":           {many(257), "", "lists 257 environments"},
		"a blank":            {`["my staging"]`, "", `holds "my staging", which can't be used`},
		"a line break":       {`["a\nmatrix=[]"]`, "", "which can't be used"},
		"a script":           {`["$(id)"]`, "", "which can't be used"},
		"the end of comment": {`["a-->b"]`, "", "which can't be used"},
		"no letters":         {`[""]`, "", "which can't be used"},
		"too long":           {`["` + strings.Repeat("a", 51) + `"]`, "", "which can't be used"},
		"all":                {`["All"]`, "", "which can't be used"},
		"twice":              {`["staging", "Staging"]`, "", `holds "Staging" twice`},
		"unknown choice":     {`["staging", "qa"]`, "prod", `"prod" is not in CONFORMANCE_ENVIRONMENTS: choose staging, qa or all`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRunner(newFake(t))
			code, log := r.do([]string{"CONFORMANCE_ENVIRONMENTS=" + c.environments, "CONFORMANCE_ENVIRONMENT=" + c.chosen}, "matrix")
			assert.Equal(t, 1, code)
			assert.Contains(t, log, c.want)
			assert.Equal(t, 1, strings.Count(log, "\n"))
			assert.NoFileExists(t, r.output)
		})
	}
}

func many(count int) string {
	var names []string
	for i := range count {
		names = append(names, fmt.Sprintf(`"e%d"`, i))
	}
	return "[" + strings.Join(names, ",") + "]"
}
