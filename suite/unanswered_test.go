package suite_test

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/result"
	"github.com/klearstack/conformance/suite"
)

// Where one login gets no answer at all, what it has to say is asked for bit by bit, and only what gets no answer then is
// not judged.
func TestOneLoginWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	extra := func(call *reference.Call) bool { return len(call.Form) > len(reference.Parameters()) }
	charset := func(call *reference.Call) bool {
		return strings.Contains(call.Request.Header.Get("Content-Type"), "charset")
	}
	authorized := func(call *reference.Call) bool {
		return call.Encoding == reference.Urlencoded && call.Request.Header.Get("Authorization") != ""
	}
	for name, c := range map[string]struct {
		silent  func() func(*reference.Call) bool
		verdict result.Verdict
		unknown []string
	}{
		"an unknown parameter": {func() func(*reference.Call) bool { return extra }, suite.Conforms, []string{"ADV-10"}},
		"a charset":            {func() func(*reference.Call) bool { return charset }, suite.Inconclusive, []string{"OK-5", "REQ-6"}},
		"a stray header":       {func() func(*reference.Call) bool { return authorized }, suite.Inconclusive, []string{"OK-5", "REQ-3"}},
		"once": {func() func(*reference.Call) bool {
			var times atomic.Int64
			return func(call *reference.Call) bool { return extra(call) && times.Add(1) == 1 }
		}, suite.Inconclusive, []string{"OK-5"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			silent := c.silent()
			got, err := suite.Run(t.Context(), suite.Options{Settings: serve(t, func(config *reference.Config) {
				config.Hooks = config.Hooks.Then(reference.Hooks{Composed: func(*reference.Call, *reference.Answer) {
					panic(http.ErrAbortHandler)
				}}.Only(silent))
			}, false)})
			require.NoError(t, err)
			assert.Equal(t, c.verdict, got.Verdict)
			assert.Empty(t, clausesThatAre(got, outcome.Violated))
			assert.ElementsMatch(t, c.unknown, clausesThatAre(got, outcome.Inconclusive))
		})
	}
}
