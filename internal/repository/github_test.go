package repository_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// example is what the example uses of GitHub's workflows.
type example struct {
	Name string `yaml:"name"`
	On   struct {
		Schedule []struct {
			Cron string `yaml:"cron"`
		} `yaml:"schedule"`
		WorkflowDispatch any `yaml:"workflow_dispatch"`
	} `yaml:"on"`
	Permissions map[string]string `yaml:"permissions"`
	Concurrency struct {
		Group string `yaml:"group"`
	} `yaml:"concurrency"`
	Jobs map[string]struct {
		RunsOn         string            `yaml:"runs-on"`
		TimeoutMinutes int               `yaml:"timeout-minutes"`
		Environment    string            `yaml:"environment"`
		Env            map[string]string `yaml:"env"`
		Steps          []struct {
			Name string            `yaml:"name"`
			If   string            `yaml:"if"`
			Env  map[string]string `yaml:"env"`
			Run  string            `yaml:"run"`
			Uses string            `yaml:"uses"`
			With map[string]string `yaml:"with"`
		} `yaml:"steps"`
	} `yaml:"jobs"`
}

func TestGitHub(t *testing.T) {
	t.Parallel()
	var made example
	decode(t, block(t, "GitHub", "yaml"), &made)
	assert.Equal(t, map[string]string{"contents": "read"}, made.Permissions)
	assert.NotEmpty(t, made.Concurrency.Group)
	require.Len(t, made.On.Schedule, 1)
	job, found := made.Jobs["staging"]
	require.True(t, found)
	assert.Positive(t, job.TimeoutMinutes)
	script, keeps := "", false
	for _, step := range job.Steps {
		script += step.Run
		assert.NotContains(t, step.Run, "${{", "values go through the environment")
		if step.Uses != "" {
			assert.Regexp(t, `^[\w-]+/[\w-]+@[0-9a-f]{40}$`, step.Uses)
			keeps = step.If == "always()" && step.With["path"] == "reports/"
		}
	}
	assert.True(t, keeps, "the report is kept, whatever the verdict is")
	shells(t, []string{"bash", "-e", "-o", "pipefail", "-c", script}, map[int]int{0: 0, 1: 1, 3: 0}, "::warning title=Inconclusive::", 3)
}
