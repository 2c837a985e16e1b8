package schema

import (
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
	// All were validated as they were added. Doing it again here would swap the
	// offline loader for one that goes to the network.
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
