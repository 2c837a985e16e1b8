package exchange_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/exchange"
)

// However much each response has, what is kept of all together is bounded. Smaller ones are read for longer.
func TestWhatIsKept(t *testing.T) {
	t.Parallel()
	const mebibyte = 1 << 20
	letters := strings.Repeat("x", mebibyte)
	list := func(each func(int) string, count int, separator string) string {
		all := make([]string, count)
		for i := range all {
			all[i] = each(i)
		}
		return strings.Join(all, separator)
	}
	name := func(i int) string { return strconv.Itoa(10_000 + i) }
	packedOnce := string(packed(t, []byte(letters), gzipped))
	for _, c := range []struct {
		name, header, body string
		each               int // bytes of memory that one takes
	}{
		{"text", "", letters, mebibyte},
		{"text, packed", "Content-Encoding: gzip\r\n", packedOnce, mebibyte},
		{"text that can't be unpacked", "Content-Encoding: gzip\r\n", letters, mebibyte},
		{"text of which a part can be unpacked", "Content-Encoding: gzip\r\n", packedOnce[:len(packedOnce)-1] + letters[len(packedOnce):], 2 * mebibyte},
		{"JSON's text", "", `"` + letters[2:] + `"`, 2 * mebibyte},
		{"JSON's number", "", strings.Repeat("1", mebibyte), 2 * mebibyte},
		{"members", "", "{" + list(func(i int) string { return `"` + name(i) + `":""` }, 9_000, ",") + "}", 9_000 * (11 + 64 + 5 + 64)},
		{"elements", "", "[" + list(func(int) string { return `"12345"` }, 9_000, ",") + "]", 9_000 * (8 + 64 + 5)},
		{"header fields", list(func(i int) string { return "F" + name(i) + ": 12345\r\n" }, 4_000, ""), "", 4_000 * (64 + 6 + 64 + 5)},
		{"header fields of one name", strings.Repeat("F12345: 12345\r\n", 4_000), "", 4_000 * (64 + 6 + 64 + 5)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			address := answering(t, fmt.Sprintf("HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s", c.header, len(c.body), c.body), end)
			client := aim(t, "http://"+address)
			kept := 0
			e := login(t, client)
			for ; e.Failure == nil; e = login(t, client) {
				kept++
				require.LessOrEqual(t, kept*c.each, 40*mebibyte)
			}
			assert.Equal(t, 40*mebibyte/(c.each+c.each/200), kept, "responses")
			assertFailed(t, e, address, "the responses of %s are larger together than the 40 MiB that are kept of a run: "+
				"look at what makes them so large")
			assert.Empty(t, e.Header)
			assert.Empty(t, e.Raw)

			client.Base = aim(t, "http://"+answering(t, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", end)).Base
			assert.Nil(t, login(t, client).Failure, "a small one")
		})
	}
}

// What was unpacked is not kept packed too, unless something is to be said about it.
func TestWhatIsKeptPacked(t *testing.T) {
	t.Parallel()
	once := packed(t, []byte("{}"), gzipped)
	client := aim(t, "http://127.0.0.1:1")
	for name, c := range map[string]struct {
		change func(*exchange.Exchange)
		kept   bool
	}{
		"unpacked":   {func(*exchange.Exchange) {}, false},
		"as it came": {func(e *exchange.Exchange) { e.Header.Del("Content-Encoding") }, true},
		"not gzip":   {func(e *exchange.Exchange) { e.Raw = e.Raw[1:] }, true},
		"short":      {func(e *exchange.Exchange) { e.Short = true }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := answer(once, "gzip")
			c.change(e)
			require.NoError(t, client.Digest(e))
			assert.Equal(t, c.kept, e.Raw != nil)
			if name == "unpacked" {
				body, whole, err := e.Body()
				require.NoError(t, err)
				assert.True(t, whole)
				assert.Equal(t, "{}", string(body))
			}
		})
	}
}

// Bodies are taken apart one at a time: some codings take much memory meanwhile.
func TestOneBodyAtATime(t *testing.T) {
	t.Parallel()
	client := aim(t, "http://127.0.0.1:1")
	e := answer([]byte("{}"))
	end := e.Delay()
	done := make(chan error)
	go func() { done <- client.Digest(e) }()
	require.Eventually(t, client.Digesting, 10*time.Second, time.Millisecond)
	select {
	case err := <-done:
		assert.Fail(t, "it was taken apart before it could be", err)
	default:
	}
	end()
	require.NoError(t, <-done)
	assert.False(t, client.Digesting())
}

// So many header fields are taken, and no more, by one name or by many.
func TestMostFields(t *testing.T) {
	t.Parallel()
	for name, field := range map[string]func(int) string{
		"of one name":    func(int) string { return "F: \r\n" },
		"of other names": func(i int) string { return fmt.Sprintf("F%d: \r\n", i) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, more := range []int{0, 1} {
				var header strings.Builder
				for i := range 5_000 + more - 1 { // beside Content-Length
					header.WriteString(field(i))
				}
				address := answering(t, "HTTP/1.1 200 OK\r\n"+header.String()+"Content-Length: 2\r\n\r\n{}", end)
				e := login(t, aim(t, "http://"+address))
				if more == 0 {
					assert.Nil(t, e.Failure)
					continue
				}
				assertFailed(t, e, address, "%s answered with more than 5000 header fields: look at what adds them")
			}
		})
	}
}
