package fault

import (
	"net/http"
	"slices"

	"github.com/klearstack/conformance/internal/reference"
)

func extraParameter() []Fault {
	extra := all(granted, func(c *reference.Call) bool {
		return slices.ContainsFunc(c.Form, func(field reference.Field) bool {
			return !slices.Contains(reference.Parameters(), field.Name)
		})
	})
	unknown := func(c *reference.Call) bool {
		return slices.ContainsFunc(c.Form, func(field reference.Field) bool { return field.Name == "conformance_extra" })
	}
	return of("ADV-10",
		hooked("extra-parameter-named", "Rejects every form with an unknown extra parameter with 400 and its name.",
			failing(http.StatusBadRequest, "property conformance_extra should not exist").Only(unknown)),
		hooked("extra-parameter-malformed", "Answers a login with an unknown extra parameter with 400.",
			failing(http.StatusBadRequest, "Unknown parameter").Only(extra)),
		hooked("extra-parameter-refused", "Refuses a login with an unknown extra parameter with 401.",
			failing(http.StatusUnauthorized, "Invalid credentials").Only(extra)),
		hooked("extra-parameter-crashes", "Answers a login with an unknown extra parameter with 500.",
			failing(http.StatusInternalServerError, "Unexpected keyword argument").Only(extra)),
	)
}
