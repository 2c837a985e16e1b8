package schema

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xeipuuv/gojsonschema"

	"github.com/klearstack/conformance/internal/strictjson"
	"github.com/klearstack/conformance/schemas"
)

// library is all schema documents: for the validator, and as what they say.
type library struct {
	loader    *gojsonschema.SchemaLoader
	documents map[string]any
}

func newLibrary() (*library, error) {
	l := &library{loader: gojsonschema.NewSchemaLoader(), documents: map[string]any{}}
	l.loader.Validate = true // against the meta-schema of draft-07
	for _, name := range schemas.Names() {
		text, err := schemas.Read(name)
		if err != nil {
			return nil, err
		}
		if err := l.add(name, text); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *library) add(name string, text []byte) error {
	document, err := strictjson.Decode(text)
	if err != nil {
		return fmt.Errorf("the schema %s %w", name, err)
	}
	l.documents[name] = document
	if err := l.loader.AddSchemas(gojsonschema.NewBytesLoader(text)); err != nil {
		return fmt.Errorf("the schema %s is no valid JSON Schema: %s", name, oneLine(err))
	}
	return nil
}

func (l *library) compile(name string) (*compiled, error) {
	words, err := l.expectations(name)
	if err != nil {
		return nil, err
	}
	// All were validated as they were added. Doing it again here would swap the offline loader for one that goes to the
	// network.
	l.loader.Validate = false
	validator, err := l.loader.Compile(offline{gojsonschema.NewReferenceLoader(schemas.Base + name)})
	if err != nil {
		return nil, fmt.Errorf("the schema %s does not compile: %s", name, oneLine(err))
	}
	return &compiled{validator: validator, expected: words}, nil
}

// oneLine is what the validator has to say, which it spreads over lines.
func oneLine(err error) string {
	return strings.ReplaceAll(strings.TrimSpace(err.Error()), "\n", "; ")
}

// offline is a loader that has every document refused that is not in the library yet: gojsonschema would look for it on
// the network or on the disk.
type offline struct{ gojsonschema.JSONLoader }

func (o offline) LoaderFactory() gojsonschema.JSONLoaderFactory { return o }

func (offline) New(address string) gojsonschema.JSONLoader {
	return absent{gojsonschema.NewReferenceLoader(address)}
}

// absent is a document that cannot be loaded.
type absent struct{ gojsonschema.JSONLoader }

func (a absent) LoadJSON() (any, error) {
	return nil, errors.New("it refers to a document that is not embedded")
}

// expectations maps each member that the schema of that name describes to the title of its description, which says in
// words what is expected.
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

// member is the member of that name, or nil where value is no object or has no such member.
func member(value any, name string) any {
	object, _ := value.(map[string]any)
	return object[name]
}
