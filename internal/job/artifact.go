package job

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// artifact is an uploaded folder, as GitHub's REST API lists it.
type artifact struct {
	ID      int64     `json:"id"`
	Name    string    `json:"name"`
	Expired bool      `json:"expired"`
	Created time.Time `json:"created_at"`
	Run     struct {
		Branch string `json:"head_branch"`
		Home   int64  `json:"repository_id"`
		Head   int64  `json:"head_repository_id"`
	} `json:"workflow_run"`
}

// artifacts lists those of a name.
func (g *github) artifacts(ctx context.Context, name string) ([]artifact, error) {
	var all []artifact
	err := pages(ctx, g, call{
		method: http.MethodGet, url: g.repository + "/actions/artifacts?per_page=100&name=" + url.QueryEscape(name),
		does: "list the artifacts", needs: "actions: read",
	}, func(page struct {
		Artifacts []artifact `json:"artifacts"`
	}) {
		all = append(all, page.Artifacts...)
	})
	return slices.DeleteFunc(all, func(a artifact) bool { return a.Name != name }), err
}

// newest returns the newest that is still there, nil for none, and how many are not. Those of other branches do not count,
// nor do those of forks: whoever opens a pull request chooses what is uploaded under which name.
func newest(all []artifact, branch string) (found *artifact, expired int) {
	for _, a := range all {
		switch {
		case a.Run.Branch != branch, a.Run.Head != a.Run.Home:
		case a.Expired:
			expired++
		case found == nil || a.Created.After(found.Created):
			found = &a
		}
	}
	return found, expired
}

// download returns an artifact's archive. GitHub redirects to where it is stored, which is no place for the token.
func (g *github) download(ctx context.Context, id int64) ([]byte, error) {
	response, err := g.do(ctx, call{
		method: http.MethodGet, url: fmt.Sprintf("%s/actions/artifacts/%d/zip", g.repository, id),
		does: "download the last report", needs: "actions: read",
	}, nil)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, response.Header.Get("Location"), nil)
	var archive []byte
	if err == nil {
		response, archive, err = g.read(request)
	}
	if err != nil || response.StatusCode != http.StatusOK { // the address is a key to the archive: it is in no sentence
		return nil, errors.New("the last report can't be downloaded from where GitHub stores it: check whether the runner may go there")
	}
	return archive, nil
}

// unpack returns the named files of an archive, those that it has.
func unpack(archive []byte, names ...string) (map[string][]byte, error) {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, errors.New("the last report is no ZIP archive: delete that artifact")
	}
	files := map[string][]byte{}
	for _, file := range reader.File {
		if !slices.Contains(names, file.Name) {
			continue
		}
		err := errors.New("too large")
		if file.UncompressedSize64 <= largest { // to the reader it is an error to hold more than that
			files[file.Name], err = fs.ReadFile(reader, file.Name)
		}
		if err != nil {
			return nil, fmt.Errorf("%s in the last report can't be read: delete that artifact", file.Name)
		}
	}
	return files, nil
}
