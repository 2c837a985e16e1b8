package job_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/klearstack/conformance/internal/job"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const token = "ghs_NeverShowThisTokenToAnybody"

// fake plays the part of GitHub that the commands use.
type fake struct {
	t *testing.T
	*httptest.Server

	mu        sync.Mutex
	requests  []string // method and path
	issues    []*fakeIssue
	artifacts []*fakeArtifact
	unlabeled bool // labels are dropped, as for those who may not set them
	refusals  map[string][]refusal
}

// refusal is an answer that comes once in place of the right one, most often a refusal.
type refusal struct {
	status int
	header map[string]string
	body   string
}

type fakeIssue struct {
	Number      int              `json:"number"`
	Title       string           `json:"title"`
	Body        string           `json:"body"`
	State       string           `json:"state"`
	Labels      []map[string]any `json:"labels"`
	User        map[string]any   `json:"user"`
	PullRequest map[string]any   `json:"pull_request,omitempty"`
	comments    []string
}

type fakeArtifact struct {
	ID      int64          `json:"id"`
	Name    string         `json:"name"`
	Expired bool           `json:"expired"`
	Created time.Time      `json:"created_at"`
	Run     map[string]any `json:"workflow_run"`
	archive []byte
}

func newFake(t *testing.T) *fake {
	t.Helper()
	f := &fake{t: t, refusals: map[string][]refusal{}}
	mux := http.NewServeMux()
	const repository = "/repos/klearstack/conformance"
	mux.HandleFunc("GET "+repository+"/issues", f.listIssues)
	mux.HandleFunc("POST "+repository+"/issues", f.createIssue)
	mux.HandleFunc("PATCH "+repository+"/issues/{number}", f.editIssue)
	mux.HandleFunc("POST "+repository+"/issues/{number}/comments", f.addComment)
	mux.HandleFunc("POST "+repository+"/labels", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnprocessableEntity) })
	mux.HandleFunc("GET "+repository+"/actions/artifacts", f.listArtifacts)
	mux.HandleFunc("GET "+repository+"/actions/artifacts/{id}/zip", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, f.URL+"/stored/"+r.PathValue("id"), http.StatusFound)
	})
	mux.HandleFunc("GET /stored/{id}", f.stored)
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.requests = append(f.requests, r.Method+" "+r.URL.Path)
		authorized := r.Header.Get("Authorization") == "Bearer "+token
		assert.Equal(t, !strings.HasPrefix(r.URL.Path, "/stored/"), authorized, "only GitHub itself gets the token: %s", r.URL.Path)
		key := r.Method + " " + strings.TrimPrefix(r.URL.Path, repository)
		if refusals := f.refusals[key]; len(refusals) > 0 {
			f.refusals[key] = refusals[1:]
			for name, value := range refusals[0].header {
				w.Header().Set(name, value)
			}
			w.WriteHeader(refusals[0].status)
			_, _ = io.WriteString(w, refusals[0].body) // the client may have gone
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(f.Close)
	return f
}

// paged answers with a page of a list, and says where the next is.
func paged[T any](f *fake, w http.ResponseWriter, r *http.Request, all []T, wrap func([]T) any) {
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	size, _ := strconv.Atoi(r.URL.Query().Get("per_page"))
	assert.Equal(f.t, 100, size)
	page = max(page, 1)
	from, to := min((page-1)*size, len(all)), min(page*size, len(all))
	if to < len(all) {
		next := r.URL.Query()
		next.Set("page", strconv.Itoa(page+1))
		w.Header().Set("Link", fmt.Sprintf(`<%s/?page=1>; rel="first", <%s%s?%s>; rel="next"`, f.URL, f.URL, r.URL.Path, next.Encode()))
	}
	assert.NoError(f.t, json.NewEncoder(w).Encode(wrap(all[from:to])))
}

func (f *fake) listIssues(w http.ResponseWriter, r *http.Request) {
	found := slices.DeleteFunc(slices.Clone(f.issues), func(i *fakeIssue) bool {
		return i.State != r.URL.Query().Get("state") || len(i.Labels) == 0 || i.Labels[0]["name"] != r.URL.Query().Get("labels")
	})
	paged(f, w, r, found, func(page []*fakeIssue) any { return append([]*fakeIssue{}, page...) })
}

func (f *fake) createIssue(w http.ResponseWriter, r *http.Request) {
	var sent struct {
		Title, Body string
		Labels      []string
	}
	assert.NoError(f.t, json.NewDecoder(r.Body).Decode(&sent))
	assert.Equal(f.t, []string{"conformance"}, sent.Labels)
	made := f.add(sent.Title, sent.Body)
	if f.unlabeled {
		made.Labels = nil
	}
	w.WriteHeader(http.StatusCreated)
	assert.NoError(f.t, json.NewEncoder(w).Encode(made))
}

// add puts an open issue there.
func (f *fake) add(title, body string) *fakeIssue {
	made := &fakeIssue{
		Number: len(f.issues) + 1, Title: title, Body: body, State: "open",
		Labels: []map[string]any{{"name": "conformance"}}, User: map[string]any{"login": "github-actions[bot]"},
	}
	f.issues = append(f.issues, made)
	return made
}

func (f *fake) numbered(r *http.Request) *fakeIssue {
	number, err := strconv.Atoi(r.PathValue("number"))
	assert.NoError(f.t, err)
	return f.issues[number-1]
}

func (f *fake) editIssue(w http.ResponseWriter, r *http.Request) {
	edited := f.numbered(r)
	assert.NoError(f.t, json.NewDecoder(r.Body).Decode(edited)) // what is not sent stays as it is
	assert.NoError(f.t, json.NewEncoder(w).Encode(edited))
}

func (f *fake) addComment(w http.ResponseWriter, r *http.Request) {
	var sent struct{ Body string }
	assert.NoError(f.t, json.NewDecoder(r.Body).Decode(&sent))
	commented := f.numbered(r)
	commented.comments = append(commented.comments, sent.Body)
	w.WriteHeader(http.StatusCreated)
}

func (f *fake) listArtifacts(w http.ResponseWriter, r *http.Request) {
	found := slices.DeleteFunc(slices.Clone(f.artifacts), func(a *fakeArtifact) bool { return a.Name != r.URL.Query().Get("name") })
	paged(f, w, r, found, func(page []*fakeArtifact) any { return map[string]any{"total_count": len(found), "artifacts": page} })
}

func (f *fake) stored(w http.ResponseWriter, r *http.Request) {
	for _, a := range f.artifacts {
		if strconv.FormatInt(a.ID, 10) == r.PathValue("id") {
			_, _ = w.Write(a.archive) // the client may have gone
			return
		}
	}
	w.WriteHeader(http.StatusNotFound)
}

// upload adds an artifact of the default branch, newer than the others.
func (f *fake) upload(name string, files map[string]string) *fakeArtifact {
	f.t.Helper()
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for name, text := range files {
		file, err := w.Create(name)
		require.NoError(f.t, err)
		_, err = io.WriteString(file, text)
		require.NoError(f.t, err)
	}
	require.NoError(f.t, w.Close())
	f.mu.Lock()
	defer f.mu.Unlock()
	made := &fakeArtifact{
		ID: int64(len(f.artifacts) + 1), Name: name, archive: archive.Bytes(),
		Created: time.Date(2026, 3, 1, 2, 17, len(f.artifacts), 0, time.UTC),
		Run:     map[string]any{"head_branch": "main", "repository_id": 7, "head_repository_id": 7},
	}
	f.artifacts = append(f.artifacts, made)
	return made
}

// runner is a job on a runner, with a workspace that is its own.
type runner struct {
	*fake
	dir    string // the report's
	output string // what the step's output is written to
	waited []time.Duration
	suite  func(args, environ []string) int
}

func newRunner(f *fake) *runner {
	f.t.Helper()
	dir := f.t.TempDir()
	return &runner{fake: f, dir: filepath.Join(dir, "reports"), output: filepath.Join(dir, "output")}
}

// do runs a command, and returns its exit code and its log, in which the token never is.
func (r *runner) do(environ []string, args ...string) (int, string) {
	r.t.Helper()
	var log bytes.Buffer
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	code := (&job.Job{
		Environ: append([]string{
			"GITHUB_API_URL=" + r.URL, "GITHUB_REPOSITORY=klearstack/conformance", "GITHUB_TOKEN=" + token,
			"GITHUB_SERVER_URL=https://github.com", "GITHUB_RUN_ID=42", "GITHUB_REF_NAME=main", "GITHUB_REF=refs/heads/main",
			"GITHUB_EVENT_NAME=workflow_dispatch", "GITHUB_OUTPUT=" + r.output,
			"KLEARSTACK_REPORT_DIR=" + r.dir, "KLEARSTACK_BASE_URL=https://staging.example.com",
			"KLEARSTACK_USERNAME=qa-user", "KLEARSTACK_PASSWORD=secret", "KLEARSTACK_COMPANY_NAME=Acme Invoices",
			"CONFORMANCE_ENVIRONMENT=staging", "CONFORMANCE_ARTIFACT=conformance-staging", "CONFORMANCE_BRANCH=main",
		}, environ...),
		Output: &log, Transport: transport,
		Wait: func(_ context.Context, d time.Duration) error {
			r.waited = append(r.waited, d)
			return nil
		},
		Execute: func(_ context.Context, _ string, args, environ []string, _ io.Writer) (int, error) {
			return r.suite(args, environ), nil
		},
	}).Do(r.t.Context(), args)
	assert.NotContains(r.t, log.String(), token)
	return code, log.String()
}

// outputs returns what the steps have set.
func (r *runner) outputs() string {
	r.t.Helper()
	text, err := os.ReadFile(r.output)
	require.NoError(r.t, err)
	return string(text)
}
