package suite_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/suite"
)

// canaryFolder names the folder in which the child process of TestNoSecretLeavesTheProcess leaves its canaries and its
// reports; the variable is set for that child alone.
const canaryFolder = "CONFORMANCE_TEST_CANARIES"

// sampled is of how many servers one is tried, where all would take long.
const sampled = 16

// What tests of their own print of a broken server, with and without -v, shows no secret either. What a run prints and
// writes of any server is looked through where it is met, and all else that leaves the process by TestMain.
func TestNoSecretLeavesTheProcess(t *testing.T) {
	t.Parallel()
	for name, flags := range map[string][]string{"quiet": nil, "verbose": {"-test.v"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			child := exec.CommandContext(t.Context(), os.Args[0], append(flags, "-test.run=^TestChildWithCanaries$")...)
			child.Env = append(os.Environ(), canaryFolder+"="+folder)
			output, err := os.Create(filepath.Join(folder, "output"))
			require.NoError(t, err)
			defer func() { require.NoError(t, output.Close()) }()
			child.Stdout, child.Stderr = output, output
			require.Error(t, child.Run(), "the child's servers are broken, so its tests must fail")

			issued, err := readCanaries(folder)
			require.NoError(t, err)
			require.Greater(t, len(issued), 100)
			reports, err := filepath.Glob(filepath.Join(folder, "*", "*"))
			require.NoError(t, err)
			require.NotEmpty(t, reports)
			assertNone(t, index(issued), append(reports, output.Name()))
		})
	}
}

func spellings(canary string) []string {
	quoted, _ := json.Marshal(canary)
	return []string{
		canary, url.QueryEscape(canary), url.PathEscape(canary), strings.Trim(string(quoted), `"`),
		strings.Trim(fmt.Sprintf("%q", canary), `"`),
		base64.StdEncoding.EncodeToString([]byte(canary)), base64.RawURLEncoding.EncodeToString([]byte(canary)),
	}
}

// telling is how long a text must be not to stand in another by chance.
const telling = 16

// beginnings finds many texts in a long one: by how they begin.
type beginnings struct {
	all map[string][]string
	few []bool // by the mark of the first bytes: whether to look closer
}

// mark is the same for the same first eight bytes, and seldom for others.
func mark[T string | []byte](text T) uint32 {
	var first uint64
	for at := range 8 {
		first = first<<8 | uint64(text[at])
	}
	return uint32(first * 0x9e3779b97f4a7c15 >> 40)
}

func (b beginnings) place(mark uint32) int { return int(mark) & (len(b.few) - 1) }

func index(issued []string) beginnings {
	b := beginnings{all: map[string][]string{}, few: make([]bool, 1<<16)}
	if len(issued) > 1000 {
		b.few = make([]bool, 1<<24)
	}
	for _, canary := range issued {
		if len(canary) < telling {
			continue // some variants have passwords like that
		}
		for _, spelling := range spellings(canary) {
			b.all[spelling[:telling]] = append(b.all[spelling[:telling]], spelling)
			b.few[b.place(mark(spelling))] = true
		}
	}
	return b
}

// in returns what stands before the first text that is found.
func (b beginnings) in(text []byte) (before string, found bool) {
	for at := 0; at+telling <= len(text); at++ {
		if !b.few[b.place(mark(text[at:]))] {
			continue
		}
		for _, spelling := range b.all[string(text[at:at+telling])] {
			if bytes.HasPrefix(text[at:], []byte(spelling)) {
				return string(text[max(0, at-200):at]), true
			}
		}
	}
	return "", false
}

// readCanaries returns what the tests left in a folder.
func readCanaries(folder string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.canaries"))
	if err != nil {
		return nil, err
	}
	var all []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		var some []string
		if err := json.Unmarshal(text, &some); err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// canaries are the secrets of one server: its password, its key, and the signatures of the tokens that it issues.
type canaries struct {
	mutex sync.Mutex
	all   []string
}

// watch lets a server's hooks note what it signs.
func (c *canaries) watch(config *reference.Config) {
	config.Hooks = config.Hooks.Then(reference.Hooks{Signed: func(_ *reference.Call, token *reference.Token) {
		if at := strings.LastIndex(token.Compact, "."); len(token.Compact)-at > telling {
			c.add(token.Compact[at+1:])
		}
	}})
}

func (c *canaries) add(secrets ...string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.all = append(c.all, secrets...)
}

// formats are the suite's own and godog's.
func formats() []string { return []string{"", "pretty", "progress", "junit", "cucumber"} }

// leave writes the canaries into a folder, for whoever looks through what left the process.
func (c *canaries) leave(t *testing.T, folder string) {
	t.Helper()
	c.mutex.Lock()
	defer c.mutex.Unlock()
	text, err := json.Marshal(c.all)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(folder, rand.Text()+".canaries"), text, 0o600))
}

// assertNone asserts that no canary stands in the files.
func assertNone(t *testing.T, sought beginnings, files []string) {
	t.Helper()
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		before, found := sought.in(text)
		assert.False(t, found, "a canary stands in %s, after: %s", file, before)
	}
}

// runWatched runs the suite against a server that was started with the canaries' watch, in one of the formats, and
// asserts that none of them stands in what it prints and writes.
func runWatched(t *testing.T, settings suite.Settings, seen *canaries, format string) (result suite.Result, output string) {
	t.Helper()
	seen.add(settings.Password, settings.JWTKey)
	settings.ReportDir = t.TempDir()
	var printed bytes.Buffer
	result, err := suite.Run(t.Context(), suite.Options{Settings: settings, Format: format, Output: &printed}.By(&hasty{}))
	require.NoError(t, err)
	seen.leave(t, os.Getenv(watchedFolder))
	sought := index(seen.all)
	before, found := sought.in(printed.Bytes())
	assert.False(t, found, "a canary is printed after: %s", before)
	reports, err := filepath.Glob(filepath.Join(settings.ReportDir, "*"))
	require.NoError(t, err)
	require.NotEmpty(t, reports)
	assertModel(t, settings.ReportDir)
	assertNone(t, sought, reports)
	return result, printed.String()
}

// TestChildWithCanaries runs the suite against some of all servers, in the formats by turns, and fails as it should.
// TestNoSecretLeavesTheProcess runs it in a process of its own.
func TestChildWithCanaries(t *testing.T) {
	t.Parallel()
	folder := os.Getenv(canaryFolder)
	if folder == "" {
		t.Skip("it is run by TestNoSecretLeavesTheProcess")
	}
	for i, each := range everyServer() {
		if i%sampled != 0 {
			continue
		}
		t.Run(each.name, func(t *testing.T) {
			t.Parallel()
			var seen canaries
			settings := each.start(t, seen.watch)
			seen.add(settings.Password, settings.JWTKey)
			settings.ReportDir = filepath.Join(folder, strconv.Itoa(i))
			suite.Test(t, suite.Options{Settings: settings, Format: formats()[i/sampled%len(formats())], Output: os.Stdout})
			seen.leave(t, folder)
		})
	}
}
