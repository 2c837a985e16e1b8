package repository_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/config"
)

// No example of docs/ci.md stays green without a target, which would be a test of the suite's own server: where GitHub
// has no variables the settings are empty, and the others look for the base URL first.
func TestExamplesNeedATarget(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(root, "docs", "ci.md"))
	require.NoError(t, err)
	examples := regexp.MustCompile("(?s)```(?:yaml|groovy)\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	require.Len(t, examples, 3)
	variable := regexp.MustCompile(`(?m)^ *(KLEARSTACK_[A-Z_]+)(?:: | = )(.*)$`)
	for _, example := range examples {
		var environ []string
		for _, found := range variable.FindAllStringSubmatch(example[1], -1) {
			if strings.HasPrefix(found[2], "${{") {
				environ = append(environ, found[1]+"=")
			}
		}
		if len(environ) == 0 {
			program := strings.Index(example[1], "conformance-linux-amd64")
			assert.Contains(t, example[1][:program], `: "${KLEARSTACK_BASE_URL:?`)
			continue
		}
		assert.Len(t, environ, 4)
		_, err := config.FromEnvironment(environ)
		assert.ErrorContains(t, err, "KLEARSTACK_BASE_URL is set but empty")
	}
}
