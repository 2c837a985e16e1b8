// Command clients runs the five samples that the page documents, with their real clients: against the reference server,
// and against the deployment that the settings name, where they name one. For each client it says whether it got its
// tokens. What the clients send to the reference server is compared with the captures in internal/wire, and kept in
// reports/clients. Run it from the top of the project, on a Unix, by make clients.
//
// It ends with 0 where all clients that are here got their tokens, with 1 where one did not, or sends something else than
// the suite imitates, or, where CI is set, is missing; and with 2 where the settings can't be used.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	if _, err := os.Stat("cmd/clients/samples"); err != nil {
		fmt.Println("The samples are not here: run make clients from the top of the project.")
		os.Exit(unusable)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process
	code := run(ctx, os.Environ(), samples(), reports, os.Stdout)
	stop()
	os.Exit(code)
}
