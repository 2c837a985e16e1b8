package main

import (
	"encoding/json"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/token"
)

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
