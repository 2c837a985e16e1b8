package job_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const model = `{"start": "2026-03-01T02:17:00Z"}`

func TestLast(t *testing.T) {
	t.Parallel()
	whole := map[string]string{"conformance.json": model, "job.json": `{"inconclusive_runs_in_row": 2}`, "report.html": "<html>", "../escaped": "x"}
	for name, c := range map[string]struct {
		prepare func(*fake)
		model   string // of the report that comes back; "" for none
		says    string
	}{
		"none": {func(*fake) {}, "", "There is no earlier report to compare with (0 expired)."},
		"the newest": {func(f *fake) {
			f.upload("conformance-staging", map[string]string{"conformance.json": "older"})
			f.upload("conformance-staging", whole)
			f.artifacts[0], f.artifacts[1] = f.artifacts[1], f.artifacts[0]
		}, model, "The last report is of 2026-03-01 02:17 UTC."},
		"another environment's": {func(f *fake) { f.upload("conformance-production", whole) }, "", "no earlier report"},
		"expired":               {func(f *fake) { f.upload("conformance-staging", whole).Expired = true }, "", "(1 expired)"},
		"the one before the expired": {func(f *fake) {
			f.upload("conformance-staging", whole)
			f.upload("conformance-staging", map[string]string{"conformance.json": "newer"}).Expired = true
		}, model, "The last report is of"},
		"another branch's": {func(f *fake) { f.upload("conformance-staging", whole).Run["head_branch"] = "topic" }, "", "no earlier report"},
		"a fork's":         {func(f *fake) { f.upload("conformance-staging", whole).Run["head_repository_id"] = 8 }, "", "no earlier report"},
		"on the second page": {func(f *fake) {
			for range 120 {
				f.upload("conformance-staging", map[string]string{"conformance.json": "older"})
			}
			f.upload("conformance-staging", whole)
		}, model, "The last report is of"},
		"no archive":      {func(f *fake) { f.upload("conformance-staging", nil).archive = []byte("<html>") }, "", "is no ZIP archive: delete that artifact"},
		"nothing in it":   {func(f *fake) { f.upload("conformance-staging", nil) }, "", "The last report is of"},
		"expired by now":  {func(f *fake) { f.upload("conformance-staging", whole); f.refuse("GET /actions/artifacts/1/zip", 410) }, "", "an artifact expired"},
		"lost":            {func(f *fake) { f.upload("conformance-staging", whole); f.refuse("GET /stored/1", 404) }, "", "can't be downloaded from where GitHub stores it"},
		"not allowed":     {func(f *fake) { f.refuse("GET /actions/artifacts", 403) }, "", `give the job the permission "actions: read"`},
		"GitHub is ill":   {func(f *fake) { f.refuse("GET /actions/artifacts", 502, 503, 500) }, "", "run the job again later"},
		"and is well now": {func(f *fake) { f.upload("conformance-staging", whole); f.refuse("GET /actions/artifacts", 502, 503) }, model, "The last report is of"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			c.prepare(f)
			r := newRunner(f)
			code, log := r.do(nil, "last")
			assert.Zero(t, code, "the run goes on")
			assert.Contains(t, log, c.says)
			assert.Equal(t, 1, strings.Count(log, "\n"))
			assert.NotContains(t, log, "/stored/")
			if c.model == "" {
				assert.NoFileExists(t, filepath.Join(r.dir, "conformance.json"))
				return
			}
			text, err := os.ReadFile(filepath.Join(r.dir, "conformance.json"))
			require.NoError(t, err)
			assert.Equal(t, c.model, string(text))
			entries, err := os.ReadDir(r.dir)
			require.NoError(t, err)
			assert.Len(t, entries, 2, "the other files are of another run")
			assert.FileExists(t, filepath.Join(r.dir, "job-earlier.json"))
		})
	}
}

// refuse lets a request be refused so many times, with these statuses.
func (f *fake) refuse(request string, statuses ...int) {
	for _, status := range statuses {
		f.refusals[request] = append(f.refusals[request], refusal{status: status})
	}
}
