// Package features holds the contract: each clause is a Gherkin Rule that carries its id and its level as tags.
package features

import "embed"

// FS holds the feature files. Their names sort in the order in which they are to be read.
//
//go:embed *.feature
var FS embed.FS
