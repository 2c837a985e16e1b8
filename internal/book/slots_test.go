package book

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSlots(t *testing.T) {
	t.Parallel()
	s := &slots{free: 2}
	first, second := s.ask(false), s.ask(false)
	assert.True(t, granted(first))
	assert.True(t, granted(second))
	third, urgent, other := s.ask(false), s.ask(true), s.ask(true)
	assert.False(t, granted(third) || granted(urgent) || granted(other), "two at once")
	s.release()
	assert.True(t, granted(urgent), "before what came earlier")
	assert.False(t, granted(third) || granted(other))
	s.release()
	assert.True(t, granted(other), "in the order in which they came")
	s.release()
	assert.True(t, granted(third))
	s.release()
	s.release()
	assert.True(t, granted(s.ask(false)))
}

func granted(turn <-chan struct{}) bool {
	select {
	case <-turn:
		return true
	default:
		return false
	}
}
