package job

import (
	"context"
	"errors"
	"fmt"

	"github.com/klearstack/conformance/internal/report"
	"github.com/klearstack/conformance/internal/result"
)

// enough is how many inconclusive runs in a row raise an issue: one or two are most often a deployment or a network.
const enough = 3

// issue keeps the one issue of an environment: it opens, updates or closes it, as the run's verdict asks. It fails where
// the target does not conform, unless that is unknown for the first or second time in a row; where the login is rejected, it
// fails at once.
func (j *Job) issue(ctx context.Context, _ []string) (int, error) {
	environment, err := j.need(environmentVariable, "set it to the environment that was run")
	if err != nil {
		return 0, err
	}
	if !environmentName.MatchString(environment) {
		return 0, errors.New(environmentVariable + " is no environment of the matrix: set it to one of those")
	}
	dir, err := j.folder()
	if err != nil {
		return 0, err
	}
	state, err := readState(dir, stateFile)
	if err != nil {
		return 0, errors.New("the suite was not run: see what the step before says")
	}
	found := finding{State: state, environment: environment, run: j.address()}
	if state.Reported {
		if found.result, err = report.Read(dir); err != nil {
			return 0, errors.New("the report can't be read: check whether a step between has changed it")
		}
	}
	api, err := j.github()
	if err != nil {
		return 0, err
	}
	if err := j.follow(ctx, api, found); err != nil {
		return 1, err
	}
	return j.end(found), nil
}

// follow lets the environment's issues follow what was found.
func (j *Job) follow(ctx context.Context, api *github, found finding) error {
	open, err := api.open(ctx, found.environment)
	if err != nil {
		return err
	}
	switch {
	case found.Verdict == result.Conforms:
		text := fmt.Sprintf("The target conforms again ([run](%s)).%s\n", found.run, found.untested())
		for _, each := range open {
			if err := j.change(ctx, api, each, "close", map[string]string{"state": "closed", "state_reason": "completed"}, text); err != nil {
				return err
			}
		}
		return nil
	case found.Verdict == result.Inconclusive && found.InARow < enough && !found.rejected():
		return nil
	case len(open) > 0:
		text := ""
		if before, now := told(open[0].Body), found.told(); before != now {
			text = fmt.Sprintf("Now: %s ([run](%s)). Before: %s.\n", now, found.run, before)
		}
		return j.change(ctx, api, open[0], "update", map[string]string{"title": found.title(), "body": found.body()}, text)
	}
	made, err := api.create(ctx, found.title(), found.body())
	if err == nil {
		j.say("Issue %d is opened.", made.Number)
	}
	return err
}

// change updates or closes an issue, as the verb says, and comments on it unless the text is empty.
func (j *Job) change(ctx context.Context, api *github, open issue, verb string, changes map[string]string, text string) error {
	if err := api.edit(ctx, open.Number, changes, verb+" the issue"); err != nil {
		return err
	}
	j.say("Issue %d is %sd.", open.Number, verb)
	if text == "" {
		return nil
	}
	return api.comment(ctx, open.Number, text)
}

// end says what the run comes to for the job, and returns its exit code.
func (j *Job) end(found finding) int {
	kind, says := "error", ""
	switch {
	case found.Verdict == result.Conforms:
		return 0
	case found.Verdict != result.Inconclusive:
		says = found.told()
	case !found.Reported:
		says = "the suite left no report, or failed after it: see what its step says"
	case found.rejected():
		says = "every valid login was rejected: check " + found.result.Rejection.Check
	case found.InARow >= enough:
		says = fmt.Sprintf("inconclusive %d times in a row", found.InARow)
	default:
		kind, says = "warning", fmt.Sprintf("inconclusive %d times in a row; after %d there is an issue", found.InARow, enough)
	}
	j.annotate(kind, found.environment+": "+says)
	if kind == "warning" {
		return 0
	}
	return 1
}

// address returns where the run stands; it is GitHub's own, or nothing.
func (j *Job) address() string {
	return fmt.Sprintf("%s/%s/actions/runs/%s", j.get("GITHUB_SERVER_URL"), j.get("GITHUB_REPOSITORY"), j.get("GITHUB_RUN_ID"))
}
