package job

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

const (
	// label is what the issues are found by. Only who may triage issues can set it.
	label = "conformance"
	// author is who opens an issue with a job's own token: none but those are touched.
	author      = "github-actions[bot]"
	writeIssues = "issues: write"
)

// issue is an issue as GitHub's REST API has it.
type issue struct {
	Number int    `json:"number"`
	Body   string `json:"body"`
	User   struct {
		Login string `json:"login"`
	} `json:"user"`
	PullRequest *struct{} `json:"pull_request"`
	Labels      []any     `json:"labels"`
}

// open lists the open issues that were opened for an environment, the oldest first.
func (g *github) open(ctx context.Context, environment string) ([]issue, error) {
	var all []issue
	err := pages(ctx, g, call{
		method: http.MethodGet, url: g.repository + "/issues?per_page=100&state=open&sort=created&direction=asc&labels=" + label,
		does: "list the issues", needs: writeIssues,
	}, func(page []issue) { all = append(all, page...) })
	return slices.DeleteFunc(all, func(i issue) bool {
		return i.PullRequest != nil || i.User.Login != author || !strings.HasPrefix(i.Body, marker(environment))
	}), err
}

// create opens an issue with the label. That is made first: most of the time it is there, and GitHub refuses; where it is
// still missing, the opened issue shows that.
func (g *github) create(ctx context.Context, title, body string) (made issue, err error) {
	_, _, _ = g.send(ctx, call{
		method: http.MethodPost, url: g.repository + "/labels",
		body: map[string]string{"name": label, "color": "b60205", "description": "Runs of the conformance suite"},
	})
	_, err = g.do(ctx, call{
		method: http.MethodPost, url: g.repository + "/issues", does: "open an issue", needs: writeIssues,
		body: map[string]any{"title": title, "body": body, "labels": []string{label}},
	}, &made)
	if err == nil && len(made.Labels) == 0 { // the next run would not find it, and open another
		err = errors.New("GitHub opened the issue without its label: give the job the permission \"" + writeIssues + "\", and label that issue " + label)
	}
	return made, err
}

// edit changes an issue: its title and body, or its state.
func (g *github) edit(ctx context.Context, number int, changes map[string]string, does string) error {
	_, err := g.do(ctx, call{
		method: http.MethodPatch, url: fmt.Sprintf("%s/issues/%d", g.repository, number), body: changes, does: does, needs: writeIssues,
	}, nil)
	return err
}

// comment adds to an issue.
func (g *github) comment(ctx context.Context, number int, text string) error {
	_, err := g.do(ctx, call{
		method: http.MethodPost, url: fmt.Sprintf("%s/issues/%d/comments", g.repository, number),
		body: map[string]string{"body": text}, does: "comment on the issue", needs: writeIssues,
	}, nil)
	return err
}
