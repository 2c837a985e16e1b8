package schema

import (
	"cmp"
	"slices"

	"github.com/xeipuuv/gojsonschema"
)

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
