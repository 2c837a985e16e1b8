package fault

import (
	"net/http"
	"slices"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func extraParameter() []Fault {
	extra := change.All(change.Granted, func(c *reference.Call) bool {
		return slices.ContainsFunc(c.Form, func(field reference.Field) bool {
			return !slices.Contains(reference.Parameters(), field.Name)
		})
	})
	unknown := func(c *reference.Call) bool {
		return slices.ContainsFunc(c.Form, func(field reference.Field) bool { return field.Name == "conformance_extra" })
	}
	return of("ADV-10",
		hooked("extra-parameter-named", "Rejects every form with an unknown extra parameter with 400 and its name.",
			change.Failing(http.StatusBadRequest, "property conformance_extra should not exist").Only(unknown)),
		hooked("extra-parameter-malformed", "Answers a login with an unknown extra parameter with 400.",
			change.Failing(http.StatusBadRequest, "Unknown parameter").Only(extra)),
		hooked("extra-parameter-refused", "Refuses a login with an unknown extra parameter with 401.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(extra)),
		hooked("extra-parameter-crashes", "Answers a login with an unknown extra parameter with 500.",
			change.Failing(http.StatusInternalServerError, "Unexpected keyword argument").Only(extra)),
	)
}
