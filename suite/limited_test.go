package suite_test

import (
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/suite"
)

// What a rate limit keeps from being asked again is nobody's fault: a server may refuse a parameter that it does not
// know (ADV-10), and whether one bad answer was for the request or by chance (OK-5) needs a second one.
func TestRateLimitProvesNothing(t *testing.T) {
	t.Parallel()
	granted := func(call *reference.Call) bool { return call.Decision == reference.Granted }
	unknownRefused := reference.Hooks{Composed: func(_ *reference.Call, answer *reference.Answer) {
		answer.Fail(http.StatusBadRequest, "Unknown parameter")
	}}.Only(func(call *reference.Call) bool { return granted(call) && len(call.Form) > 3 })

	hooks := map[string]func() reference.Hooks{
		"one failure, then limited": func() reference.Hooks {
			var times atomic.Int64
			return reference.Hooks{Composed: func(_ *reference.Call, answer *reference.Answer) {
				if times.Add(1) == 1 {
					answer.Fail(http.StatusInternalServerError, "Internal Server Error")
					return
				}
				answer.Fail(http.StatusTooManyRequests, "Slow down")
			}}.Only(func(call *reference.Call) bool {
				return granted(call) && call.Request.Header.Get("Accept-Encoding") == "gzip" // the Java sample's
			})
		},
	}
	for _, status := range []int{http.StatusTooManyRequests, http.StatusServiceUnavailable} {
		for logins := int64(8); logins <= 12; logins++ {
			hooks[fmt.Sprintf("unknown parameter refused, status %d after %d logins", status, logins)] = func() reference.Hooks {
				return unknownRefused.Then(reference.Hooks{Composed: func(_ *reference.Call, answer *reference.Answer) {
					answer.Fail(status, "Slow down")
				}}.Only(func(call *reference.Call) bool { return call.Login > logins }))
			}
		}
	}
	for name, limited := range hooks {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result, err := suite.Run(t.Context(), suite.Options{Settings: serve(t, func(config *reference.Config) {
				config.Hooks = config.Hooks.Then(limited())
			}, false)}.By(&hasty{}))
			require.NoError(t, err)
			assert.Equal(t, suite.Inconclusive, result.Verdict)
			assert.Empty(t, clausesThatAre(result, outcome.Violated))
			assert.Equal(t, outcome.Inconclusive, clause(t, result, "OK-5").Outcome)
		})
	}
}
