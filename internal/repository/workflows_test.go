package repository_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWorkflows(t *testing.T) {
	t.Parallel()
	r := read(t, nil)
	assert.Empty(t, r.check())
	for _, name := range []string{"ci", "conformance", "release", "reusable"} {
		assert.Contains(t, r.workflows, ".github/workflows/"+name+".yml")
	}
	assert.Contains(t, r.actions, ".github/actions/conformance")
	assert.Len(t, r.pins, 7)
}

// What one wrong word does to the workflows is noticed.
func TestWorkflowsBite(t *testing.T) {
	t.Parallel()
	const (
		nightly  = ".github/workflows/conformance.yml"
		reusable = ".github/workflows/reusable.yml"
		release  = ".github/workflows/release.yml"
		ci       = ".github/workflows/ci.yml"
		action   = ".github/actions/conformance/action.yml"
	)
	for _, c := range []struct{ file, old, new, want string }{
		{ci, "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1", "actions/checkout@v7", "actions/checkout@v7 is not pinned"},
		{ci, "actions/checkout@3d3c42e5", "actions/checkout@3d3c42e6", "is not pinned"},
		{ci, "# v7.0.1", "# v7.0.2", `is said to be "v7.0.2", and is "v7.0.1"`},
		{ci, "persist-credentials: false", "persist-credentials: true", "leaves the token in the workspace"},
		{ci, "permissions:\n  contents: read", "env: {}", "permissions are not declared"},
		{ci, "contents: read", "contents: write", "the permission contents: write is not needed"},
		{ci, "timeout-minutes: 30", "timeout-minutes: 360", "the timeout is not set"},
		{ci, "tools/go.sum", "tool/go.sum", "the file tool/go.sum is not there"},
		{ci, "bash .ci/run", "bash .ci/start", ".ci/start is not there"},
		{ci, "bash .ci/run", "bash .ci/run ${{ github.ref }}", "an expression is put into the script"},
		{ci, "bash .ci/run", "bash .ci/run || true", "logic stands in the script"},
		{ci, "cache-dependency-path", "cache-path", "actions/setup-go@b7ad1dad31e06c5925ef5d2fc7ad053ef454303e has no input cache-path"},
		{release, "make build", "make dist", `make has no target "dist"`},
		{release, "make build", "make clean", "bin/conformance-* is not built before"},
		{release, "contents: write", "contents: write\n      packages: write", "the permission packages: write is not needed"},
		{nightly, "./.github/actions/conformance", "./.github/actions/suite", "./.github/actions/suite is not there"},
		{nightly, "base-url: ", "url: ", "./.github/actions/conformance has no input url"},
		{nightly, "base-url: ", "url: ", "is called without its input base-url"},
		{nightly, "job last", "job latest", `cmd/job has no command "latest"`},
		{nightly, "./cmd/job last", "./cmd/jobs last", "./cmd/jobs is not there"},
		{nightly, "needs: matrix", "needs: matrices", "there is no job matrices to wait for"},
		{nightly, "needs.matrix.outputs.matrix", "needs.matrix.outputs.include", "needs.matrix.outputs.include: there is no such thing"},
		{nightly, "steps.matrix.outputs.matrix", "steps.matrix.outputs.include", "steps.matrix.outputs.include: there is no such thing"},
		{nightly, "steps.matrix.", "steps.list.", "steps.list.outputs.matrix: there is no such thing"},
		{nightly, "matrix.record", "matrix.recorded", "matrix.recorded: there is no such thing"},
		{nightly, "inputs.environment", "inputs.env", "inputs.env: there is no such thing"},
		{nightly, "vars.KLEARSTACK_TIMEOUT", "vars.KLEARSTACK_TIME", "vars.KLEARSTACK_TIME: there is no such thing"},
		{nightly, "secrets.KLEARSTACK_PASSWORD", "secrets.KLEARSTACK_PASSWD", "secrets.KLEARSTACK_PASSWD: there is no such thing"},
		{nightly, "KLEARSTACK_CA_FILE:", "KLEARSTACK_CA:", "nobody reads the variable KLEARSTACK_CA"},
		{nightly, "CONFORMANCE_ARTIFACT:", "CONFORMANCE_NAME:", "nobody reads the variable CONFORMANCE_NAME"},
		{nightly, "CONFORMANCE_ARTIFACT:", "CONFORMANCE_NAME:", "last is run without CONFORMANCE_ARTIFACT"},
		{nightly, "tags: ${{ inputs.tags }}", "tags: ${{ secrets.KLEARSTACK_PASSWORD }}", "the input tags of ./.github/actions/conformance holds a secret"},
		{reusable, "secrets.jwt-key", "secrets.key", "secrets.key: there is no such thing"},
		{reusable, "jobs.conformance.outputs.verdict", "jobs.conformance.outputs.result", "jobs.conformance.outputs.result: there is no such thing"},
		{reusable, "steps.suite.outputs.verdict", "steps.suite.outputs.result", "steps.suite.outputs.result: there is no such thing"},
		{action, "inputs.base-url", "inputs.url", "inputs.url: there is no such thing"},
		{action, "steps.suite.outputs.report", "steps.suite.outputs.folder", "steps.suite.outputs.folder: there is no such thing"},
		{action, "/../../../go.mod", "/../../go.mod", "go.mod is not there"},
		{action, "./cmd/job\n", "./cmd/task\n", "./cmd/task is not there"},
		{action, "      shell: bash\n", "", "names no shell"},
		{action, "conformance/job\" run", "conformance/job\" start", `cmd/job has no command "start"`},
		{action, "inputs.tags", "secrets.tags", "secrets.tags: there is no such thing"},
	} {
		t.Run(c.want, func(t *testing.T) {
			t.Parallel()
			changed := false
			found := read(t, func(name, text string) string {
				if name != c.file || !strings.Contains(text, c.old) {
					return text
				}
				changed = true
				return strings.ReplaceAll(text, c.old, c.new)
			}).check()
			require.True(t, changed, "%s does not hold %q", c.file, c.old)
			assert.True(t, slices.ContainsFunc(found, func(wrong string) bool {
				return strings.HasPrefix(wrong, c.file) && strings.Contains(wrong, c.want)
			}), "%q", found)
		})
	}
}
