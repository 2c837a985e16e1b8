package fault

import (
	"net/http"
	"strings"

	"github.com/klearstack/conformance/internal/reference"
)

func wrongPasswords() []Fault {
	refusal := because(wrongPassword)
	fitting := func(fits func(sent, held string) bool) reference.Hooks {
		return accepting(reference.ParamPassword, fits).Only(refusal)
	}
	// How much of a password crypt(3) compared.
	const compared = 8
	return of("REF-1",
		hooked("any-password-accepted", "Issues tokens for any password.", fitting(anything)),
		hooked("any-password-accepted-in-multipart", "Issues tokens for any password in a multipart form.",
			fitting(anything).Only(multipart)),
		hooked("any-password-accepted-in-urlencoded", "Issues tokens for any password in a urlencoded form.",
			fitting(anything).Only(urlencoded)),
		hooked("password-in-any-case", "Compares passwords without regard to case.", fitting(strings.EqualFold)),
		hooked("password-without-last-character", "Compares all of a password but its last character.",
			fitting(func(sent, held string) bool {
				return len(sent) == len(held) && sent[:len(sent)-1] == held[:len(held)-1]
			})),
		hooked("password-by-its-beginning", "Compares the first eight bytes of passwords.",
			fitting(func(sent, held string) bool {
				return len(sent) >= compared && len(held) >= compared && sent[:compared] == held[:compared]
			})),
		hooked("wrong-password-status-200", "Answers 200 with an error to a wrong password.", status(http.StatusOK).Only(refusal)),
		hooked("wrong-password-with-null-tokens", "Answers 200 with tokens of null to a wrong password.", nullTokens().Only(refusal)),
	)
}
