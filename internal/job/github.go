package job

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"
)

const (
	mostAttempts = 3
	longestPause = time.Minute
	// patience is how long one request may take.
	patience = time.Minute
	// largest is how many bytes of a response are read: of an artifact as many as the suite itself reads of an earlier
	// report, while a page holds a hundred issues of at most 64 KiB.
	largest = 64 << 20
)

// github is the repository's part of GitHub's REST API.
type github struct {
	api        string // its address, without a slash at the end
	repository string // the address below which everything of the repository is
	token      string
	http       *http.Client
	wait       func(context.Context, time.Duration) error
}

// call is one request.
type call struct {
	method string
	url    string
	body   any    // sent as JSON; nil for none
	does   string // what it does, for sentences: "list the issues"
	needs  string // the permission that the job must have for it
}

// github returns the API that the runner's variables name. It never follows a redirect: a token is for GitHub alone.
func (j *Job) github() (*github, error) {
	const step = "run this as a step of a job in GitHub Actions"
	api, errAPI := j.need("GITHUB_API_URL", step)
	repository, errRepository := j.need("GITHUB_REPOSITORY", step)
	token, errToken := j.need("GITHUB_TOKEN", "give the step GITHUB_TOKEN from github.token")
	for _, err := range []error{errAPI, errRepository, errToken} {
		if err != nil {
			return nil, err
		}
	}
	api = strings.TrimSuffix(api, "/")
	return &github{
		api: api, repository: api + "/repos/" + repository, token: token, wait: j.Wait,
		http: &http.Client{
			Transport: j.Transport, Timeout: patience,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// do sends the request, repeatedly where that may help, and reads the JSON of the response into a value; nil reads
// nothing. The error is one sentence.
func (g *github) do(ctx context.Context, c call, into any) (*reply, error) {
	for attempt := 1; ; attempt++ {
		response, text, err := g.send(ctx, c)
		if err == nil && response.StatusCode < 400 {
			if into != nil && json.Unmarshal(text, into) != nil {
				return nil, fmt.Errorf("GitHub's answer to the request to %s is not the JSON that its API documents: check GITHUB_API_URL", c.does)
			}
			return response, nil
		}
		pause, again := again(c, response, attempt)
		if !again {
			return nil, c.trouble(response)
		}
		if g.wait(ctx, pause) != nil {
			return nil, fmt.Errorf("the job was interrupted before GitHub could be asked again to %s: run it again", c.does)
		}
	}
}

// send sends the request once. Without a whole response it returns nil, and why.
func (g *github) send(ctx context.Context, c call) (*reply, []byte, error) {
	var body bytes.Buffer
	if c.body != nil {
		if err := json.NewEncoder(&body).Encode(c.body); err != nil {
			return nil, nil, err
		}
	}
	request, err := http.NewRequestWithContext(ctx, c.method, c.url, &body)
	if err != nil {
		return nil, nil, err
	}
	request.Header.Set("Accept", "application/vnd.github+json")
	request.Header.Set("X-GitHub-Api-Version", "2022-11-28")
	request.Header.Set("User-Agent", "klearstack-conformance")
	request.Header.Set("Authorization", "Bearer "+g.token)
	return g.read(request)
}

// reply is a response whose body has been read.
type reply struct {
	StatusCode int
	Header     http.Header
}

// read sends a request as it is, and reads the response's body.
func (g *github) read(request *http.Request) (*reply, []byte, error) {
	response, err := g.http.Do(request)
	if err != nil {
		return nil, nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(io.LimitReader(response.Body, largest))
	if err != nil {
		return nil, nil, err
	}
	return &reply{response.StatusCode, response.Header}, text, nil
}

var nextPage = regexp.MustCompile(`<([^<>]*)>;[^<]*rel="next"`)

// pages calls take with each page of a list, up to the last. A next page (RFC 8288) that is not GitHub's is none.
func pages[T any](ctx context.Context, g *github, c call, take func(T)) error {
	for c.url != "" {
		var page T
		response, err := g.do(ctx, c, &page)
		if err != nil {
			return err
		}
		take(page)
		c.url = ""
		if next := nextPage.FindStringSubmatch(response.Header.Get("Link")); next != nil && strings.HasPrefix(next[1], g.api+"/") {
			c.url = next[1]
		}
	}
	return nil
}

// again reports whether to send a request once more, and after which pause: where the rate is limited, when GitHub says,
// unless that is long; where GitHub has a fault or is not reached, after a second or two. What makes something new is not
// repeated after a fault, as the first may have been carried out.
func again(c call, response *reply, attempt int) (time.Duration, bool) {
	pause, limited := limit(response)
	switch {
	case attempt >= mostAttempts:
		return 0, false
	case response != nil && response.StatusCode < 500:
		return pause, limited && pause <= longestPause
	}
	return time.Duration(attempt) * time.Second, c.method != http.MethodPost
}

// limit reports whether a response is the rate limit's, and how long that lasts, at least a second.
func limit(response *reply) (time.Duration, bool) {
	if response == nil || response.StatusCode != http.StatusForbidden && response.StatusCode != http.StatusTooManyRequests {
		return 0, false
	}
	if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil {
		return max(time.Second, time.Duration(seconds)*time.Second), true
	}
	if response.Header.Get("X-RateLimit-Remaining") != "0" {
		return longestPause, response.StatusCode == http.StatusTooManyRequests
	}
	if reset, err := strconv.ParseInt(response.Header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
		return max(time.Second, time.Until(time.Unix(reset, 0))), true
	}
	return longestPause, true
}

// trouble says what to do about a refusal; nil stands for no response.
func (c call) trouble(response *reply) error {
	if response == nil {
		return fmt.Errorf("GitHub could not be reached to %s: check GITHUB_API_URL and whether the runner may go there", c.does)
	}
	_, limited := limit(response)
	switch status := response.StatusCode; {
	case limited:
		return fmt.Errorf("GitHub limits the rate of requests and refused to %s: run the job again in an hour", c.does)
	case status == http.StatusUnauthorized:
		return fmt.Errorf("GitHub does not know the token with which it was to %s: give the step GITHUB_TOKEN from github.token", c.does)
	case status == http.StatusForbidden, status == http.StatusNotFound:
		return fmt.Errorf("GitHub refused to %s (status %d): give the job the permission %q", c.does, status, c.needs)
	case status == http.StatusGone:
		return fmt.Errorf("GitHub has no more of what is needed to %s: switch on the repository's issues, or wait for the next report where an artifact expired", c.does)
	case status >= 500:
		return fmt.Errorf("GitHub had a fault (status %d) and did not %s: run the job again later", status, c.does)
	default:
		return fmt.Errorf("GitHub refused to %s (status %d): check what its API documents of that status", c.does, status)
	}
}
