package fault

import (
	"net/http"
	"slices"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func severalMissing() []Fault {
	lackingBoth := func(one, other string) change.Match {
		return func(c *reference.Call) bool {
			return change.Missing(c) && len(c.Missing) == 2 && slices.Contains(c.Missing, one) && slices.Contains(c.Missing, other)
		}
	}
	logsIn := reference.Hooks{Decided: func(c *reference.Call) { c.Grant(c.Users()[0]) }}
	return of("ERR-4",
		hooked("several-missing-status-400", "Answers 400 where several parameters are missing.",
			change.Status(http.StatusBadRequest).Only(change.MissingSeveral)),
		hooked("several-missing-status-422", "Answers 422 where several parameters are missing.",
			change.Status(http.StatusUnprocessableEntity).Only(change.MissingSeveral)),
		hooked("several-missing-status-200", "Answers 200 with an error where several parameters are missing.",
			change.Status(http.StatusOK).Only(change.MissingSeveral)),
		hooked("several-missing-in-no-body", "Answers 500 without a body where several parameters are missing.",
			change.Body(func(string) string { return "" }).Only(change.MissingSeveral)),
		hooked("several-missing-refused", "Answers 401 where several parameters are missing, as for wrong ones.",
			change.Failing(http.StatusUnauthorized, "Invalid credentials").Only(change.MissingSeveral)),
		hooked("several-missing-not-named", "Names no parameter where several are missing.",
			change.ErrorText("Required parameters are missing").Only(change.MissingSeveral)),
		hooked("several-missing-sent-one-named", "Names only the parameter that was sent where the others are missing.",
			change.Naming(func(_ *reference.Call, missing []string) string {
				return reference.MissingText(slices.DeleteFunc(reference.Parameters(), func(name string) bool { return slices.Contains(missing, name) }))
			}).Only(change.MissingSeveral)),
		hooked("empty-form-status-400", "Answers 400 to a form without any parameter.", change.Status(http.StatusBadRequest).Only(change.MissingAll)),
		hooked("empty-form-not-named", "Names no parameter where all are missing.", change.ErrorText("The form is empty").Only(change.MissingAll)),
		hooked("empty-form-logs-in", "Issues the first user's tokens for a form without any parameter.", logsIn.Only(change.MissingAll)),
		hooked("company-alone-logs-in", "Issues tokens for a company name alone.",
			logsIn.Only(lackingBoth(reference.ParamUsername, reference.ParamPassword))),
		hooked("username-alone-logs-in", "Issues tokens for a username alone.",
			logsIn.Only(lackingBoth(reference.ParamCompany, reference.ParamPassword))),
	)
}
