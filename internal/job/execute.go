package job

import (
	"context"
	"io"
	"os"
	"os/exec"
	"time"
)

// Execute runs a program and returns its exit code. Where the context ends, it is interrupted, and killed when it goes on
// for ten seconds more. The error says that it could not be started.
func Execute(ctx context.Context, program string, args, environ []string, output io.Writer) (int, error) {
	run := exec.CommandContext(ctx, program, args...)
	run.Env, run.Stdout, run.Stderr = environ, output, output
	run.Cancel = func() error { return run.Process.Signal(os.Interrupt) }
	run.WaitDelay = 10 * time.Second
	err := run.Run()
	if run.ProcessState == nil {
		return 0, err
	}
	if code := run.ProcessState.ExitCode(); code >= 0 {
		return code, nil
	}
	return 1, nil // a signal ended it
}

// Wait waits so long, or until the context ends, which is the error.
func Wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
