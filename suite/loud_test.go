package suite_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/suite"
)

// What is printed and written about a target is bounded, however much it sends.
func TestLoudTargets(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("Error in /srv/app/x.py line 3, <b>x</b> \u202e\x1b[31m", 600)
	answer := func(status int, format string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, strings.ReplaceAll(format, "%", fmt.Sprintf("%q", text)))
		}
	}
	for name, handler := range map[string]http.HandlerFunc{
		"members": answer(http.StatusOK, `{"access_token":%,"refresh_token":%,"release_version":%,%:1}`),
		"errors":  answer(http.StatusInternalServerError, `{"error":%}`),
		"header": func(w http.ResponseWriter, _ *http.Request) {
			for i := range 4000 {
				w.Header().Add(fmt.Sprintf("X-%d", i), strings.Repeat("v", 90))
			}
			w.Header().Set("Location", strings.Repeat("/x", 20000))
			_, _ = io.WriteString(w, text)
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			settings := serve(t, func(config *reference.Config) {
				config.Hooks.Wrap = func(http.Handler) http.Handler { return handler }
			}, false)
			settings.ReportDir = t.TempDir()
			var output bytes.Buffer
			_, err := suite.Run(t.Context(), suite.Options{Settings: settings, Output: &output})
			require.NoError(t, err)
			assert.Less(t, output.Len(), 64<<10)
			files, err := filepath.Glob(filepath.Join(settings.ReportDir, "*"))
			require.NoError(t, err)
			require.NotEmpty(t, files)
			for _, file := range files {
				info, err := os.Stat(file)
				require.NoError(t, err)
				assert.Less(t, info.Size(), int64(1<<20), file)
			}
		})
	}
}
