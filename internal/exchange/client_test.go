package exchange_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
)

// marker stands in whatever a test's target sends, and must stand in no sentence.
const marker = "M4RKER"

// assertFailed asserts what an exchange failed with. "%s" in the sentence is the target's host and port.
func assertFailed(t *testing.T, e *exchange.Exchange, address, sentence string) {
	t.Helper()
	require.NotNil(t, e.Failure)
	assert.Equal(t, strings.ReplaceAll(sentence, "%s", address), e.Failure.Sentence)
	assert.Empty(t, e.Failure.Clause)
	assert.NotContains(t, e.Failure.Sentence, marker)
	assert.NotContains(t, e.Failure.Sentence, "\n")
	assert.False(t, e.Answered())
}

const (
	resets   = "%s broke the connection off before it had answered completely: look at the service's log"
	closes   = "%s closed the connection without an answer: check the scheme of KLEARSTACK_BASE_URL, or look at the service's log"
	isSlow   = "%s did not answer completely within 150ms: raise KLEARSTACK_TIMEOUT if it is known to be slow"
	isNoHTTP = "%s answered with something that is not HTTP, or with a header of over 512 KiB: check the scheme and the port of KLEARSTACK_BASE_URL"
)

func TestFailures(t *testing.T) {
	t.Parallel()
	const ok = "HTTP/1.1 200 OK\r\nX-M: " + marker + "\r\n"
	for _, c := range []struct {
		name   string
		answer string
		finish func(net.Conn)
		want   string
	}{
		{"closed without an answer", "", end, closes},
		{"closed in the header", ok, end, closes},
		{"reset without an answer", "", reset, resets},
		{"another protocol", "220 mail." + marker + ".example ESMTP\r\n", end, isNoHTTP},
		{"a header that is none", ok + marker + "\r\n\r\n", end, isNoHTTP},
		{"two lengths", ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", end, isNoHTTP},
		{"a length that is none", ok + "Content-Length: " + marker + "\r\n\r\n", end, isNoHTTP},
		{"an unknown transfer coding", ok + "Transfer-Encoding: " + marker + "\r\n\r\n", end, isNoHTTP},
		{"chunks that are none", ok + "Transfer-Encoding: chunked\r\n\r\n" + marker + "\r\n", end, isNoHTTP},
		{"informational without end", strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: <"+marker+strings.Repeat("x", 1<<13)+">\r\n\r\n", 200), end, isNoHTTP},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			address := answering(t, c.answer, c.finish)
			assertFailed(t, login(t, aim(t, "http://"+address)), address, c.want)
		})
	}
}

// Where a connection is reset with an answer under way, the client sees it only once it has read what came before.
func TestResetInTheBody(t *testing.T) {
	t.Parallel()
	for name, header := range map[string]string{
		"of a known length": "Content-Length: 1000", "of chunks": "Transfer-Encoding: chunked", "of no known length": "Connection: close",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := serve(t, func(connection net.Conn) {
				receive(connection)
				_, _ = io.WriteString(connection, "HTTP/1.1 200 OK\r\n"+header+"\r\n\r\n5\r\n{\"a\":")
				reset(connection)
			})
			assertFailed(t, login(t, aim(t, "http://"+address)), address, resets)
		})
	}
}

func TestTimeouts(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"never answers":           "",
		"answers half a header":   "HTTP/1.1 200 OK\r\nX-M: " + marker,
		"answers half a body":     "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + marker,
		"never ends a chunk":      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n" + marker,
		"never closes":            "HTTP/1.1 200 OK\r\n\r\n" + marker,
		"only informs":            "HTTP/1.1 102 Processing\r\n\r\n",
		"continues, and no more":  "HTTP/1.1 100 Continue\r\n\r\n",
		"never ends the trailers": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			address := answering(t, answer, hold)
			assertFailed(t, login(t, aim(t, "http://"+address, briefly)), address, isSlow)
		})
	}
}

func TestConnectionsThatFail(t *testing.T) {
	t.Parallel()
	fails := func(err error) *exchange.Client {
		return &exchange.Client{
			Base: &url.URL{Scheme: "http", Host: "nonexistent.invalid:8080"}, Timeout: 1 << 40,
			Transport: &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) { return nil, err }},
		}
	}
	dial := func(err error) error { return &net.OpError{Op: "dial", Net: "tcp", Err: err} }
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"unknown name", dial(&net.DNSError{Name: "nonexistent.invalid", IsNotFound: true}),
			"the name nonexistent.invalid does not resolve: check KLEARSTACK_BASE_URL"},
		{"no name server", dial(&net.DNSError{Name: "nonexistent.invalid", IsTemporary: true}),
			"the name nonexistent.invalid does not resolve: check KLEARSTACK_BASE_URL"},
		{"no route", dial(&net.AddrError{Err: marker}),
			"%s can't be reached over the network: check KLEARSTACK_BASE_URL, routes and firewalls"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			assertFailed(t, login(t, fails(c.err)), "nonexistent.invalid:8080", c.want)
		})
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, listener.Close())
	address := listener.Addr().String()
	assertFailed(t, login(t, aim(t, "http://"+address)), address, "%s refuses connections: check KLEARSTACK_BASE_URL and that the service is up")
}

func TestInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	address := serve(t, func(connection net.Conn) {
		receive(connection)
		cancel()
		hold(connection)
	})
	e := aim(t, "http://"+address).Do(ctx, qa().Login())
	assertFailed(t, e, address, "the run was interrupted before %s had answered: start it again")
}

// A target that greets or hangs up before it has read anything is told like one that does so later.
func TestTargetsThatDoNotListen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, greeting string
		want           []string
	}{
		{"greets", "SSH-2.0-" + marker + "\r\n", []string{isNoHTTP}},
		// The request may run into the closed connection.
		{"hangs up", "", []string{closes, resets}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			address := serve(t, func(connection net.Conn) {
				_, _ = io.WriteString(connection, c.greeting)
				_ = connection.(*net.TCPConn).CloseWrite()
				hold(connection)
			})
			client := aim(t, "http://"+address)
			for range 100 {
				e := login(t, client)
				require.NotNil(t, e.Failure)
				assert.Contains(t, c.want, strings.ReplaceAll(e.Failure.Sentence, address, "%s"))
			}
		})
	}
}

// Whatever a target does with its answer, each request reaches it once.
func TestNothingIsSentTwice(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"no answer":    "",
		"a timeout":    "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n",
		"a redirect":   "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
		"later":        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
		"authenticate": "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			requests := make(chan []byte, 8)
			address := serve(t, func(connection net.Conn) {
				requests <- receive(connection)
				_, _ = io.WriteString(connection, answer)
			})
			client := aim(t, "http://"+address)
			login(t, client)
			client.Do(t.Context(), qa().Query(http.MethodGet)) // which a transport might take leave to repeat
			assert.Len(t, requests, 2)
		})
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	many := strings.Repeat("x", 1<<20)
	for _, c := range []struct {
		name       string
		answer     string
		finish     func(net.Conn)
		status     int
		length     int64
		raw        string
		short, cut bool
	}{
		{"complete", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", end, 200, 2, "{}", false, false},
		{"without a body", "HTTP/1.1 204 No Content\r\n\r\n", hold, 204, 0, "", false, false},
		{"of an older version", "HTTP/1.0 200 OK\r\n\r\n{}", end, 200, -1, "{}", false, false},
		{"of an older version, with a length", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", hold, 200, 2, "{}", false, false},
		{"without a length", "HTTP/1.1 200 OK\r\n\r\n{}", end, 200, -1, "{}", false, false},
		{"shorter than its length", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", end, 200, 9, "{}", true, false},
		{"nothing of its length", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", end, 200, 9, "", true, false},
		{"longer than its length", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + marker, end, 200, 2, "{}", false, false},
		{"longer than its length, and open", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + marker, hold, 200, 2, "{}", false, false},
		{"another one after it", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + marker, hold, 200, 0, "", false, false},
		{"in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n", end, 200, -1, "{}", false, false},
		{"in chunks, with a trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX-T: 1\r\n\r\n", end, 200, -1, "{}", false, false},
		{"in chunks, without the last line break", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n", end, 200, -1, "{}", false, false},
		{"without its last chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", end, 200, -1, "{}", true, false},
		{"half a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}", end, 200, -1, "{}", true, false},
		{"as much as is read", "HTTP/1.1 200 OK\r\nContent-Length: 1048576\r\n\r\n" + many, end, 200, 1 << 20, many, false, false},
		{"more than is read", "HTTP/1.1 200 OK\r\nContent-Length: 1048577\r\n\r\n" + many + "y", end, 200, 1<<20 + 1, many, false, true},
		{"more than is read, then short", "HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + many + "y", end, 200, 9999999, many, false, true},
		{"more than is read, and open", "HTTP/1.1 200 OK\r\n\r\n" + many + "y", hold, 200, -1, many, false, true},
		{"after others", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", hold, 200, 2, "{}", false, false},
		{"another protocol from here on", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n" + marker, hold, 101, 0, "", false, false},
		{"no protocol from here on", "HTTP/1.1 101 Switching Protocols\r\n\r\n" + marker, hold, 101, 0, "", false, false},
		{"a redirect", "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.invalid/\r\nContent-Length: 0\r\n\r\n", hold, 302, 0, "", false, false},
		{"an unknown status", "HTTP/1.1 799 " + marker + "\r\nContent-Length: 0\r\n\r\n", hold, 799, 0, "", false, false},
		{"a large header", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + strings.Repeat("Set-Cookie: "+strings.Repeat("c", 1000)+"\r\n", 400) + "\r\n{}", hold, 200, 2, "{}", false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			e := login(t, aim(t, "http://"+answering(t, c.answer, c.finish)))
			require.Nil(t, e.Failure, "%+v", e.Failure)
			assert.Equal(t, c.status, e.Status)
			assert.Equal(t, c.length, e.ContentLength)
			assert.Len(t, e.Raw, len(c.raw))
			assert.True(t, bytes.Equal([]byte(c.raw), e.Raw), "the body is another")
			assert.Equal(t, c.short, e.Short, "short")
			assert.Equal(t, c.cut, e.Cut, "cut")
			assert.False(t, e.Received.Before(e.Sent))
			assert.False(t, e.Done.Before(e.Received))
		})
	}
}

// What never ends is not read to its end.
func TestEndless(t *testing.T) {
	t.Parallel()
	endless := func(head, more string) string {
		return serve(t, func(connection net.Conn) {
			receive(connection)
			_, err := io.WriteString(connection, head)
			for err == nil {
				_, err = io.WriteString(connection, more)
			}
		})
	}
	t.Run("body", func(t *testing.T) {
		t.Parallel()
		e := login(t, aim(t, "http://"+endless("HTTP/1.1 200 OK\r\n\r\n", strings.Repeat("x", 1<<12))))
		require.Nil(t, e.Failure)
		assert.True(t, e.Cut)
		assert.Len(t, e.Raw, 1<<20)
	})
	t.Run("chunks", func(t *testing.T) {
		t.Parallel()
		e := login(t, aim(t, "http://"+endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "400\r\n"+strings.Repeat("x", 1<<10)+"\r\n")))
		require.Nil(t, e.Failure)
		assert.True(t, e.Cut)
	})
	for name, head := range map[string]string{"header": "HTTP/1.1 200 OK\r\n", "header line": "HTTP/1.1 200 OK\r\nX-M: ", "status line": "HTTP/1.1 200 "} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			more := strings.Repeat(marker, 1<<10)
			if name == "header" {
				more = "X-M: " + more + "\r\n"
			}
			address := endless(head, more)
			assertFailed(t, login(t, aim(t, "http://"+address)), address, isNoHTTP)
		})
	}
}

// HEAD announces a body that does not come.
func TestHead(t *testing.T) {
	t.Parallel()
	address := answering(t, "HTTP/1.1 200 OK\r\nContent-Length: 999\r\nContent-Encoding: gzip\r\n\r\n", hold)
	e := aim(t, "http://"+address).Do(t.Context(), qa().Method(http.MethodHead))
	require.Nil(t, e.Failure)
	assert.False(t, e.Short)
	assert.Empty(t, e.Raw)
	body, whole, err := e.Body()
	require.NoError(t, err)
	assert.Empty(t, body)
	assert.True(t, whole)
}

// The exchange keeps what there is of an answer, and the request.
func TestRecord(t *testing.T) {
	t.Parallel()
	address := answering(t, "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nContent-Length: 0\r\n\r\n", hold)
	client := aim(t, "http://"+address+"/prefix")
	e := login(t, client)
	require.Nil(t, e.Failure)
	assert.Equal(t, qa().Login(), e.Request)
	assert.Equal(t, client.Base, e.Base)
	assert.Equal(t, []string{"a=1", "b=2"}, e.Header.Values("Set-Cookie"))
	assert.True(t, e.Answered())
}

// A withheld request is one that has no answer.
func TestWithheld(t *testing.T) {
	t.Parallel()
	e := exchange.Withheld(qa().Login(), exchange.Failure{Sentence: "no", Clause: "OK-1"})
	assert.False(t, e.Answered())
	assert.Equal(t, qa().Login(), e.Request)
	assert.EqualError(t, e.Unanswered(), "it builds on OK-1: no")
}

// Many exchanges at once share a client.
func TestConcurrentExchanges(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err == nil {
			_, _ = w.Write(body)
		}
	}))
	t.Cleanup(server.Close)
	client := aim(t, server.URL)
	answers := make(chan string, 16)
	for range cap(answers) {
		go func() { answers <- string(client.Do(t.Context(), qa().Login()).Raw) }()
	}
	for range cap(answers) {
		assert.Equal(t, "username=qa-user&company_name=Acme+Invoices&password=S3cret%21pass%26word%3D1", <-answers)
	}
}
