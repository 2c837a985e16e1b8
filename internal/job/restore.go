package job

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/klearstack/conformance/internal/report"
)

// last brings the last report back into the folder, so that the suite tells what changed and inconclusive runs are counted.
// Where that does not succeed, a warning says so: the run itself is not worth less.
func (j *Job) last(ctx context.Context, _ []string) (int, error) {
	dir, err := j.folder()
	if err != nil {
		return 0, err
	}
	name, err := j.need(artifactVariable, "set it to the name under which the report is uploaded")
	if err != nil {
		return 0, err
	}
	branch, err := j.need("GITHUB_REF_NAME", "run this as a step of a job in GitHub Actions")
	if err != nil {
		return 0, err
	}
	api, err := j.github()
	if err != nil {
		return 0, err
	}
	if err := j.bring(ctx, api, name, branch, dir); err != nil {
		j.annotate("warning", "Changes since the last run are not told, and inconclusive runs are counted anew: "+err.Error())
	}
	return 0, nil
}

func (j *Job) bring(ctx context.Context, api *github, name, branch, dir string) error {
	all, err := api.artifacts(ctx, name)
	if err != nil {
		return err
	}
	newest, expired := newest(all, branch)
	if newest == nil {
		j.say("There is no earlier report to compare with (%d expired).", expired)
		return nil
	}
	archive, err := api.download(ctx, newest.ID)
	if err != nil {
		return err
	}
	files, err := unpack(archive, report.Name, stateFile)
	if err != nil {
		return err
	}
	j.say("The last report is of %s.", newest.Created.UTC().Format("2006-01-02 15:04 MST"))
	err = os.MkdirAll(dir, 0o755)
	for name, text := range files {
		if name == stateFile {
			name = earlierFile
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), text, 0o644)
		}
	}
	if err != nil {
		return errors.New("the last report can't be written: set " + reportVariable + " to a folder that can be written to")
	}
	return nil
}
