package suite_test

import (
	"crypto/tls"
	"io"
	"net"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// flood serves HTTP/2 of nothing but frames of a type that does not exist, as long as they are taken.
func flood(t *testing.T) string {
	t.Helper()
	known := httptest.NewTLSServer(nil)
	certificates := known.TLS.Certificates
	known.Close()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	const header = 9
	settings := make([]byte, header)
	settings[3] = 4 // its type
	unknown := make([]byte, header)
	unknown[3] = 0x42
	var all sync.WaitGroup
	all.Go(func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return
			}
			all.Go(func() {
				secure := tls.Server(connection, &tls.Config{Certificates: certificates, NextProtos: []string{"h2"}, MinVersion: tls.VersionTLS12})
				defer secure.Close()
				all.Go(func() { _, _ = io.Copy(io.Discard, secure) })
				_, err := secure.Write(settings)
				for err == nil {
					_, err = secure.Write(unknown)
				}
			})
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		all.Wait()
	})
	return "https://" + listener.Addr().String()
}

// Nothing that net/http logs reaches the output: neither the password, which it logs for whoever debugs HTTP/2, nor what a
// target makes it log.
func TestStandardLoggerIsSilent(t *testing.T) {
	t.Parallel()
	binary := filepath.Join(t.TempDir(), "conformance")
	built, err := exec.CommandContext(t.Context(), "go", "test", "-c", "-o", binary, "..").CombinedOutput()
	require.NoError(t, err, string(built))
	run := func(environ ...string) string {
		command := exec.CommandContext(t.Context(), binary)
		command.Dir, command.Env = t.TempDir(), append([]string{"KLEARSTACK_INSECURE_SKIP_VERIFY=true"}, environ...)
		output, _ := command.CombinedOutput() // the exit code is not what this is about
		return string(output)
	}
	flooded := run(append(environment(aimed(flood(t))), "KLEARSTACK_TIMEOUT=200ms")...)
	assert.Contains(t, flooded, "did not answer completely within 200ms")
	assert.Less(t, len(flooded), 4096)

	settings := serve(t, nil, true)
	for _, level := range []string{"1", "2"} {
		debugged := run(append(environment(settings), "GODEBUG=http2debug="+level)...)
		assert.Contains(t, debugged, "\nVerdict   conforms\n")
		assert.NotContains(t, debugged, "http2: ")
		assert.NotContains(t, debugged, settings.Password)
	}
}
