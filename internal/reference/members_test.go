package reference_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/klearstack/conformance/internal/reference"
)

func TestMembers(t *testing.T) {
	t.Parallel()
	members := reference.Members{{Name: "b", Value: 1}, {Name: "a", Value: "x"}}
	members.Set("b", nil)
	members.Set("c", reference.Members{{Name: `"`, Value: true}})
	members.Rename("a", "z")
	members.Rename("absent", "y")
	members.Delete("absent")
	encoded, err := json.Marshal(members)
	require.NoError(t, err)
	assert.Equal(t, []string{`{"b":null`, `"z":"x"`, `"c":{"\"":true}}`}, strings.Split(string(encoded), ","))
	assert.Equal(t, "x", members.Get("z"))
	assert.Nil(t, members.Get("a"))

	members.Delete("b")
	encoded, err = json.Marshal(members)
	require.NoError(t, err)
	assert.Equal(t, []string{`{"z":"x"`, `"c":{"\"":true}}`}, strings.Split(string(encoded), ","))

	encoded, err = json.Marshal(reference.Members{})
	require.NoError(t, err)
	assert.Equal(t, []byte(`{}`), encoded)

	_, err = json.Marshal(reference.Members{{Name: "nan", Value: math.NaN()}})
	assert.Error(t, err)
}
