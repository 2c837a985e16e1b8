package job

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	// largestAnswer is how many bytes of an answer are read; a page holds a hundred issues of at most 64 KiB.
	largestAnswer = 16 << 20
	// patience is how long one request may take.
	patience = time.Minute
)

// github is the repository's part of GitHub's REST API.
type github struct {
	base  string // of the repository, without a slash at the end
	token string
	http  *http.Client
	wait  func(context.Context, time.Duration) error
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
	base, err := j.need("GITHUB_API_URL", step)
	if err != nil {
		return nil, err
	}
	repository, err := j.need("GITHUB_REPOSITORY", step)
	if err != nil {
		return nil, err
	}
	token, err := j.need("GITHUB_TOKEN", "give the step GITHUB_TOKEN from github.token")
	if err != nil {
		return nil, err
	}
	return &github{
		base: strings.TrimSuffix(base, "/") + "/repos/" + repository, token: token, wait: j.Wait,
		http: &http.Client{
			Transport: j.Transport, Timeout: patience,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// do sends the request, again where GitHub is to be asked again, and reads the JSON of the answer into a value; nil
// reads nothing. It returns the answer's header. The error is one sentence.
func (g *github) do(ctx context.Context, c call, into any) (http.Header, error) {
	for attempt := 1; ; attempt++ {
		came, err := g.send(ctx, c)
		if err == nil && came.status < 400 {
			if into != nil && json.Unmarshal(came.body, into) != nil {
				return nil, fmt.Errorf("GitHub's answer to the request to %s is not the JSON that its API documents: check GITHUB_API_URL", c.does)
			}
			return came.header, nil
		}
		pause, again := again(c, came, attempt)
		if !again {
			return nil, c.trouble(came)
		}
		if g.wait(ctx, pause) != nil {
			return nil, fmt.Errorf("the job was interrupted before GitHub could be asked again to %s: run it again", c.does)
		}
	}
}

// answer is what came of one request.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// send sends the request once. Where no whole answer came, it returns nil and why.
func (g *github) send(ctx context.Context, c call) (*answer, error) {
	var body io.Reader
	if c.body != nil {
		text, err := json.Marshal(c.body)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, c.method, c.url, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept", "application/vnd.github+json")
	request.Header.Set("X-GitHub-Api-Version", "2022-11-28")
	request.Header.Set("User-Agent", "klearstack-conformance")
	request.Header.Set("Authorization", "Bearer "+g.token)
	response, err := g.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(response.Body, largestAnswer))
	if err != nil {
		return nil, err
	}
	return &answer{response.StatusCode, response.Header, text}, nil
}

// pages calls take with each page of a list, up to the last. take reads the JSON of one page into a value of its own.
func pages[T any](ctx context.Context, g *github, c call, take func(T)) error {
	for c.url != "" {
		var page T
		header, err := g.do(ctx, c, &page)
		if err != nil {
			return err
		}
		take(page)
		c.url = g.next(header)
	}
	return nil
}

// next returns the address of a list's next page (RFC 8288); "" where there is none, or where it is not GitHub's.
func (g *github) next(header http.Header) string {
	for link := range strings.SplitSeq(header.Get("Link"), ",") {
		address, parameters, _ := strings.Cut(link, ">")
		address = strings.TrimPrefix(strings.TrimSpace(address), "<")
		if strings.Contains(parameters, `rel="next"`) && sameOrigin(address, g.base) {
			return address
		}
	}
	return ""
}

const (
	mostAttempts = 3
	longestPause = time.Minute
)

// again reports whether to send a request once more, and after which pause: where the rate is limited, when GitHub says,
// unless that is long; where GitHub has a fault or is not reached, after a second or two. What makes something new is not
// repeated after a fault, as the first may have been carried out.
func again(c call, came *answer, attempt int) (time.Duration, bool) {
	if attempt >= mostAttempts {
		return 0, false
	}
	if came != nil && came.status < 500 {
		pause, limited := limit(came)
		return pause, limited && pause <= longestPause
	}
	return time.Duration(attempt) * time.Second, c.method != http.MethodPost
}

// limit reports whether an answer is the rate limit's, and how long it lasts, at least a second.
func limit(came *answer) (time.Duration, bool) {
	if came.status != http.StatusForbidden && came.status != http.StatusTooManyRequests {
		return 0, false
	}
	if seconds, err := strconv.Atoi(came.header.Get("Retry-After")); err == nil {
		return max(time.Second, time.Duration(seconds)*time.Second), true
	}
	if came.header.Get("X-RateLimit-Remaining") == "0" {
		reset, err := strconv.ParseInt(came.header.Get("X-RateLimit-Reset"), 10, 64)
		if err != nil {
			return longestPause, true
		}
		return max(time.Second, time.Until(time.Unix(reset, 0))), true
	}
	return longestPause, came.status == http.StatusTooManyRequests
}

// trouble says what to do about a refusal; nil stands for no answer.
func (c call) trouble(came *answer) error {
	if came == nil {
		return fmt.Errorf("GitHub could not be reached to %s: check GITHUB_API_URL and whether the runner may go there", c.does)
	}
	if _, limited := limit(came); limited {
		return fmt.Errorf("GitHub limits the rate of requests and refused to %s: run the job again in an hour", c.does)
	}
	switch came.status {
	case http.StatusUnauthorized:
		return fmt.Errorf("GitHub does not know the token with which it was to %s: give the step GITHUB_TOKEN from github.token", c.does)
	case http.StatusForbidden, http.StatusNotFound:
		return fmt.Errorf("GitHub refused to %s (status %d): give the job the permission %q", c.does, came.status, c.needs)
	case http.StatusGone:
		return fmt.Errorf("GitHub has no more of what is needed to %s: switch on the repository's issues, or wait for the next report where an artifact expired", c.does)
	}
	if came.status >= 500 {
		return fmt.Errorf("GitHub had a fault (status %d) and did not %s: run the job again later", came.status, c.does)
	}
	return fmt.Errorf("GitHub refused to %s (status %d): check what its API documents of that status", c.does, came.status)
}

// sameOrigin reports whether two addresses have scheme, host and port in common (RFC 6454).
func sameOrigin(one, other string) bool {
	a, errA := url.Parse(one)
	b, errB := url.Parse(other)
	return errA == nil && errB == nil && a.Scheme == b.Scheme && a.Host == b.Host
}
