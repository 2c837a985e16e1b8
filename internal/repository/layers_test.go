package repository_test

import (
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/klearstack/conformance"

// leaves know no other package of the project, but that redact reads spellings, and any but the reference server's may know
// them.
const leaves = "features schemas internal/contract internal/outcome internal/redact internal/spelling internal/strictjson " +
	"internal/textfile internal/version internal/wire"

// layers returns the other packages in the order in which they build on one another, each with those that it may know:
// only such as stand above it.
func layers() [][2]string {
	return [][2]string{
		// The reference server is the suite's independent oracle: it shares no code with the suite's side.
		{"internal/reference", ""},
		{"internal/reference/change", "internal/reference"},
		{"internal/reference/fault", "internal/reference internal/reference/change"},
		{"internal/reference/variant", "internal/reference internal/reference/change"},

		// From the settings to the client, and from the rules to the clauses.
		{"internal/config", ""},
		{"internal/spec", ""},
		{"internal/exchange", ""},
		{"internal/target", "internal/config internal/exchange internal/reference"},

		// From a sentence of the features to its requests and its check.
		{"internal/schema", ""},
		{"internal/token", ""},
		{"internal/check", "internal/exchange internal/schema internal/token"},
		{"internal/requests", "internal/exchange"},
		{"internal/diagnosis", "internal/check internal/exchange internal/requests"},
		{"internal/runner", "internal/check internal/diagnosis internal/exchange internal/requests"},
		{"steps", "internal/check internal/diagnosis internal/exchange internal/requests internal/runner internal/spec"},

		// From the outcomes to the formats.
		{"internal/result", "internal/spec"},
		{"internal/deviations", "internal/result"},
		{"internal/report", "internal/result internal/spec"},
		{"internal/report/browser/pages", "internal/report internal/result"},
		{"internal/hostile", "internal/reference internal/reference/change internal/result"},
		{"internal/job", "internal/report internal/result"},

		// What connects them. The module's own package and the commands, which come last, may know all of them.
		{"suite", "internal/check internal/config internal/deviations internal/exchange internal/report internal/requests " +
			"internal/result internal/runner internal/schema internal/spec internal/target steps"},
	}
}

// against returns the imports that go against the order of the layers, given what each package imports.
func against(imports map[string][]string) []string {
	may := map[string][]string{}
	leaf := strings.Fields(leaves)
	for _, name := range leaf {
		may[name] = nil
	}
	may["internal/redact"] = []string{"internal/spelling"}
	var all []string
	for _, each := range layers() {
		name, known := each[0], strings.Fields(each[1])
		for _, other := range known {
			if _, above := may[other]; !above {
				all = append(all, fmt.Sprintf("%s is to know %s, which does not stand above it", name, other))
			}
		}
		if !strings.HasPrefix(name, "internal/reference") {
			known = append(known, leaf...)
		}
		may[name] = known
	}
	for _, name := range slices.Sorted(maps.Keys(imports)) {
		if name == module || strings.HasPrefix(name, module+"/cmd/") {
			continue
		}
		name, path := strings.TrimPrefix(name, module+"/"), name
		known, listed := may[name]
		if !listed {
			all = append(all, name+" is no layer: say above which it stands")
		}
		for _, imported := range imports[path] {
			if other, own := strings.CutPrefix(imported, module+"/"); own && listed && !slices.Contains(known, other) {
				all = append(all, name+" may not import "+other)
			}
		}
	}
	return all
}

// No package imports one that the data reaches after it, nor one that it has nothing to do with.
func TestImportsFollowTheLayers(t *testing.T) {
	t.Parallel()
	list := exec.CommandContext(t.Context(), "go", "list", "-f", `{{if .GoFiles}}{{.ImportPath}} {{join .Imports " "}}{{end}}`, "./...")
	list.Dir = root
	text, err := list.Output()
	require.NoError(t, err)
	imports := map[string][]string{}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 0 {
			imports[fields[0]] = fields[1:]
		}
	}
	for _, layer := range layers() {
		assert.Contains(t, imports, module+"/"+layer[0], "it has gone, or has another name")
	}
	assert.Empty(t, against(imports))
}

func TestImportsAgainstTheLayersAreFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ from, to, problem string }{
		"back to the sender":         {"internal/check", "internal/runner", "internal/check may not import internal/runner"},
		"ahead to the report":        {"internal/runner", "internal/report", "internal/runner may not import internal/report"},
		"the oracle's own rules":     {"internal/reference", "internal/outcome", "internal/reference may not import internal/outcome"},
		"rules taken of the oracle":  {"internal/check", "internal/reference", "internal/check may not import internal/reference"},
		"a leaf that knows the rest": {"internal/outcome", "internal/spec", "internal/outcome may not import internal/spec"},
		"a command":                  {"internal/job", "cmd/job", "internal/job may not import cmd/job"},
		"a package of no layer":      {"internal/helpers", "internal/outcome", "internal/helpers is no layer: say above which it stands"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			imports := map[string][]string{module + "/" + c.from: {"fmt", module + "/" + c.to}}
			assert.Equal(t, []string{c.problem}, against(imports))
		})
	}
	assert.Empty(t, against(map[string][]string{module: {module + "/suite"}, module + "/cmd/job": {module + "/internal/job"}}))
}
