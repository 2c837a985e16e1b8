package repository_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/suite"
)

// assertSettings wants variables that make sense to the suite. Of a file that holds a secret it wants that there is
// one, so one stands in.
func assertSettings(t *testing.T, variables map[string]string) {
	t.Helper()
	require.NoError(t, settings(t, variables))
}

// settings returns what the suite says of variables.
func settings(t *testing.T, variables map[string]string) error {
	t.Helper()
	secret := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(secret, []byte("stands in"), 0o600))
	var environ []string
	for name, value := range variables {
		require.True(t, strings.HasPrefix(name, "KLEARSTACK_"), name)
		if strings.HasSuffix(name, "_FILE") {
			value = secret
		}
		environ = append(environ, name+"="+value)
	}
	_, err := suite.FromEnvironment(environ)
	return err
}
