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
	result := one.play(ctx, folder, "SAMPLE_URL="+home.url, "SAMPLE_PAGE="+at.url+pagePath, "SAMPLE_USERNAME="+login.Username,
		"SAMPLE_COMPANY_NAME="+login.Company, "SAMPLE_PASSWORD="+login.Password)
	calls := seen.calls()
	return attempt{calls: calls, failure: result.failure(calls, login)}
}

// result is how a program ended, and what the sample printed.
type result struct {
	printed, errors string
	tooLong         bool
}

// play runs the program of a sample, which reads in its environment what it is to do.
func (f found) play(ctx context.Context, folder string, environ ...string) result {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	said, _ := execute(ctx, f.command, environment(folder, environ...)) // how it ended says less than what it printed
	r := result{printed: said.standard, errors: said.errors, tooLong: errors.Is(ctx.Err(), context.DeadlineExceeded)}
	if f.printed != nil {
		r.printed, r.errors = f.printed(said.standard), ""
	}
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
	said := "it sent no request to the endpoint"
	if len(calls) > 0 {
		said = "it got no answer"
		if status := calls[len(calls)-1].status; status != 0 {
			said = strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))
		}
	}
	if r.tooLong {
		said += fmt.Sprintf(", and it did not end within %s", longest)
	}
	switch text := r.words(); {
	case text == "":
	case !utf8.ValidString(text): // compressed, as a rule
		said += ", and what it printed is no text"
	default:
		said += ", and it printed " + secrets.Quote(text)
	}
	return said
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

// whole reports whether both are tokens of their kinds (TOK-1, TOK-2).
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
