package fault_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference/fault"
)

func TestCatalogue(t *testing.T) {
	t.Parallel()
	names, sentences := map[string]bool{}, map[string]bool{}
	for _, each := range fault.Catalogue() {
		assert.Regexp(t, `^[a-z0-9]+(-[a-z0-9]+)*$`, each.Name)
		assert.False(t, names[each.Name], "%s is there twice", each.Name)
		assert.Regexp(t, `^(REQ|OK|TOK|ERR|REF|ADV)-[1-9][0-9]?$`, each.Clause, each.Name)
		assert.Regexp(t, `^[A-Z][^\n]+[^.]\.$`, each.Sentence, each.Name)
		assert.False(t, sentences[each.Sentence], "%s says what another one does", each.Name)
		assert.NotNil(t, each.Apply, each.Name)
		assert.Contains(t, []fault.Serving{fault.PlainHTTP, fault.UnverifiedTLS}, each.Serving, each.Name)
		for _, also := range each.AlsoBreaks {
			assert.NotEqual(t, each.Clause, also.Clause, each.Name)
			assert.Regexp(t, `^[A-Z]+-[0-9]+$`, also.Clause, each.Name)
			assert.NotEmpty(t, also.Because, each.Name)
		}
		names[each.Name], sentences[each.Sentence] = true, true
	}
	assert.GreaterOrEqual(t, len(names), 90)
}

// What a caller does to one catalogue does not reach the next.
func TestCatalogueIsFresh(t *testing.T) {
	t.Parallel()
	first := fault.Catalogue()
	name := first[0].Name
	first[0].Name = "changed"
	assert.Equal(t, name, fault.Catalogue()[0].Name)
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, each := range fault.Catalogue() {
		found, err := fault.Find(each.Name)
		require.NoError(t, err)
		assert.Equal(t, each.Sentence, found.Sentence)
	}
	for _, name := range []string{"", "no-such-fault", strings.ToUpper(fault.Catalogue()[0].Name)} {
		_, err := fault.Find(name)
		require.ErrorContains(t, err, `"`+name+`"`)
		require.ErrorContains(t, err, "go run ./cmd/reference -list")
	}
}
