package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/wire"
)

// running runs samples and returns what is reported, without blanks around it, and the exit code.
func running(t *testing.T, folder string, environ []string, all ...sample) (string, int) {
	t.Helper()
	var out bytes.Buffer
	code := run(t.Context(), environ, all, folder, &out)
	return strings.TrimSpace(out.String()), code
}

func TestRunAgainstTheReferenceServer(t *testing.T) {
	t.Parallel()
	const title = "The page's samples against the reference server:\n"
	const summary = " clients got their tokens from the reference server"
	for name, c := range map[string]struct {
		environ []string
		samples []sample
		code    int
		want    string
	}{
		"tokens": {
			samples: []sample{replaying(t, "curl-sample-plain"), replaying(t, "node-request-sample")},
			want:    title + "  fake 1.0                 got its tokens\n  fake 1.0                 got its tokens\n2 of 2" + summary,
		},
		"missing": {
			samples: []sample{absent(), replaying(t, "java-okhttp-sample")},
			want: title + "  wget                     missing: install wget and ca-certificates (apt-get install -y wget ca-certificates)\n" +
				"  fake 1.0                 got its tokens\n1 of 2" + summary + "; 1 missing",
		},
		"missing in CI": {
			environ: []string{"CI=true"}, samples: []sample{absent()}, code: notWell,
			want: title + "  wget                     missing: install wget and ca-certificates (apt-get install -y wget ca-certificates)\n0 of 1" + summary + "; 1 missing",
		},
		"missing where CI is empty": {
			environ: []string{"CI=true", "CI="}, samples: []sample{absent()},
			want: title + "  wget                     missing: install wget and ca-certificates (apt-get install -y wget ca-certificates)\n0 of 1" + summary + "; 1 missing",
		},
		"refused": {
			samples: []sample{replaying(t, "curl-sample-plain", "Passw0rd1", "Passw0rd2")}, code: notWell,
			want: title + "  fake 1.0                 did not get its tokens: 401 Unauthorized, and it printed `Location:  Response: {\"error\":\"Invalid credentials\"}`\n" +
				"    not as in curl-sample-plain, in what the suite imitates (body)\n" +
				"      -username=qa-user&company_name=Acme Invoices&password=Passw0rd1\n" +
				"      +username=qa-user&company_name=Acme Invoices&password=Passw0rd2\n0 of 1" + summary,
		},
		"another Accept": {
			samples: []sample{replaying(t, "curl-sample-plain", "*/*", "application/json")}, code: notWell,
			want: title + "  fake 1.0                 got its tokens\n    not as in curl-sample-plain, in what the suite imitates (Accept)\n" +
				"      -Accept: */*\n      +Accept: application/json\n1 of 1" + summary,
		},
		"another Connection": {
			samples: []sample{replaying(t, "python-requests-sample", "keep-alive", "close")},
			want: title + "  fake 1.0                 got its tokens\n    not as in python-requests-sample, in nothing that the suite imitates\n" +
				"      -Connection: keep-alive\n      +Connection: close\n1 of 1" + summary,
		},
		"an additional header": {
			samples: []sample{replaying(t, "python-requests-sample", "Accept: */*", "Accept: */*\r\nPriority: u=1")},
			want: title + "  fake 1.0                 got its tokens\n    not as in python-requests-sample, in nothing that the suite imitates\n" +
				"      +Priority: u=1\n1 of 1" + summary,
		},
		"nothing sent": {
			samples: []sample{shell(`echo "no way" >&2; exit 7`)}, code: notWell,
			want: title + "  fake 1.0                 did not get its tokens: it sent no request to the endpoint, and it printed \"no way\"\n0 of 1" + summary,
		},
		"no program": {
			samples: []sample{fake("python-requests-sample", "/nowhere/client")}, code: notWell,
			want: title + "  fake 1.0                 did not get its tokens: it sent no request to the endpoint\n0 of 1" + summary,
		},
		"secrets": {
			samples: []sample{shell(`echo "$SAMPLE_PASSWORD"`)}, code: notWell,
			want: title + "  fake 1.0                 did not get its tokens: it sent no request to the endpoint, and it printed \"[redacted]\"\n0 of 1" + summary,
		},
		"no text": {
			samples: []sample{shell(`printf '\377\377'`)}, code: notWell,
			want: title + "  fake 1.0                 did not get its tokens: it sent no request to the endpoint, and what it printed is no text\n0 of 1" + summary,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, code := running(t, t.TempDir(), c.environ, c.samples...)
			assert.Equal(t, c.want, got)
			assert.Equal(t, c.code, code)
		})
	}
}

// What a client sent can take its capture's place.
func TestRunKeepsRequests(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "reports", "clients")
	_, code := running(t, folder, nil, replaying(t, "node-request-sample", "18080", "7"))
	require.Equal(t, allWell, code)
	kept, err := os.ReadFile(filepath.Join(folder, "node-request-sample.http"))
	require.NoError(t, err)
	raw, err := wire.Raw("node-request-sample")
	require.NoError(t, err)
	assert.Equal(t, strings.ReplaceAll(string(raw), "18080", "7"), string(kept))
}

func TestRunCannotKeepRequests(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	got, code := running(t, file, nil, replaying(t, "node-request-sample"))
	assert.Equal(t, notWell, code)
	assert.Contains(t, got, "did not get its tokens: the folder "+file+" for what it sent can't be made: check the permissions there")
}

func TestRunWithUnusableSettings(t *testing.T) {
	t.Parallel()
	got, code := running(t, t.TempDir(), []string{"KLEARSTACK_TIMEOUT=soon"}, replaying(t, "curl-sample-plain"))
	assert.Equal(t, unusable, code)
	assert.Contains(t, got, "1 of 1 clients got their tokens from the reference server\nKLEARSTACK_TIMEOUT is")
}

func TestRunInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	assert.Equal(t, notWell, run(ctx, nil, []sample{replaying(t, "curl-sample-plain")}, t.TempDir(), &out))
	assert.Equal(t, "The command was interrupted before it had seen everything: start it again.\n", out.String())
}
