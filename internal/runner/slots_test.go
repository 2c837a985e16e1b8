package runner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSlots(t *testing.T) {
	t.Parallel()
	s := &slots{width: 2}
	first, second := s.ask(false), s.ask(false)
	assert.True(t, granted(first))
	assert.False(t, granted(second), "before the first has started")
	s.started()
	assert.True(t, granted(second))
	s.started()
	third, urgent, other := s.ask(false), s.ask(true), s.ask(true)
	assert.False(t, granted(third) || granted(urgent) || granted(other), "two at once")
	s.release()
	assert.True(t, granted(urgent), "before what came earlier")
	assert.False(t, granted(third) || granted(other))
	s.started()
	s.release()
	assert.True(t, granted(other), "in the order in which they came")
	s.started()
	s.release()
	assert.True(t, granted(third))
	s.started()
	s.release()
	s.release()
	assert.True(t, granted(s.ask(false)))
}

func TestNarrowedSlots(t *testing.T) {
	t.Parallel()
	s := &slots{width: 3}
	for range 3 {
		assert.True(t, granted(s.ask(true)))
		s.started()
	}
	urgent := s.ask(true)
	s.narrow()
	first, second := s.again(), s.again()
	assert.False(t, granted(first) || granted(second) || granted(urgent), "while one is under way still")
	s.release()
	assert.True(t, granted(second) && !granted(first) && !granted(urgent), "one at a time, and what is sent again before all others")
	s.started()
	s.release()
	assert.True(t, granted(first) && !granted(urgent))
	s.started()
	s.release()
	assert.True(t, granted(urgent))
}

func granted(turn <-chan struct{}) bool {
	select {
	case <-turn:
		return true
	default:
		return false
	}
}
