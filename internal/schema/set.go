// Package schema says whether documents are as the JSON Schemas under schemas/ describe them, and in plain words where
// they are not. It is the one place that knows the validator.
package schema

import (
	"cmp"
	"slices"
	"sync"

	"github.com/xeipuuv/gojsonschema"

	"github.com/klearstack/conformance/schemas"
)

// Set is the compiled schemas, as [Load] returns them. It is read-only, so that any number of goroutines may use it at
// once.
//
// Its methods take documents as strictjson.Decode returns them, leave them as they are, and return no defects for a
// valid one. The defects are in the order of their members, then of their keywords.
type Set struct {
	byName map[string]*compiled
}

// Load returns the embedded schemas. It reads no file and sends nothing.
func Load() (*Set, error) { return load() }

// load compiles them. They are the same for every run, so that is done once.
//
//nolint:gochecknoglobals // it never changes
var load = sync.OnceValues(func() (*Set, error) {
	library, err := newLibrary()
	if err != nil {
		return nil, err
	}
	set := &Set{byName: map[string]*compiled{}}
	for _, name := range schemas.Names() {
		set.byName[name], err = library.compile(name)
		if err != nil {
			return nil, err
		}
	}
	return set, nil
})

// TokenResponse checks the body that answers a valid login: OK-2, and OK-4 by the keyword pattern of the member
// release_version.
func (s *Set) TokenResponse(document any) []Defect {
	return s.byName[schemas.TokenResponse].defects(document)
}

// ErrorResponse checks the body that answers a missing parameter: ERR-5.
func (s *Set) ErrorResponse(document any) []Defect {
	return s.byName[schemas.ErrorResponse].defects(document)
}

// AccessClaims checks the claims of the access token: TOK-2 by the member token_type, TOK-3 by the others.
func (s *Set) AccessClaims(document any) []Defect {
	return s.byName[schemas.AccessClaims].defects(document)
}

// RefreshClaims checks the claims of the refresh token: TOK-2 by the member token_type, TOK-3 by the others.
func (s *Set) RefreshClaims(document any) []Defect {
	return s.byName[schemas.RefreshClaims].defects(document)
}

// compiled is one schema, ready to be used.
type compiled struct {
	validator *gojsonschema.Schema
	expected  map[string]string // by member
}

func (c *compiled) defects(document any) []Defect {
	// The validator reads the document and does not write to it.
	result, err := c.validator.Validate(gojsonschema.NewRawLoader(bounded(document)))
	if err != nil {
		// Only loading a document can fail, and this one is loaded already.
		return []Defect{{Keyword: "type", Expected: wholeDocument, Got: describe("", document)}}
	}
	var defects []Defect
	for _, fault := range result.Errors() {
		defects = append(defects, c.defect(fault, document))
	}
	slices.SortFunc(defects, func(a, b Defect) int {
		return cmp.Or(cmp.Compare(a.Member, b.Member), cmp.Compare(a.Keyword, b.Keyword))
	})
	return defects
}
