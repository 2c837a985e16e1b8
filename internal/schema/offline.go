package schema

import (
	"errors"

	"github.com/xeipuuv/gojsonschema"
)

// offline is a loader that has every document refused that is not in the
// library yet: gojsonschema would look for it on the network or on the disk.
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
