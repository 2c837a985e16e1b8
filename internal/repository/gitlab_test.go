package repository_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/suite"
)

// gitlabJob is what the example uses of GitLab's jobs.
type gitlabJob struct {
	Image string `yaml:"image"`
	Rules []struct {
		If string `yaml:"if"`
	} `yaml:"rules"`
	Environment struct {
		Name   string `yaml:"name"`
		Action string `yaml:"action"`
	} `yaml:"environment"`
	ResourceGroup string            `yaml:"resource_group"`
	Timeout       string            `yaml:"timeout"`
	Variables     map[string]string `yaml:"variables"`
	Script        []string          `yaml:"script"`
	AllowFailure  struct {
		ExitCodes int `yaml:"exit_codes"`
	} `yaml:"allow_failure"`
	Cache struct {
		Key   string   `yaml:"key"`
		Paths []string `yaml:"paths"`
		When  string   `yaml:"when"`
	} `yaml:"cache"`
	Artifacts struct {
		When    string   `yaml:"when"`
		Paths   []string `yaml:"paths"`
		Reports struct {
			JUnit string `yaml:"junit"`
		} `yaml:"reports"`
	} `yaml:"artifacts"`
}

func TestGitLab(t *testing.T) {
	t.Parallel()
	var jobs map[string]gitlabJob
	decode(t, block(t, "GitLab", "yaml"), &jobs)
	require.Len(t, jobs, 1)
	job := jobs["token conformance"]
	assert.Equal(t, suite.Inconclusive.ExitCode(), job.AllowFailure.ExitCodes)
	assert.Equal(t, suite.Defaults().ReportDir+"/junit.xml", job.Artifacts.Reports.JUnit)
	assert.Equal(t, "always", job.Artifacts.When)
	assert.Equal(t, job.Artifacts.Paths, job.Cache.Paths)
	assert.NotEmpty(t, job.ResourceGroup, "one run at a time")
	assert.NotContains(t, job.Variables, "KLEARSTACK_PASSWORD", "it is no matter of the file")
	shells(t, []string{"bash", "-e", "-o", "pipefail", "-c", strings.Join(job.Script, "\n")}, map[int]int{0: 0, 1: 1, 3: 3}, "", 1)
}
