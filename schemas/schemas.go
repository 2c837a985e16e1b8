// Package schemas holds the JSON Schemas (draft-07) of the documents that
// get_access_token exchanges, and of the report that tells of them. They are
// embedded, so that a compiled program needs no file beside it.
package schemas

import (
	"embed"
	"fmt"
	"strings"
)

// Base is the address under which each schema has its $id: Base followed by
// the schema's name.
const Base = "https://github.com/klearstack/conformance/schemas/"

// The names of the schemas, which are also their file names.
const (
	// TokenResponse describes the body that answers a valid login (OK-2, OK-4).
	TokenResponse = "token-response.schema.json"
	// ErrorResponse describes the body that answers a missing parameter (ERR-5).
	ErrorResponse = "error-response.schema.json"
	// AccessClaims describes the claims of the access token (TOK-2, TOK-3).
	AccessClaims = "access-claims.schema.json"
	// RefreshClaims describes the claims of the refresh token (TOK-2, TOK-3).
	RefreshClaims = "refresh-claims.schema.json"
	// Common holds the parts that the others refer to.
	Common = "common.schema.json"

	// ConformanceReport describes the file conformance.json of a run's report.
	ConformanceReport = "conformance-report.schema.json"
)

//go:embed *.schema.json
var files embed.FS

// Names lists the schemas that a run judges its target by, in a fixed order:
// all but [ConformanceReport].
func Names() []string {
	return []string{AccessClaims, Common, ErrorResponse, RefreshClaims, TokenResponse}
}

// Read returns the text of the schema of that name, as a copy that the caller
// may change. A name that is none of the constants above is an error.
func Read(name string) ([]byte, error) {
	text, err := files.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("there is no schema %q: the schemas are %s and %s", name, strings.Join(Names(), ", "), ConformanceReport)
	}
	return text, nil
}
