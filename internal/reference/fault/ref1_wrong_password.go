package fault

import (
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func wrongPasswords() []Fault {
	refusal := change.Because(change.WrongPassword)
	fitting := func(fits func(sent, held string) bool) reference.Hooks {
		return change.Accepting(reference.ParamPassword, fits).Only(refusal)
	}
	// How much of a password crypt(3) compared.
	const compared = 8
	return of("REF-1",
		hooked("any-password-accepted", "Issues tokens for any password.", fitting(change.Anything)),
		hooked("any-password-accepted-in-multipart", "Issues tokens for any password in a multipart form.",
			fitting(change.Anything).Only(change.Multipart)),
		hooked("any-password-accepted-in-urlencoded", "Issues tokens for any password in a urlencoded form.",
			fitting(change.Anything).Only(change.Urlencoded)),
		hooked("password-in-any-case", "Compares passwords without regard to case.", fitting(strings.EqualFold)),
		hooked("password-without-last-character", "Compares all of a password but its last character.",
			fitting(func(sent, held string) bool {
				return len(sent) == len(held) && sent[:len(sent)-1] == held[:len(held)-1]
			})),
		hooked("password-by-its-beginning", "Compares the first eight bytes of passwords.",
			fitting(func(sent, held string) bool {
				return len(sent) >= compared && len(held) >= compared && sent[:compared] == held[:compared]
			})),
		hooked("wrong-password-status-200", "Answers 200 with an error to a wrong password.", change.Status(http.StatusOK).Only(refusal)),
		hooked("wrong-password-with-null-tokens", "Answers 200 with tokens of null to a wrong password.", nullTokens().Only(refusal)),
	)
}
