package fault_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/fault"
)

func TestCatalogue(t *testing.T) {
	t.Parallel()
	names, sentences := map[string]bool{}, map[string]bool{}
	for _, each := range fault.Catalogue() {
		assert.Regexp(t, `^[a-z0-9]+(-[a-z0-9]+)*$`, each.Name)
		assert.False(t, names[each.Name], "%s is there twice", each.Name)
		assert.Regexp(t, `^(REQ|OK|TOK|ERR|REF|ADV)-[1-9][0-9]?$`, each.Clause, each.Name)
		assert.Regexp(t, `^[A-Z][^\n]+[^.]\.$`, each.Sentence, each.Name)
		assert.False(t, sentences[each.Sentence], "%s says what another one does", each.Name)
		assert.NotNil(t, each.Apply, each.Name)
		assert.Contains(t, []fault.Serving{fault.PlainHTTP, fault.UnverifiedTLS}, each.Serving, each.Name)
		for _, also := range each.AlsoBreaks {
			assert.NotEqual(t, each.Clause, also.Clause, each.Name)
			assert.Regexp(t, `^[A-Z]+-[0-9]+$`, also.Clause, each.Name)
			assert.NotEmpty(t, also.Because, each.Name)
		}
		names[each.Name], sentences[each.Sentence] = true, true
	}
	assert.GreaterOrEqual(t, len(names), 90)
}

// What a caller does to one catalogue does not reach the next.
func TestCatalogueIsFresh(t *testing.T) {
	t.Parallel()
	first := fault.Catalogue()
	name := first[0].Name
	first[0].Name = "changed"
	assert.Equal(t, name, fault.Catalogue()[0].Name)
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, each := range fault.Catalogue() {
		found, err := fault.Find(each.Name)
		require.NoError(t, err)
		assert.Equal(t, each.Sentence, found.Sentence)
	}
	for _, name := range []string{"", "no-such-fault", strings.ToUpper(fault.Catalogue()[0].Name)} {
		_, err := fault.Find(name)
		require.ErrorContains(t, err, `"`+name+`"`)
		require.ErrorContains(t, err, "go run ./cmd/reference -list")
	}
}

// faulty makes a server with the named fault.
func faulty(t *testing.T, name string, config reference.Config) http.Handler {
	t.Helper()
	found, err := fault.Find(name)
	require.NoError(t, err)
	found.Apply(&config)
	server, err := reference.New(config)
	require.NoError(t, err)
	return server
}

// login posts a user's urlencoded form; no user is an empty form.
func login(server http.Handler, users ...reference.User) *httptest.ResponseRecorder {
	form := url.Values{}
	for _, user := range users {
		form.Set(reference.ParamUsername, user.Username)
		form.Set(reference.ParamCompany, user.Company)
		form.Set(reference.ParamPassword, user.Password)
	}
	r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, reference.Path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	recorder := httptest.NewRecorder()
	server.ServeHTTP(recorder, r)
	return recorder
}

// tokens are the texts of a token response.
func tokens(t *testing.T, recorder *httptest.ResponseRecorder) map[string]string {
	t.Helper()
	require.Equal(t, http.StatusOK, recorder.Code)
	members := map[string]string{}
	require.NoError(t, json.Unmarshal(recorder.Body.Bytes(), &members))
	return members
}

// Every fault makes a server that answers, also several requests at once.
func TestEveryFaultAnswers(t *testing.T) {
	t.Parallel()
	for _, each := range fault.Catalogue() {
		t.Run(each.Name, func(t *testing.T) {
			t.Parallel()
			config := reference.Default()
			server := faulty(t, each.Name, config)
			known, wrong, unknown := config.Users[0], config.Users[0], config.Users[0]
			wrong.Password, unknown.Username = "wrong", "nobody"
			var wait sync.WaitGroup
			for range 4 {
				wait.Go(func() {
					for _, users := range [][]reference.User{{known}, {wrong}, {unknown}, {}} {
						assert.GreaterOrEqual(t, login(server, users...).Code, http.StatusOK)
					}
				})
			}
			wait.Wait()
		})
	}
}

// What a fault remembers belongs to one server, even of one Fault value.
func TestStateBelongsToOneServer(t *testing.T) {
	t.Parallel()
	found, err := fault.Find("pair-handed-out-twice")
	require.NoError(t, err)
	config := reference.Default()
	servers := make([]http.Handler, 2)
	for i := range servers {
		faulty := config
		found.Apply(&faulty)
		servers[i], err = reference.New(faulty)
		require.NoError(t, err)
	}
	user := config.Users[0]
	first, other := tokens(t, login(servers[0], user)), tokens(t, login(servers[1], user))
	again, fresh := tokens(t, login(servers[0], user)), tokens(t, login(servers[0], user))
	assert.NotEqual(t, first, other)
	assert.Equal(t, first, again)
	assert.NotEqual(t, first["access_token"], fresh["access_token"])
}

// A fault leaves the hooks in place that a configuration has already.
func TestApplyKeepsHooks(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	config.Hooks.Composed = func(_ *reference.Call, a *reference.Answer) { a.Header.Set("X-Before", "kept") }
	got := login(faulty(t, "login-status-201", config), config.Users[0])
	assert.Equal(t, http.StatusCreated, got.Code)
	assert.Equal(t, "kept", got.Header().Get("X-Before"))
}

// Intermittent faults show at the same logins on every server.
func TestIntermittentFaults(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	server := faulty(t, "every-third-login-crashes", config)
	var codes []int
	for range 6 {
		codes = append(codes, login(server, config.Users[0]).Code)
	}
	assert.Equal(t, []int{200, 200, 500, 200, 200, 500}, codes)
}

// The standard alphabet shows in every token, not only where chance wants it to.
func TestStandardAlphabetShowsAlways(t *testing.T) {
	t.Parallel()
	config := reference.Default()
	server := faulty(t, "token-in-standard-base64", config)
	for range 20 {
		for _, member := range []string{"access_token", "refresh_token"} {
			token := tokens(t, login(server, config.Users[0]))[member]
			assert.Contains(t, token, "/")
			assert.NotContains(t, token, "_")
		}
	}
}

// TLS is for the fault of the certificate alone, and that fault changes nothing else.
func TestUnverifiedTLS(t *testing.T) {
	t.Parallel()
	for _, each := range fault.Catalogue() {
		assert.Equal(t, each.Clause == "ADV-2", each.Serving == fault.UnverifiedTLS, each.Name)
	}
	config := reference.Default()
	got := tokens(t, login(faulty(t, "https-unverified", config), config.Users[0]))
	assert.Len(t, got, 3)
}
