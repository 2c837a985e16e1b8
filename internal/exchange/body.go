package exchange

import (
	"fmt"
	"slices"
	"strings"

	"github.com/klearstack/conformance/internal/strictjson"
)

// Codings returns the content codings of the answer in the order in which they were applied, lower-case.
func (e *Exchange) Codings() []string {
	var codings []string
	for _, field := range e.Header.Values("Content-Encoding") {
		for _, coding := range strings.Split(field, ",") {
			coding = strings.ToLower(strings.TrimSpace(coding))
			if coding != "" && coding != "identity" {
				codings = append(codings, coding)
			}
		}
	}
	return codings
}

// UndoneError says why a body can't be unpacked. It holds no text of the target's.
type UndoneError struct {
	Coding  string // the coding, where its name is well known
	Unknown bool   // this suite does not know the coding; otherwise the body is not what it says
}

func (u *UndoneError) Error() string {
	switch {
	case u.Coding == "":
		return "is packed in a way that this suite can't unpack"
	case u.Unknown:
		return fmt.Sprintf("is packed with the content coding %q, which this suite can't unpack", u.Coding)
	default:
		return fmt.Sprintf("is declared as %s but can't be unpacked as such", u.Coding)
	}
}

// wellKnown returns the name of a coding that is registered and in use, and "" for any other.
func wellKnown(coding string) string {
	switch coding {
	case "compress", "x-compress":
		return coding
	default:
		return ""
	}
}

// mostCodings is how many codings are taken off a body; nobody has a reason to apply more.
const mostCodings = 4

// Body returns the body without its content codings, cut where it is too long, and whether all of it is there. The error is an
// *UndoneError.
func (e *Exchange) Body() (body []byte, whole bool, err error) {
	e.unpacking.Do(func() { e.body, e.whole, e.bodyErr = e.unpacked() })
	return e.body, e.whole, e.bodyErr
}

// Legible returns what anybody could read of the body, however it was packed, and whether that is all of it.
func (e *Exchange) Legible() (body []byte, all bool) {
	body, whole, err := e.Body()
	if err == nil {
		return body, whole
	}
	return slices.Concat(e.partial, e.Raw), false
}

// JSON returns the body as the strict JSON that it is. The error is Body's or strictjson's. The value is shared: it is not
// to be changed.
func (e *Exchange) JSON() (any, error) {
	e.decoding.Do(func() {
		body, _, err := e.Body()
		if err != nil {
			e.valueErr = err
			return
		}
		e.value, e.valueErr = strictjson.Decode(body)
	})
	return e.value, e.valueErr
}

func (e *Exchange) unpacked() (body []byte, whole bool, err error) {
	body, whole = e.Raw, !e.Cut
	codings := e.Codings()
	if len(body) == 0 {
		return body, whole, nil
	}
	if len(codings) > mostCodings {
		return nil, false, &UndoneError{Unknown: true}
	}
	for i := len(codings) - 1; i >= 0; i-- {
		var limited bool
		if body, limited, err = unpack(body, codings[i], whole, e.limit()); err != nil {
			e.partial = body
			return nil, false, err
		}
		whole = whole && !limited
	}
	return body, whole, nil
}
