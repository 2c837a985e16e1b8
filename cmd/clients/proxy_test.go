package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/wire"
)

// serving starts a deployment under a path prefix and returns the settings that name it, and what it received.
func serving(t *testing.T, handler http.HandlerFunc) ([]string, func() []*http.Request) {
	t.Helper()
	var mutex sync.Mutex
	var received []*http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A connection closed on a request half read is reset, and its answer may be lost.
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		r.Body = io.NopCloser(bytes.NewReader(body))
		mutex.Lock()
		received = append(received, r.Clone(r.Context()))
		mutex.Unlock()
		r.URL.Path, r.URL.RawPath = strings.TrimPrefix(r.URL.Path, "/a/b"), ""
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	settings := []string{
		"KLEARSTACK_BASE_URL=" + server.URL + "/a%2Fb/", "KLEARSTACK_USERNAME=qa-user",
		"KLEARSTACK_COMPANY_NAME=Acme Invoices", "KLEARSTACK_PASSWORD=" + password,
	}
	return settings, func() []*http.Request {
		mutex.Lock()
		defer mutex.Unlock()
		return received
	}
}

// against returns what is reported of a deployment.
func against(t *testing.T, settings []string, one sample) (string, int) {
	t.Helper()
	got, code := running(t, t.TempDir(), settings, one)
	_, rest, found := strings.Cut(got, " from the reference server")
	require.True(t, found, got)
	_, rest, _ = strings.Cut(rest, "\n")
	return rest, code
}

func TestDeployment(t *testing.T) {
	t.Parallel()
	server, err := referenceFor(wire.Captured(""))
	require.NoError(t, err)
	settings, received := serving(t, server.ServeHTTP)
	got, code := against(t, settings, replaying(t, "node-request-sample"))
	assert.Equal(t, allWell, code)
	base := strings.TrimPrefix(settings[0], "KLEARSTACK_BASE_URL=")
	assert.Equal(t, "The page's samples against "+base+":\n  fake 1.0                 got its tokens\n1 of 1 clients got their tokens from "+base, got)

	// Nothing is added on the way but that the connection ends.
	require.Len(t, received(), 1)
	request := received()[0]
	assert.Equal(t, "/a%2Fb/access/klearstack/get_access_token", request.RequestURI)
	assert.Equal(t, strings.Split(base, "/")[2], request.Host)
	assert.EqualValues(t, 419, request.ContentLength)
	assert.Equal(t, http.Header{
		"Connection": {"close"}, "Content-Length": {"419"},
		"Content-Type": {"multipart/form-data; boundary=--------------------------760157016563501545099505"},
	}, request.Header)
}

// A redirect comes back as it is, but leads nowhere.
func TestDeploymentRedirects(t *testing.T) {
	t.Parallel()
	settings, received := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "http://elsewhere.example/")
		w.WriteHeader(http.StatusTemporaryRedirect)
	})
	got, code := against(t, settings, replaying(t, "python-requests-sample"))
	assert.Equal(t, notWell, code)
	assert.Contains(t, got, `did not get its tokens: 307 Temporary Redirect, and it printed "Location:  Response:"`)
	assert.Len(t, received(), 1)
}

func TestDeploymentIsDown(t *testing.T) {
	t.Parallel()
	settings, _ := serving(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	got, code := against(t, settings, replaying(t, "python-requests-sample"))
	assert.Equal(t, notWell, code)
	assert.Contains(t, got, " closed the connection without an answer: check the scheme of KLEARSTACK_BASE_URL, or look at the service's log")
}

// What is no HTTP is not quoted: it may hold the password, or a part of it.
func TestDeploymentAnswersInNoHTTP(t *testing.T) {
	t.Parallel()
	const password = "CANARY and more"
	settings, _ := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		connection, _, err := http.NewResponseController(w).Hijack()
		if assert.NoError(t, err) {
			_, err = io.WriteString(connection, "HTTP/1.1 "+password+"\r\n\r\n")
			assert.NoError(t, errors.Join(err, connection.Close()))
		}
	})
	got, code := against(t, append(settings, "KLEARSTACK_PASSWORD="+password), replaying(t, "python-requests-sample"))
	assert.Equal(t, notWell, code)
	assert.Contains(t, got, " answered with something that is not HTTP")
	assert.NotContains(t, got, "CANARY")
}

// A sample that escapes nothing can't carry this password.
func TestDeploymentNotApplicable(t *testing.T) {
	t.Parallel()
	settings, received := serving(t, func(http.ResponseWriter, *http.Request) {})
	one := replaying(t, "curl-sample-plain")
	one.asIs = true
	got, code := against(t, settings, one)
	assert.Equal(t, allWell, code)
	assert.Contains(t, got, "not applicable: a configured value holds &, +, %, ; or more than plain ASCII, which this sample sends as it is\n0 of 1 clients")
	assert.True(t, strings.HasSuffix(got, "; 1 not applicable"), got)
	assert.Empty(t, received())
}

func TestDeploymentUnverified(t *testing.T) {
	t.Parallel()
	got, code := against(t, []string{
		"KLEARSTACK_BASE_URL=https://127.0.0.1:1", "KLEARSTACK_USERNAME=u", "KLEARSTACK_COMPANY_NAME=c", "KLEARSTACK_PASSWORD=p",
		"KLEARSTACK_INSECURE_SKIP_VERIFY=true",
	}, absent())
	assert.Equal(t, allWell, code)
	assert.True(t, strings.HasPrefix(got, "KLEARSTACK_INSECURE_SKIP_VERIFY is set: nobody knows whether what follows is https://127.0.0.1:1.\n"), got)
}

// What the deployment echoes does not reach the report.
func TestDeploymentEchoesThePassword(t *testing.T) {
	t.Parallel()
	settings, _ := serving(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte("wrong: " + password + ` {"access_token": "short", "refresh_token": "brief"}`))
	})
	got, _ := against(t, settings, replaying(t, "python-requests-sample"))
	assert.Contains(t, got, "403 Forbidden, and it printed")
	for _, secret := range []string{password, "short", "brief"} {
		assert.NotContains(t, got, secret)
	}
}
