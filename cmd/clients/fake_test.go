package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/klearstack/conformance/internal/wire"
)

// TestMain is the stand-in for a client where it is started as one.
func TestMain(m *testing.M) {
	if address := os.Getenv("SAMPLE_URL"); address != "" {
		if err := replay(address, os.Args[1:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	goleak.VerifyTestMain(m)
}

// password is the one that most captures were made with.
const password = "S3cret!pass&word=1"

// fake is a sample whose client is a program that the test brings along.
func fake(capture string, command ...string) sample {
	return sample{
		client: "fake", packages: "some-package", visits: []visit{{captures: []string{capture}}},
		look: []string{"/bin/echo", "1.0"}, version: regexp.MustCompile(`^(.*)`), command: command,
	}
}

// shell is a sample that is a shell script.
func shell(script string) sample { return fake("python-requests-sample", "/bin/sh", "-c", script) }

// replaying is a sample that sends a capture, with changes: each two texts are one to replace and its replacement.
func replaying(t *testing.T, capture string, changes ...string) sample {
	t.Helper()
	program, err := os.Executable()
	require.NoError(t, err)
	// Under the race detector a program would wait for a second at its end.
	return fake(capture, append([]string{"/usr/bin/env", "GORACE=atexit_sleep_ms=0", program, capture}, changes...)...)
}

// absent is a sample whose client is missing.
func absent() sample {
	return sample{client: "wget", packages: "wget ca-certificates", visits: []visit{{}}, look: []string{"/nowhere/wget"}}
}

// replay is the program of replaying: it sends a changed capture and prints the response's body.
func replay(address string, arguments []string) error {
	raw, err := wire.Raw(arguments[0])
	if err != nil {
		return err
	}
	connection, err := new(net.Dialer).DialContext(context.Background(), "tcp", strings.TrimPrefix(address, "http://"))
	if err != nil {
		return err
	}
	defer connection.Close()
	if _, err = io.WriteString(connection, strings.NewReplacer(arguments[1:]...).Replace(string(raw))); err != nil {
		return err
	}
	response, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	fmt.Println("Location:", response.Header.Get("Location"), "Response:", string(body))
	return err
}
