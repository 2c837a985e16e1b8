package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/wire"
)

// longest is how long a client may take over its sample.
const longest = 30 * time.Second

// attempt is what was seen of one run of a sample.
type attempt struct {
	calls   []call
	failure string // why the client did not get its tokens; "" where it did
}

// tryOnce runs a sample in front of an endpoint.
func tryOnce(ctx context.Context, one found, v visit, endpoint http.Handler, login wire.Credentials) attempt {
	folder, err := os.MkdirTemp("", "client-")
	if err != nil {
		return attempt{failure: "no folder for its files can be made: check TMPDIR and its permissions"}
	}
	defer func() { _ = os.RemoveAll(folder) }() // a temporary folder that stays does no harm
	seen := &recorder{endpoint: endpoint}
	shown := &page{}
	mux := http.NewServeMux()
	mux.Handle(pagePath, shown)
	mux.Handle(reference.Path, seen)
	home, err := open(ctx, mux)
	if err != nil {
		return attempt{failure: err.Error()}
	}
	defer home.close()
	shown.values = pageValues{URL: home.url, Credentials: login}
	at := home
	if v.abroad {
		if at, err = open(ctx, shown); err != nil {
			return attempt{failure: err.Error()}
		}
		defer at.close()
	}
	result := one.play(ctx, job{url: home.url, page: at.url + pagePath, login: login, folder: folder})
	calls := seen.calls()
	return attempt{calls: calls, failure: result.failure(calls, login)}
}

// result is how a program ended, and what the sample printed.
type result struct {
	printed, errors string
	tooLong         bool
}

// play runs the program of a sample.
func (f found) play(ctx context.Context, j job) result {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	said, _ := execute(ctx, f.command(j), environment(j.folder, "SAMPLE_URL="+j.url, "SAMPLE_USERNAME="+j.login.Username,
		"SAMPLE_COMPANY_NAME="+j.login.Company, "SAMPLE_PASSWORD="+j.login.Password)) // how it ended says less than what it printed
	r := result{printed: said.standard, errors: said.errors}
	if f.client.printed != nil {
		r.printed, r.errors = f.client.printed(said.standard), ""
	}
	r.tooLong = errors.Is(ctx.Err(), context.DeadlineExceeded)
	return r
}

// failure says why the client did not get its tokens; "" where it did.
func (r result) failure(calls []call, login wire.Credentials) string {
	tokens := pairIn(r.printed)
	if tokens.whole() {
		return ""
	}
	var secrets redact.Secrets
	secrets.Add(login.Password, tokens.Access, tokens.Refresh)
	words := ""
	switch text := r.words(); {
	case text == "":
	case !utf8.ValidString(text): // compressed, as a rule
		words = ", and what it printed is no text"
	default:
		words = ", and it printed " + secrets.Quote(text)
	}
	if len(calls) == 0 {
		return "it sent no request to the endpoint" + r.late() + words
	}
	last := calls[len(calls)-1]
	if last.status == 0 {
		return "it got no answer" + r.late() + words
	}
	answer := fmt.Sprintf("%d %s", last.status, http.StatusText(last.status))
	return strings.TrimSpace(answer) + r.late() + words
}

// late says that the client took too long.
func (r result) late() string {
	if r.tooLong {
		return fmt.Sprintf(", and it did not end within %s", longest)
	}
	return ""
}

// words are what the client said: what it printed, else the first line of its errors that names one.
func (r result) words() string {
	if text := strings.TrimSpace(r.printed); text != "" {
		return text
	}
	for line := range strings.Lines(r.errors) {
		line = strings.TrimRight(line, "\r\n")
		if line != "" && !strings.HasPrefix(line, "Traceback") && strings.TrimLeft(line, " \t") == line {
			return line
		}
	}
	return ""
}
