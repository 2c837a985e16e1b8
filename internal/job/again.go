package job

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const (
	mostAttempts = 3
	longestPause = time.Minute
)

// again tells whether to send a request once more, and after which pause: where the rate is limited, when GitHub says,
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

// limit tells whether an answer is the rate limit's, and how long it lasts, at least a second.
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

// sameOrigin tells whether two addresses have scheme, host and port in common (RFC 6454).
func sameOrigin(one, other string) bool {
	a, errA := url.Parse(one)
	b, errB := url.Parse(other)
	return errA == nil && errB == nil && a.Scheme == b.Scheme && a.Host == b.Host
}
