// Command job does what a job in GitHub Actions needs around a run of the suite. Its settings come from the environment.
package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/klearstack/conformance/internal/job"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process
	code := (&job.Job{
		Environ: os.Environ(), Output: os.Stdout, Transport: &http.Transport{Proxy: http.ProxyFromEnvironment},
		Wait: job.Wait, Execute: job.Execute,
	}).Do(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}
