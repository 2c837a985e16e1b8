package job_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/job"
)

func TestExecute(t *testing.T) {
	t.Parallel()
	var output bytes.Buffer
	code, err := job.Execute(t.Context(), "sh", []string{"-c", `echo "$GREETING"; echo worse >&2; exit 3`}, []string{"GREETING=hello"}, &output)
	require.NoError(t, err)
	assert.Equal(t, 3, code)
	assert.Equal(t, "hello\nworse\n", output.String())
	code, err = job.Execute(t.Context(), "true", nil, nil, &output)
	require.NoError(t, err)
	assert.Zero(t, code)
	code, err = job.Execute(t.Context(), "sh", []string{"-c", `kill -KILL $$`}, nil, &output)
	require.NoError(t, err)
	assert.Equal(t, 1, code)
	_, err = job.Execute(t.Context(), t.TempDir()+"/none", nil, nil, &output)
	assert.Error(t, err)
}

// A job that is cancelled interrupts the suite, which ends in its own way.
func TestExecuteInterrupts(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	code, err := job.Execute(ctx, "sh", []string{"-c", `trap 'exit 7' INT; echo ready; while :; do :; done`}, nil, &onWrite{do: cancel})
	require.NoError(t, err)
	assert.Equal(t, 7, code)
}

// onWrite is an output that does something when it is written to.
type onWrite struct{ do func() }

func (o *onWrite) Write(text []byte) (int, error) {
	o.do()
	return len(text), nil
}

func TestWait(t *testing.T) {
	t.Parallel()
	require.NoError(t, job.Wait(t.Context(), 0))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.ErrorIs(t, job.Wait(ctx, time.Hour), context.Canceled)
}
