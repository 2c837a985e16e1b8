package repository_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/suite"
)

func guide(t *testing.T) string {
	t.Helper()
	return file(t, "docs/ci.md")
}

// block returns the one block of code in the section of a CI system.
func block(t *testing.T, system string) string {
	t.Helper()
	_, section, found := strings.Cut(guide(t), "\n## "+system+"\n")
	require.True(t, found, system)
	section, _, _ = strings.Cut(section, "\n## ")
	blocks := regexp.MustCompile("(?s)```(\\w+)\n(.*?)```").FindAllStringSubmatch(section, -1)
	require.Len(t, blocks, 1)
	require.Equal(t, map[string]string{"GitHub": "yaml", "GitLab": "yaml", "Jenkins": "groovy"}[system], blocks[0][1])
	return blocks[0][2]
}

// The settings that the guide names exist, but for the two that it warns of.
func TestGuideSettings(t *testing.T) {
	t.Parallel()
	names := regexp.MustCompile(`KLEARSTACK_[A-Z_]*[A-Z]`).FindAllString(guide(t), -1)
	require.Subset(t, names, []string{"KLEARSTACK_PASSWORD_FILE", "KLEARSTACK_PASSWORD_USR"})
	for _, name := range names {
		assert.Equal(t, name != "KLEARSTACK_PASSWORD_USR", setting(name), name)
	}
}

// The table of exit codes is the suite's.
func TestExitCodes(t *testing.T) {
	t.Parallel()
	told := map[string]string{}
	for _, row := range regexp.MustCompile(`(?m)^\| (\d) \| ([^|]*) \|`).FindAllStringSubmatch(guide(t), -1) {
		told[row[1]] = row[2]
	}
	assert.Len(t, told, 3)
	for words, verdict := range map[string]suite.Verdict{
		"conforms": suite.Conforms, "violates": suite.Violates, "stale": suite.Stale, "inconclusive": suite.Inconclusive,
	} {
		assert.Contains(t, told[strconv.Itoa(verdict.ExitCode())], words)
	}
}

// Every example names the same release and the report's default folder, and the binary is one that is built. None stays
// green without a target, which would be a test of the suite's own server: where GitHub has no variables the settings are
// empty, and the others look for the base URL first.
func TestExamplesAgree(t *testing.T) {
	t.Parallel()
	assert.Contains(t, file(t, "scripts/build"), " linux/amd64 ")
	var releases []string
	for _, system := range []string{"GitHub", "GitLab", "Jenkins"} {
		text := block(t, system)
		found := regexp.MustCompile(`RELEASE\S* (?:= )?'?(https://\S*[^\s'])`).FindStringSubmatch(text)
		require.NotNil(t, found, system)
		releases = append(releases, found[1])
		assert.Contains(t, text, "./conformance-linux-amd64", system)
		assert.Contains(t, text, suite.Defaults().ReportDir+"/", system)
		if system != "GitHub" {
			before, _, _ := strings.Cut(text, "conformance-linux-amd64")
			assert.Contains(t, before, `: "${KLEARSTACK_BASE_URL:?`)
			continue
		}
		var environ []string
		for _, name := range regexp.MustCompile(`(?m)^ *(KLEARSTACK_[A-Z_]+): \$\{\{`).FindAllStringSubmatch(text, -1) {
			environ = append(environ, name[1]+"=")
		}
		assert.Len(t, environ, 4)
		_, err := suite.FromEnvironment(environ)
		require.ErrorContains(t, err, "KLEARSTACK_BASE_URL is set but empty")
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
		assert.True(t, there("docs/"+link[1]), link[1])
	}
}

func TestGitHub(t *testing.T) {
	t.Parallel()
	made := documents(t, block(t, "GitHub"), `{name, on: {schedule: {cron}, workflow_dispatch}, permissions: any, concurrency: {group},
		jobs: {staging: {runs-on, timeout-minutes, environment, env: any, steps: {name, if, env: any, run, uses, with: any}}}}`)[0]
	assert.Equal(t, map[string]any{"contents": "read"}, at(made, "permissions"))
	assert.NotEmpty(t, at(made, "concurrency.group"))
	assert.Len(t, list(made, "on.schedule"), 1)
	assert.Regexp(t, `^[1-9]\d*$`, at(made, "jobs.staging.timeout-minutes"))
	steps := list(made, "jobs.staging.steps")
	script := ""
	for _, run := range column(steps, "run") {
		script += fmt.Sprint(run)
	}
	assert.NotContains(t, script, "${{", "values go through the environment")
	for _, uses := range column(steps, "uses") {
		assert.Regexp(t, `^[\w-]+/[\w-]+@[0-9a-f]{40}$`, uses)
	}
	require.NotEmpty(t, steps)
	keeps := steps[len(steps)-1]
	assert.NotNil(t, at(keeps, "uses"))
	assertAt(t, keeps, map[string]any{"if": "always()", "with.path": "reports/"}) // whatever the verdict is
	shells(t, []string{"bash", "-e", "-o", "pipefail", "-c", script}, map[int]int{0: 0, 1: 1, 3: 0}, "::warning title=Inconclusive::", 3)
}

func TestGitLab(t *testing.T) {
	t.Parallel()
	made := documents(t, block(t, "GitLab"), `{token conformance: {image, rules: {if}, environment: {name, action}, resource_group, timeout,
		variables: any, script, allow_failure: {exit_codes}, cache: {key, paths, when}, artifacts: {when, paths, reports: {junit}}}}`)[0]
	job := at(made, "token conformance")
	assertAt(t, job, map[string]any{
		"allow_failure.exit_codes": suite.Inconclusive.ExitCode(), "artifacts.when": "always",
		"artifacts.reports.junit": suite.Defaults().ReportDir + "/junit.xml",
		"artifacts.paths":         []any{suite.Defaults().ReportDir + "/"}, "cache.paths": at(job, "artifacts.paths"),
	})
	assert.NotEmpty(t, at(job, "resource_group"), "one run at a time")
	assert.NotContains(t, at(job, "variables"), "KLEARSTACK_PASSWORD", "it is no matter of the file")
	script := ""
	for _, line := range list(job, "script") {
		script += fmt.Sprintln(line)
	}
	shells(t, []string{"bash", "-e", "-o", "pipefail", "-c", script}, map[int]int{0: 0, 1: 1, 3: 3}, "", 1)
}

// The brackets and quotes of the Jenkinsfile match, it acts on the exit code and on junit.xml, and its shell lines work.
// What Groovy makes of it is not looked at.
func TestJenkins(t *testing.T) {
	t.Parallel()
	text := block(t, "Jenkins")
	code := regexp.MustCompile(`(?s)'''.*?'''|'[^'\n]*'|//[^\n]*`).ReplaceAllString(text, "")
	assert.NotContains(t, code, "'")
	var open []rune
	closes := map[rune]rune{'}': '{', ')': '(', ']': '['}
	for _, char := range code {
		switch char {
		case '{', '(', '[':
			open = append(open, char)
		case '}', ')', ']':
			require.NotEmpty(t, open, "a bracket too many")
			require.Equal(t, string(closes[char]), string(open[len(open)-1]))
			open = open[:len(open)-1]
		}
	}
	assert.Empty(t, open, "brackets that are left open")

	assert.Regexp(t, `(?s)^// Jenkinsfile\npipeline \{.*\n\}\n$`, text)
	for _, section := range []string{"agent", "triggers", "options", "environment", "stages", "post"} {
		assert.Regexp(t, `(?m)^  `+section+` \{`, text)
	}
	assert.Contains(t, text, "disableConcurrentBuilds()")
	assert.Contains(t, text, "KLEARSTACK_PASSWORD = credentials('")
	assert.Regexp(t, `(?s)code == 3 && fileExists\('reports/junit\.xml'\)\) \{\s+unstable\('.*code != 0\) \{\s+error\('`, text)
	assert.Regexp(t, `(?s)always \{\s+junit 'reports/junit\.xml'\n`, text)

	fetch := regexp.MustCompile(`(?s)sh '''(.*?)'''`).FindStringSubmatch(text)
	require.NotNil(t, fetch)
	run := regexp.MustCompile(`int code = sh\(script: '([^']*)', returnStatus: true\)`).FindStringSubmatch(text)
	require.NotNil(t, run)
	script := strings.TrimSpace(fetch[1]) + "\n" + run[1]
	shells(t, []string{"sh", "-xe", "-c", script}, map[int]int{0: 0, 1: 1, 3: 3}, "", 3)
}

// curl stands in for the program: it fetches the two files of a release from a folder, where it is asked for these.
const curl = `#!/bin/sh
[ "$*" = '-fsSL --remote-name-all https://example.com/v1.0.0/{conformance-linux-amd64,SHA256SUMS}' ] || exit 22
cp "$FETCHED/conformance-linux-amd64" "$FETCHED/SHA256SUMS" .
`

// shells runs the shell lines of an example, with a binary in place of the suite's that exits with each of the codes, and
// wants the one beside it. Of an inconclusive run it wants that the output says so. A binary whose sum is another is not run.
// Where the suite's settings are wrong it exits with 3 and writes nothing: unstarted is the code then, and an earlier run's
// results are gone.
func shells(t *testing.T, command []string, codes map[int]int, says string, unstarted int) {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("the examples are for runners with Linux: sha256sum is another elsewhere")
	}
	run := func(binary, sum string) (output string, code int, results string) {
		fetched, work := t.TempDir(), t.TempDir()
		results = filepath.Join(work, "reports", "junit.xml")
		require.NoError(t, os.Mkdir(filepath.Dir(results), 0o755))
		require.NoError(t, os.WriteFile(results, []byte("an earlier run's"), 0o600))
		program := filepath.Join(t.TempDir(), "curl")
		require.NoError(t, os.WriteFile(program, []byte(curl), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(fetched, "conformance-linux-amd64"), []byte(binary), 0o644))
		sums := sum + "  conformance-linux-amd64\n" + sum + "  conformance-darwin-arm64\n"
		require.NoError(t, os.WriteFile(filepath.Join(fetched, "SHA256SUMS"), []byte(sums), 0o644))
		shell := exec.CommandContext(t.Context(), command[0], command[1:]...)
		shell.Dir = work
		shell.Env = []string{
			"PATH=" + filepath.Dir(program) + string(os.PathListSeparator) + os.Getenv("PATH"),
			"RELEASE=https://example.com/v1.0.0", "FETCHED=" + fetched, "KLEARSTACK_BASE_URL=https://staging.example.com",
		}
		text, _ := shell.CombinedOutput() // the exit code tells
		return string(text), shell.ProcessState.ExitCode(), results
	}
	sumOf := func(binary string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(binary))) }
	for ends, want := range codes {
		binary := fmt.Sprintf("#!/bin/sh\necho the suite ran\necho new >reports/junit.xml\nexit %d\n", ends)
		output, code, _ := run(binary, sumOf(binary))
		assert.Equal(t, want, code, "of a run that ends with %d: %s", ends, output)
		assert.Contains(t, output, "the suite ran")
		if ends == 3 {
			assert.Contains(t, output, says)
		}
		output, code, results := run(binary, sumOf("another"))
		assert.Equal(t, 1, code, output)
		assert.NoFileExists(t, results)
		assert.NotContains(t, output, "the suite ran\n")
	}
	refuses := "#!/bin/sh\nexit 3\n"
	output, code, results := run(refuses, sumOf(refuses))
	assert.Equal(t, unstarted, code, output)
	assert.NoFileExists(t, results)
}
