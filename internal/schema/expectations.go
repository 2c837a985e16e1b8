package schema

import (
	"fmt"
	"strings"
)

// expectations maps each member that the schema of that name describes to the
// title of its description, which says in words what is expected.
func (l *library) expectations(name string) (map[string]string, error) {
	words := map[string]string{}
	properties, _ := member(l.documents[name], "properties").(map[string]any)
	for property, description := range properties {
		if reference, ok := member(description, "$ref").(string); ok {
			description = l.resolve(reference)
		}
		title, _ := member(description, "title").(string)
		if title == "" {
			return nil, fmt.Errorf("the schema %s does not say what it expects of %s: give that a title", name, property)
		}
		words[property] = title
	}
	return words, nil
}

// resolve finds what "file#/definitions/name" refers to, or nil.
func (l *library) resolve(reference string) any {
	file, pointer, _ := strings.Cut(reference, "#/")
	found := l.documents[file]
	for step := range strings.SplitSeq(pointer, "/") {
		found = member(found, step)
	}
	return found
}

// member is the member of that name, or nil where value is no object or has
// no such member.
func member(value any, name string) any {
	object, _ := value.(map[string]any)
	return object[name]
}
