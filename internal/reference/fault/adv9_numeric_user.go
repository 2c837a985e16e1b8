package fault

import (
	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
)

func numericUser() []Fault {
	inDigits := func(c jwt.MapClaims) { c["user_id"] = decimal(number(c["user_id"])) }
	return of("ADV-9",
		hooked("user-id-a-text", "Writes user_id as a text of digits.", claims(inDigits)),
		hooked("user-id-a-text-in-refresh-token", "Writes user_id as a text of digits in the refresh token.",
			claims(inDigits, reference.Refresh)),
	)
}
