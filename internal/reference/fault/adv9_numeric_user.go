package fault

import (
	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func numericUser() []Fault {
	inDigits := func(c jwt.MapClaims) { c["user_id"] = decimal(change.Number(c["user_id"])) }
	return of("ADV-9",
		hooked("user-id-a-text", "Writes user_id as a text of digits.", change.Claims(inDigits)),
		hooked("user-id-a-text-in-refresh-token", "Writes user_id as a text of digits in the refresh token.",
			change.Claims(inDigits, reference.Refresh)),
	)
}
