package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/klearstack/conformance/internal/redact"
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/token"
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

// outcome is what came of a sample. Its zero value says that the client got its tokens.
type outcome struct {
	missing       bool    // the client is not here
	notApplicable string  // why the sample can't be run; "" where it can
	failure       string  // why the client did not get its tokens; "" where it did
	drifts        []drift // in what its requests are not those of its captures
}

// pair is the tokens of a response (OK-2).
type pair struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
}

// pairIn returns the tokens of the JSON object that a client printed, alone or behind some words. What can't be read of
// them is empty.
func pairIn(printed string) pair {
	start, end := strings.Index(printed, "{"), strings.LastIndex(printed, "}")
	var tokens pair
	if start < 0 || end < start || json.Unmarshal([]byte(printed[start:end+1]), &tokens) != nil {
		return pair{}
	}
	return tokens
}

// whole tells whether both are tokens of their kinds (TOK-1, TOK-2).
func (p pair) whole() bool {
	return kind(p.Access) == reference.Access && kind(p.Refresh) == reference.Refresh
}

// kind is the claim token_type of a token; "" of what is none.
func kind(compact string) reference.Kind {
	read, err := token.Parse(compact)
	if err != nil {
		return ""
	}
	kind, _ := read.Claims["token_type"].(string)
	return reference.Kind(kind)
}

// tryReference runs a sample against the reference server, each time with the credentials of its capture, compares what it
// sends with the captures, and leaves that in folder.
func tryReference(ctx context.Context, one found, folder string) outcome {
	if one.client == nil {
		return outcome{missing: true}
	}
	var all outcome
	for _, v := range one.visits {
		login := wire.Captured(v.captures[0])
		server, err := referenceFor(login)
		if err != nil {
			return outcome{failure: err.Error()}
		}
		seen := tryOnce(ctx, one, v, server, login)
		if all.failure == "" && seen.failure != "" {
			all.failure = seen.failure
			if v.abroad {
				all.failure = "from a page of another origin, " + seen.failure
			}
		}
		if len(seen.calls) > 0 { // the failure tells of a client that sent nothing
			all.drifts = append(all.drifts, compare(seen.calls, v.captures)...)
		}
		if err := keep(folder, seen.calls, v.captures); err != nil && all.failure == "" {
			all.failure = err.Error()
		}
	}
	return all
}

// referenceFor makes a reference server that knows one user.
func referenceFor(login wire.Credentials) (*reference.Server, error) {
	config := reference.Default()
	config.Users = []reference.User{{ID: 26, Username: login.Username, Company: login.Company, Password: login.Password}}
	return reference.New(config)
}
