package hostile

import (
	"encoding/json"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

// claims are numbers that no clock and no integer can hold. They are written into the token as they stand here.
func claims() []Misbehaviour {
	with := func(kind reference.Kind, claim, number string) func(*reference.Config) {
		return change.Hooked(change.Claim(claim, json.Number(number), kind))
	}
	const access, refresh = reference.Access, reference.Refresh
	// An access token that outlives its clause outlives the refresh token, too.
	return []Misbehaviour{
		Misbehaviour{Name: "access exp 1e400", Change: with(access, "exp", "1e400")}.violates("TOK-4", "TOK-6"),
		Misbehaviour{Name: "access exp 1e999999999", Change: with(access, "exp", "1e999999999")}.violates("TOK-4", "TOK-6"),
		Misbehaviour{Name: "access exp beyond 2^63", Change: with(access, "exp", "9223372036854775808")}.violates("TOK-4", "TOK-6"),
		Misbehaviour{Name: "access exp beyond 2^64", Change: with(access, "exp", "18446744073709551617")}.violates("TOK-4", "TOK-6"),
		// What has expired before it was issued is neither alive for minutes nor fresh.
		Misbehaviour{Name: "negative access exp", Change: with(access, "exp", "-1656576038")}.violates("TOK-4", "TOK-7"),
		Misbehaviour{Name: "access exp -1e999999999", Change: with(access, "exp", "-1e999999999")}.violates("TOK-4", "TOK-7"),
		Misbehaviour{Name: "access exp 1e-999999999", Change: with(access, "exp", "1e-999999999")}.violates("TOK-4", "TOK-7"),
		Misbehaviour{Name: "refresh exp 1e400", Change: with(refresh, "exp", "1e400")}.conforms(),
		Misbehaviour{Name: "refresh exp 1e999999999", Change: with(refresh, "exp", "1e999999999")}.conforms(),
		Misbehaviour{Name: "refresh exp beyond 2^63", Change: with(refresh, "exp", "9223372036854775808")}.conforms(),
		// A token from the far future would live shorter than not at all.
		Misbehaviour{Name: "access iat 1e400", Change: with(access, "iat", "1e400")}.violates("TOK-4", "TOK-7"),
		Misbehaviour{Name: "user_id 1e999999999", Change: change.Hooked(change.Claim("user_id", json.Number("1e999999999")))}.conforms(),
		Misbehaviour{Name: "user_id of a fraction", Change: change.Hooked(change.Claim("user_id", json.Number("26.5")))}.violates("TOK-3"),
	}
}
