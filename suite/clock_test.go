package suite_test

import (
	"context"
	"sync"
	"time"
)

// hasty is a clock on which whoever sleeps wakes at once, at the time for which it was set.
type hasty struct {
	mutex sync.Mutex
	slept time.Duration
}

func (h *hasty) Now() time.Time {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	return time.Now().Add(h.slept)
}

func (h *hasty) Sleep(_ context.Context, d time.Duration) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.slept += d
}
