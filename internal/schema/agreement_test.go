package schema

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/strictjson"
	"github.com/klearstack/conformance/schemas"
)

// TestBothValidatorsAgree runs every sample through this package and through a validator that shares no code with it.
func TestBothValidatorsAgree(t *testing.T) {
	t.Parallel()
	set, err := Load()
	require.NoError(t, err)
	second := secondOpinion(t)
	for _, sample := range samples() {
		t.Run(sample.schema+" "+short(sample.text), func(t *testing.T) {
			t.Parallel()
			document, err := strictjson.Decode([]byte(sample.text))
			require.NoError(t, err)

			defects := check(set, sample.schema, document)
			assert.Equal(t, sample.defects, summary(defects))

			// The second one knows of no bounds, and takes what it cannot compute with for no integer.
			err = second[sample.schema].Validate(bounded(document))
			assert.Equal(t, members(defects), faultyMembers(err), "the second validator says %v", err)
		})
	}
}

// TestBothValidatorsAgreeOnNumbersAsTheyAre leaves out the bounds where the second validator can do without.
func TestBothValidatorsAgreeOnNumbersAsTheyAre(t *testing.T) {
	t.Parallel()
	set, err := Load()
	require.NoError(t, err)
	second := secondOpinion(t)
	for _, number := range []string{"26", "-26", "26.0", "26.5", "2.65e1", "2.65e2", "1e400", "-1e400", "1e-400", "0e999", "10e-1", "10e-2", "12345678901234567890.5", "1" + strings.Repeat("0", 700) + ".5", "1." + strings.Repeat("0", 700) + "1"} {
		t.Run(short(number), func(t *testing.T) {
			t.Parallel()
			document, err := strictjson.Decode([]byte(`{"token_type":"access","exp":1,"iat":1,"jti":"5fa34c8b528b49c79d3699ebe44ec50f","user_id":` + number + `}`))
			require.NoError(t, err)
			assert.Equal(t, faultyMembers(second[schemas.AccessClaims].Validate(document)), members(set.AccessClaims(document)))
		})
	}
}

func check(set *Set, name string, document any) []Defect {
	return map[string]func(any) []Defect{
		schemas.TokenResponse: set.TokenResponse,
		schemas.ErrorResponse: set.ErrorResponse,
		schemas.AccessClaims:  set.AccessClaims,
		schemas.RefreshClaims: set.RefreshClaims,
	}[name](document)
}

// secondOpinion compiles every schema with the other validator.
func secondOpinion(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	for _, name := range schemas.Names() {
		text, err := schemas.Read(name)
		require.NoError(t, err)
		document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		require.NoError(t, err)
		require.NoError(t, compiler.AddResource(schemas.Base+name, document))
	}
	all := map[string]*jsonschema.Schema{}
	for _, name := range schemas.Names() {
		compiled, err := compiler.Compile(schemas.Base + name)
		require.NoError(t, err)
		require.Equal(t, 7, compiled.DraftVersion)
		all[name] = compiled
	}
	return all
}

// faultyMembers lists the top-level members that the second validator's error names, "" being the document itself.
func faultyMembers(err error) []string {
	var whole *jsonschema.ValidationError
	if !errors.As(err, &whole) {
		return nil
	}
	var found []string
	var visit func(*jsonschema.ValidationError)
	visit = func(fault *jsonschema.ValidationError) {
		for _, cause := range fault.Causes {
			visit(cause)
		}
		if len(fault.Causes) > 0 {
			return
		}
		switch missing, ok := fault.ErrorKind.(*kind.Required); {
		case ok:
			found = append(found, missing.Missing...)
		case len(fault.InstanceLocation) > 0:
			found = append(found, fault.InstanceLocation[0])
		default:
			found = append(found, "")
		}
	}
	visit(whole)
	slices.Sort(found)
	return slices.Compact(found)
}

func members(defects []Defect) []string {
	var found []string
	for _, defect := range defects {
		found = append(found, defect.Member)
	}
	return slices.Compact(found)
}

func summary(defects []Defect) []string {
	var lines []string
	for _, defect := range defects {
		lines = append(lines, defect.Member+" "+defect.Keyword)
	}
	return lines
}

func short(text string) string {
	if len(text) > 160 {
		return text[:80] + "…" + text[len(text)-80:]
	}
	return text
}
