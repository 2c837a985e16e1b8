package outcome_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/outcome"
)

func TestKindsAndWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		err   error
		kind  outcome.Kind
		words string
	}{
		{"violated", &outcome.Violation{Expected: "a", Got: "b"}, outcome.Violated, "expected a; received b"},
		{"with a hint", &outcome.Violation{Expected: "a", Got: "b", Hint: "c"}, outcome.Violated, "expected a; received b (c)"},
		{"of a request", &outcome.Violation{Expected: "a", Got: "b", Request: "the login"}, outcome.Violated, "expected a; received b, in response to the login"},
		{"that names its request", &outcome.Violation{Expected: "a", Got: "two of the login", Request: "the login"}, outcome.Violated, "expected a; received two of the login"},
		{"blocked", &outcome.Unjudged{By: "OK-1", Reason: "no login"}, outcome.NotJudged, "it builds on OK-1: no login"},
		{"unknown", &outcome.Unknown{Reason: "no answer"}, outcome.Inconclusive, "no answer"},
		{"untested", &outcome.Untested{Setting: "KEY", Reason: "set KEY"}, outcome.NotTested, "set KEY"},
		{"inapplicable", &outcome.Inapplicable{Reason: "no space"}, outcome.NotApplicable, "no space"},
		{"any other error", errors.New("odd"), outcome.Inconclusive, "odd"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, c.kind, outcome.Of(c.err))
			assert.Equal(t, c.kind, outcome.Of(fmt.Errorf("the login: %w", c.err)), "wrapped")
			assert.EqualError(t, c.err, c.words)
		})
	}
	assert.Equal(t, outcome.Kept, outcome.Of(nil))
}

func TestAt(t *testing.T) {
	t.Parallel()
	violation := &outcome.Violation{Expected: "a", Got: "b", Hint: "c"}
	noted := outcome.At("the login", violation)
	assert.Equal(t, &outcome.Violation{Expected: "a", Got: "b", Hint: "c", Request: "the login"}, noted)
	assert.Empty(t, violation.Request, "what is shared is left as it was")
	assert.Equal(t, noted, outcome.At("another", noted), "the first request stays")

	for _, other := range []error{&outcome.Unjudged{By: "OK-1"}, &outcome.Unknown{}, &outcome.Untested{}, &outcome.Inapplicable{}, errors.New("odd")} {
		assert.Same(t, other, outcome.At("the login", other))
	}
	require.NoError(t, outcome.At("the login", nil))
}

func TestTheWorstIsReported(t *testing.T) {
	t.Parallel()
	ranks := []outcome.Kind{outcome.NotApplicable, outcome.NotTested, outcome.Kept, outcome.NotJudged, outcome.Inconclusive, outcome.Violated}
	for i, kind := range ranks {
		for j, other := range ranks {
			assert.Equal(t, i > j, kind.Worse(other), "%s, %s", kind, other)
		}
	}
	assert.Equal(t, outcome.Violated, slices.MaxFunc(ranks, func(one, other outcome.Kind) int {
		if one.Worse(other) {
			return 1
		}
		return -1
	}))
}
