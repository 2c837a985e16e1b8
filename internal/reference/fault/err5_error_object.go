package fault

import (
	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func errorObject() []Fault {
	called := func(name string) reference.Hooks {
		return change.Renamed(reference.MemberError, name).Only(change.Missing)
	}
	// What error says moves to message, so that the parameter is still named.
	holding := func(value any) reference.Hooks {
		return change.Renamed(reference.MemberError, "message").Then(change.Member(reference.MemberError, value)).Only(change.Missing)
	}
	inside := func(wrap func(text any) any) reference.Hooks {
		return change.Composing(func(a *reference.Answer) {
			a.Members.Set(reference.MemberError, wrap(a.Members.Get(reference.MemberError)))
		}).Only(change.Missing)
	}
	return of("ERR-5",
		hooked("error-called-message", "Calls the error message.", called("message")),
		hooked("error-called-detail", "Calls the error detail.", called("detail")),
		hooked("error-capitalised", "Calls the error Error.", called("Error")),
		hooked("error-in-plural", "Calls the error errors.", called("errors")),
		hooked("error-empty", "Leaves error empty and says in another member what is missing.", holding("")),
		hooked("error-null", "Answers an error of null and says in another member what is missing.", holding(nil)),
		hooked("error-a-number", "Answers an error that is a number and says in another member what is missing.", holding(500)),
		hooked("error-a-boolean", "Answers an error of true and says in another member what is missing.", holding(true)),
		hooked("error-an-object", "Answers an error that is an object with the text in it.",
			inside(func(text any) any { return map[string]any{"code": 500, "message": text} })),
		hooked("error-a-list", "Answers an error that is a list with the text in it.", inside(func(text any) any { return []any{text} })),
		hooked("error-body-a-list", "Answers a list that holds the error's object.",
			change.Body(func(text string) string { return "[" + text + "]" }).Only(change.Missing)),
		hooked("error-body-a-text", "Answers the error as a JSON text and not as an object.",
			reference.Hooks{Encoded: func(c *reference.Call, a *reference.Answer) {
				a.Body = []byte(quoted(reference.MissingText(c.Missing)))
			}}.Only(change.Missing)),
		hooked("error-wrapped", "Wraps the error's object in a member response.", wrapped("response").Only(change.Missing)),
	)
}
