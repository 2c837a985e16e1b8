package repository_test

import (
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// instruction is a line of a Dockerfile.
type instruction struct {
	name, rest string
}

// image is the last stage of the Dockerfile: what is run.
type image struct {
	from, user string
	copied     map[string]string // where the files go, and whose they are; "" is root's
	variables  map[string]string
	volumes    []string
	entrypoint []string
}

// stages reads the Dockerfile. The instructions that it uses stand on one line each.
func stages(t *testing.T) [][]instruction {
	t.Helper()
	var all [][]instruction
	for _, line := range lines(t, "Dockerfile") {
		require.False(t, strings.HasSuffix(line, `\`), "an instruction of several lines, which this reader does not know")
		name, rest, _ := strings.Cut(line, " ")
		if name == "FROM" {
			all = append(all, nil)
		}
		require.NotEmpty(t, all, "instructions before the first stage")
		all[len(all)-1] = append(all[len(all)-1], instruction{name, rest})
	}
	return all
}

func readImage(t *testing.T) image {
	t.Helper()
	all := stages(t)
	made := image{copied: map[string]string{}, variables: map[string]string{}}
	for _, line := range all[len(all)-1] {
		switch line.name {
		case "FROM":
			made.from = line.rest
		case "COPY":
			words := regexp.MustCompile(`^--from=build (?:--chown=(\S+) )?(\S+) (\S+)$`).FindStringSubmatch(line.rest)
			require.NotNil(t, words, "COPY %s", line.rest)
			made.copied[words[3]] = words[1]
		case "USER":
			made.user = line.rest
		case "ENV":
			name, value, _ := strings.Cut(line.rest, "=")
			made.variables[name] = value
		case "VOLUME":
			made.volumes = append(made.volumes, line.rest)
		case "ENTRYPOINT":
			require.NoError(t, json.Unmarshal([]byte(line.rest), &made.entrypoint), "an entrypoint that needs no shell")
		default:
			assert.Fail(t, "an instruction that the image has no need for", "%s %s", line.name, line.rest)
		}
	}
	return made
}

// The image holds the binary, certificates and a folder for the report that its user can write to, and no shell.
func TestDockerfile(t *testing.T) {
	t.Parallel()
	made := readImage(t)
	assert.Equal(t, "scratch", made.from)
	assert.Regexp(t, `^[1-9][0-9]*:[1-9][0-9]*$`, made.user, "numbers, so that Kubernetes sees that it is not root")
	require.Len(t, made.entrypoint, 1)
	reports := made.variables["KLEARSTACK_REPORT_DIR"]
	assert.Equal(t, map[string]string{
		made.entrypoint[0]:                   "",
		reports:                              made.user,
		"/etc/ssl/certs/ca-certificates.crt": "", // where crypto/x509 looks on Linux
	}, made.copied)
	assert.Equal(t, []string{reports}, made.volumes)
	assert.True(t, path.IsAbs(reports))
	require.NoError(t, settings(t, made.variables))
}

// Nothing that names a secret is given to the build: an argument or a variable stays in the image's history.
func TestDockerfileTakesNoSecrets(t *testing.T) {
	t.Parallel()
	for _, stage := range stages(t) {
		for _, line := range stage {
			if line.name == "ARG" || line.name == "ENV" {
				assert.NotRegexp(t, `(?i)password|secret|token|key|username|company`, line.rest)
			}
			assert.NotEqual(t, "ADD", line.name, "it fetches from anywhere")
		}
	}
}

// The build's script is there and can be run, and the Go version is the one that the module names, as it is for
// releases and the action.
func TestDockerfileBuilds(t *testing.T) {
	t.Parallel()
	version := regexp.MustCompile(`(?m)^toolchain go(1\.\d+\.\d+)$`).FindStringSubmatch(file(t, "go.mod"))
	require.NotNil(t, version)
	build := stages(t)[0]
	assert.Equal(t, "--platform=$BUILDPLATFORM golang:"+version[1]+" AS build", build[0].rest)
	runs := 0
	for _, line := range build {
		if line.name != "RUN" {
			continue
		}
		program, _, _ := strings.Cut(line.rest, " ")
		if !strings.Contains(program, "/") {
			continue
		}
		runs++
		info, err := os.Stat(filepath.Join(root, program))
		require.NoError(t, err)
		assert.NotZero(t, info.Mode()&0o100, "%s can't be run", program)
	}
	assert.Equal(t, 1, runs)
}

// What is left out of the context is what git ignores: leaving out more would make every build a dirty one.
func TestDockerignore(t *testing.T) {
	t.Parallel()
	ignored := map[string]bool{}
	for _, line := range lines(t, ".gitignore") {
		ignored[strings.Trim(line, "/")] = true
	}
	left := lines(t, ".dockerignore")
	assert.NotEmpty(t, left)
	for _, line := range left {
		assert.True(t, ignored[line], "%s is not in .gitignore", line)
	}
}

// lines returns those of a file that are neither empty nor a comment.
func lines(t *testing.T, name string) []string {
	t.Helper()
	var all []string
	for line := range strings.Lines(file(t, name)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			all = append(all, line)
		}
	}
	return all
}
