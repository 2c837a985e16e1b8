package repository_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/suite"
)

func guide(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "docs", "ci.md"))
	require.NoError(t, err)
	return string(text)
}

// block returns the one block of code in the section of a CI system.
func block(t *testing.T, system, language string) string {
	t.Helper()
	_, section, found := strings.Cut(guide(t), "\n## "+system+"\n")
	require.True(t, found, system)
	section, _, _ = strings.Cut(section, "\n## ")
	blocks := regexp.MustCompile("(?s)```(\\w+)\n(.*?)```").FindAllStringSubmatch(section, -1)
	require.Len(t, blocks, 1)
	require.Equal(t, language, blocks[0][1])
	return blocks[0][2]
}

// decode reads YAML into what names all that stands in it: a key that is misspelt is unknown.
func decode(t *testing.T, text string, into any) {
	t.Helper()
	require.NoError(t, yaml.UnmarshalWithOptions([]byte(text), into, yaml.Strict()))
}

// assertSetting wants a name that the suite knows.
func assertSetting(t *testing.T, name string) {
	t.Helper()
	_, err := suite.FromEnvironment([]string{name + "=x"})
	if err != nil {
		assert.NotContains(t, err.Error(), name+" is not a setting")
	}
}

// The settings that the guide names exist, but for the two that it warns of.
func TestGuideSettings(t *testing.T) {
	t.Parallel()
	names := regexp.MustCompile(`KLEARSTACK_[A-Z_]*[A-Z]`).FindAllString(guide(t), -1)
	require.Contains(t, names, "KLEARSTACK_PASSWORD_FILE")
	for _, name := range names {
		if name != "KLEARSTACK_PASSWORD_USR" {
			assertSetting(t, name)
		}
	}
	_, err := suite.FromEnvironment([]string{"KLEARSTACK_PASSWORD_USR=x"})
	assert.ErrorContains(t, err, "KLEARSTACK_PASSWORD_USR is not a setting")
}

// The table of exit codes is the suite's.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	told := map[string]string{}
	for _, row := range regexp.MustCompile(`(?m)^\| (\d) \| ([^|]*) \|`).FindAllStringSubmatch(guide(t), -1) {
		told[row[1]] = row[2]
	}
	assert.Len(t, told, 3)
	assert.Contains(t, told[strconv.Itoa(suite.Conforms.ExitCode())], "conforms")
	assert.Contains(t, told[strconv.Itoa(suite.Violates.ExitCode())], "violates")
	assert.Contains(t, told[strconv.Itoa(suite.Stale.ExitCode())], "stale")
	assert.Contains(t, told[strconv.Itoa(suite.Inconclusive.ExitCode())], "inconclusive")
}

// Every example names the same release and the report's default folder, and the binary is one that is built.
func TestExamplesAgree(t *testing.T) {
	t.Parallel()
	build, err := os.ReadFile(filepath.Join(root, "scripts", "build"))
	require.NoError(t, err)
	assert.Contains(t, string(build), " linux/amd64 ")
	var releases []string
	for system, language := range map[string]string{"GitHub": "yaml", "GitLab": "yaml", "Jenkins": "groovy"} {
		text := block(t, system, language)
		found := regexp.MustCompile(`RELEASE\S* (?:= )?'?(https://\S*[^\s'])`).FindStringSubmatch(text)
		require.NotNil(t, found, system)
		releases = append(releases, found[1])
		assert.Contains(t, text, "./conformance-linux-amd64", system)
		assert.Contains(t, text, suite.Defaults().ReportDir+"/", system)
	}
	assert.Regexp(t, `^https://github\.com/klearstack/conformance/releases/download/v\d+\.\d+\.\d+$`, releases[0])
	assert.Len(t, slices.Compact(releases), 1)
}

// The links of the guide lead to files of the repository.
func TestLinks(t *testing.T) {
	t.Parallel()
	links := regexp.MustCompile(`\]\(([^)#]+)(?:#[\w-]+)?\)`).FindAllStringSubmatch(guide(t), -1)
	require.NotEmpty(t, links)
	for _, link := range links {
		_, err := os.Stat(filepath.Join(root, "docs", filepath.FromSlash(link[1])))
		assert.NoError(t, err)
	}
}
