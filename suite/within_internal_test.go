package suite

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
)

// A run ends before the time limit of the tests, or by its own, whichever is first.
func TestWithin(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for left, want := range map[time.Duration]time.Duration{
			time.Second: 500 * time.Millisecond, 20 * time.Second: 10 * time.Second, 10 * time.Minute: 9*time.Minute + 50*time.Second,
		} {
			start := time.Now()
			limit := func() (time.Time, bool) { return start.Add(left), true }
			ctx, cancel := within(t.Context(), limit)
			<-ctx.Done()
			assert.Equal(t, want, time.Since(start))
			assert.Equal(t, outcome.ErrTimeLimit, context.Cause(ctx))
			cancel()

			start = time.Now()
			own, cancelOwn := context.WithTimeout(t.Context(), 100*time.Millisecond)
			ctx, cancel = within(own, limit)
			<-ctx.Done()
			assert.Equal(t, 100*time.Millisecond, time.Since(start))
			assert.Equal(t, context.DeadlineExceeded, context.Cause(ctx))
			cancel()
			cancelOwn()
		}
		ctx, cancel := within(t.Context(), func() (time.Time, bool) { return time.Time{}, false })
		require.NoError(t, ctx.Err())
		cancel()
	})
}
