package reference_test

import (
	"math"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
)

// tracing writes down its name at every step.
func tracing(name string, trace *[]string) reference.Hooks {
	note := func(step string) { *trace = append(*trace, name+" "+step) }
	return reference.Hooks{
		Wrap: func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				note("wrap")
				next.ServeHTTP(w, r)
			})
		},
		Parsed:   func(*reference.Call) { note("parsed") },
		Decided:  func(*reference.Call) { note("decided") },
		Claimed:  func(_ *reference.Call, token *reference.Token) { note("claimed " + string(token.Kind)) },
		Signed:   func(_ *reference.Call, token *reference.Token) { note("signed " + string(token.Kind)) },
		Composed: func(*reference.Call, *reference.Answer) { note("composed") },
		Encoded:  func(*reference.Call, *reference.Answer) { note("encoded") },
	}
}

func login(t *testing.T, hooks reference.Hooks) int {
	t.Helper()
	config := reference.Default()
	config.Hooks = hooks
	server, user := newServer(t, config)
	body, contentType := encode(t, "urlencoded", form(user))
	return post(server, body, contentType).Code
}

func TestHooksRunInOrder(t *testing.T) {
	t.Parallel()
	steps := []string{"parsed", "decided", "claimed access", "signed access", "claimed refresh", "signed refresh", "composed", "encoded"}
	var alone []string
	require.Equal(t, http.StatusOK, login(t, tracing("a", &alone)))
	want := []string{"a wrap"}
	for _, step := range steps {
		want = append(want, "a "+step)
	}
	assert.Equal(t, want, alone)

	var both []string
	require.Equal(t, http.StatusOK, login(t, tracing("a", &both).Then(tracing("b", &both))))
	want = []string{"b wrap", "a wrap"}
	for _, step := range steps {
		want = append(want, "a "+step, "b "+step)
	}
	assert.Equal(t, want, both)
}

// The zero hooks add nothing on either side.
func TestThenWithNothing(t *testing.T) {
	t.Parallel()
	var trace []string
	hooks := reference.Hooks{}.Then(tracing("a", &trace)).Then(reference.Hooks{})
	require.Equal(t, http.StatusOK, login(t, hooks))
	assert.Len(t, trace, 9)
}

func TestOnly(t *testing.T) {
	t.Parallel()
	var trace []string
	granted := func(c *reference.Call) bool { return c.Decision == reference.Granted }
	require.Equal(t, http.StatusOK, login(t, tracing("a", &trace).Only(granted)))
	// The form is parsed before anything is decided, and Wrap knows no call.
	assert.Equal(t, []string{"a wrap", "a decided", "a claimed access", "a signed access", "a claimed refresh",
		"a signed refresh", "a composed", "a encoded"}, trace)

	trace = nil
	require.Equal(t, http.StatusOK, login(t, tracing("a", &trace).Only(func(*reference.Call) bool { return false })))
	assert.Equal(t, []string{"a wrap"}, trace)
	require.Equal(t, http.StatusOK, login(t, reference.Hooks{}.Only(granted)))
}

// Each hook can change what its step made.
func TestHooksChangeTheAnswer(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		hooks reference.Hooks
		want  int
	}{
		"parsed":   {reference.Hooks{Parsed: func(c *reference.Call) { c.Form = nil }}, 500},
		"decided":  {reference.Hooks{Decided: func(c *reference.Call) { c.Decision = reference.Refused }}, 401},
		"claimed":  {reference.Hooks{Claimed: func(_ *reference.Call, token *reference.Token) { token.Key = nil }}, 500},
		"refresh":  {reference.Hooks{Claimed: func(_ *reference.Call, token *reference.Token) { spoilRefresh(token) }}, 500},
		"composed": {reference.Hooks{Composed: func(_ *reference.Call, a *reference.Answer) { a.Fail(418, "x") }}, 418},
		"encoded":  {reference.Hooks{Encoded: func(_ *reference.Call, a *reference.Answer) { a.Status = 202 }}, 202},
		"unfit":    {reference.Hooks{Composed: func(_ *reference.Call, a *reference.Answer) { a.Members.Set("x", math.NaN()) }}, 500},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.want, login(t, test.hooks))
		})
	}
}

func spoilRefresh(token *reference.Token) {
	if token.Kind == reference.Refresh {
		token.Key = "not a key"
	}
}

// A hook sees what the call is about, and counters count for one server.
func TestCall(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	var calls []reference.Call
	config.Hooks.Composed = func(c *reference.Call, _ *reference.Answer) { calls = append(calls, *c) }
	server, user := newServer(t, config)
	for _, absent := range []string{"", "password", ""} {
		body, contentType := encode(t, "multipart", form(user, absent))
		post(server, body, contentType)
	}
	require.Len(t, calls, 3)
	assert.Equal(t, []int64{1, 2, 3}, []int64{calls[0].Number, calls[1].Number, calls[2].Number})
	assert.Equal(t, []int64{1, 0, 2}, []int64{calls[0].Login, calls[1].Login, calls[2].Login})
	assert.Equal(t, reference.Multipart, calls[0].Encoding)
	assert.Contains(t, string(calls[0].RawBody), user.Password)
	assert.Equal(t, user, calls[0].User)
	assert.Equal(t, []string{"password"}, calls[1].Missing)
	assert.Equal(t, config.Users, calls[1].Users())
}

// A hook can mint tokens, and make a login of anything.
func TestMintAndGrant(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	config.Hooks.Decided = func(c *reference.Call) { c.Grant(c.Users()[1]) }
	config.Hooks.Composed = func(c *reference.Call, a *reference.Answer) {
		pair, err := c.Mint(c.Users()[0])
		if err == nil {
			a.Members.Set("another", pair.Refresh)
		}
	}
	server, _ := newServer(t, config)
	got := members(t, post(server, "", ""))
	assert.EqualValues(t, "27", claimsOf(t, config, got["access_token"])["user_id"])
	assert.EqualValues(t, "26", claimsOf(t, config, got["another"])["user_id"])
}

// A header field with a nil value is not written at all, and a Content-Length that is set stays.
func TestHeaderIsWrittenAsItIs(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	config.Hooks.Encoded = func(_ *reference.Call, a *reference.Answer) { a.Header["Content-Type"] = nil }
	server, _ := newServer(t, config)
	running, err := reference.Start(server, reference.Listen{})
	require.NoError(t, err)
	t.Cleanup(running.Close)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, running.URL, nil)
	require.NoError(t, err)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(r)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Empty(t, response.Header.Values("Content-Type"))
}
