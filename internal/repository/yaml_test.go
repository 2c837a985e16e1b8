package repository_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// root is where the repository begins, from this folder.
const root = "../.."

// file returns the text of a file of the repository.
func file(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, name))
	require.NoError(t, err)
	return string(text)
}

// there reports whether a path is in the repository.
func there(name string) bool {
	_, err := os.Stat(filepath.Join(root, filepath.FromSlash(name)))
	return err == nil
}

// documents reads YAML with as many documents as there are models. Each model is YAML that holds every key which is known,
// with any where keys are free, and one item for all of a list: another key is misspelt, or stands where it does nothing.
func documents(t *testing.T, text string, models ...string) []any {
	t.Helper()
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var all []any
	for {
		var value, model any
		err := decoder.Decode(&value)
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
		require.Less(t, len(all), len(models), "a document that is not looked at: %v", value)
		require.NoError(t, yaml.Unmarshal([]byte(models[len(all)]), &model))
		assert.Empty(t, unknown(value, model, ""))
		all = append(all, value)
	}
	require.Len(t, all, len(models))
	return all
}

// unknown lists the keys that a model does not hold.
func unknown(value, model any, path string) []string {
	var all []string
	switch value := value.(type) {
	case map[string]any:
		keys, _ := model.(map[string]any)
		for key, each := range value {
			inner, known := keys[key]
			if !known && model != "any" {
				all = append(all, path+"."+key)
			}
			all = append(all, unknown(each, inner, path+"."+key)...)
		}
	case []any:
		for i, each := range value {
			all = append(all, unknown(each, model, fmt.Sprintf("%s.%d", path, i))...)
		}
	}
	return all
}

// at returns what stands in a document below keys and, in lists, positions, such as spec.containers.0; nil where nothing does.
func at(value any, path string) any {
	for key := range strings.SplitSeq(path, ".") {
		list, _ := value.([]any)
		if i, err := strconv.Atoi(key); err == nil && i < len(list) {
			value = list[i]
			continue
		}
		members, _ := value.(map[string]any)
		value = members[key]
	}
	return value
}

// list returns the items of the list that stands there.
func list(value any, path string) []any {
	items, _ := at(value, path).([]any)
	return items
}

// column returns what all items of a list have below one path, those that have it.
func column(items []any, path string) []any {
	var all []any
	for _, item := range items {
		if value := at(item, path); value != nil {
			all = append(all, value)
		}
	}
	return all
}

// assertAt wants these values below these paths.
func assertAt(t *testing.T, value any, wanted map[string]any) {
	t.Helper()
	for path, want := range wanted {
		assert.EqualValues(t, want, at(value, path), path)
	}
}
