package fault

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func claimTypes() []Fault { return slices.Concat(timeClaims(), idClaims(), userClaims()) }

func timeClaims() []Fault {
	return of("TOK-3",
		hooked("iat-absent", "Leaves iat out of both tokens.", change.NoClaim("iat")),
		hooked("iat-absent-from-access-token", "Leaves iat out of the access token.", change.NoClaim("iat", reference.Access)),
		hooked("exp-absent", "Leaves exp out of both tokens.", change.NoClaim("exp")),
		hooked("exp-absent-from-refresh-token", "Leaves exp out of the refresh token.", change.NoClaim("exp", reference.Refresh)),
		hooked("exp-as-text", "Writes exp as a text of digits.", asText("exp", decimal)),
		hooked("exp-null", "Writes an exp of null.", change.Claim("exp", nil)),
		hooked("iat-as-text", "Writes iat as a text of digits.", asText("iat", decimal)),
		hooked("iat-as-date", "Writes iat as a date in ISO 8601.", asText("iat", isoDate)),
		hooked("exp-as-date", "Writes exp as a date in ISO 8601.", asText("exp", isoDate)),
	)
}

func idClaims() []Fault {
	changed := func(made func(string) any) reference.Hooks {
		return change.Claims(func(c jwt.MapClaims) {
			id, _ := c["jti"].(string)
			c["jti"] = made(id)
		})
	}
	return of("TOK-3",
		hooked("jti-absent", "Leaves jti out of both tokens.", change.NoClaim("jti")),
		hooked("jti-one-digit-short", "Issues tokens with a jti of 31 hex digits.", changed(func(id string) any { return id[1:] })),
		hooked("jti-one-digit-long", "Issues tokens with a jti of 33 hex digits.", changed(func(id string) any { return id + "0" })),
		hooked("jti-with-hyphens", "Issues tokens with a jti in the hyphenated form of a UUID.", changed(func(id string) any {
			return strings.Join([]string{id[:8], id[8:12], id[12:16], id[16:20], id[20:]}, "-")
		})),
		hooked("jti-not-hex", "Issues tokens with a jti in letters that are no hex digits.", changed(func(id string) any {
			return strings.Map(func(digit rune) rune { return 'g' + digit%16 }, id)
		})),
		hooked("jti-a-number", "Issues tokens with a jti that is a number.", changed(func(id string) any {
			value, _ := strconv.ParseInt(id[:12], 16, 64) // 12 hex digits always fit
			return value
		})),
	)
}

func userClaims() []Fault {
	return of("TOK-3",
		hooked("user-id-absent", "Leaves user_id out of both tokens.", change.NoClaim("user_id")),
		hooked("user-id-absent-from-refresh-token", "Leaves user_id out of the refresh token.", change.NoClaim("user_id", reference.Refresh)),
		hooked("user-id-a-name", "Writes a name as user_id.", change.Claim("user_id", "qa-user")),
		hooked("user-id-a-uuid", "Writes a UUID as user_id.", change.Claim("user_id", "00000000-0000-4000-8000-000000000026")),
		hooked("user-id-empty", "Writes an empty text as user_id.", change.Claim("user_id", "")),
		hooked("user-id-a-fraction", "Writes a fraction as user_id.", change.Claim("user_id", json.Number("26.5"))),
		hooked("user-id-null", "Writes a user_id of null.", change.Claim("user_id", nil)),
		hooked("user-id-a-boolean", "Writes true as user_id.", change.Claim("user_id", true)),
		hooked("user-id-in-list", "Writes user_id as a list of one number.", change.Claim("user_id", []int{26})),
	)
}

// asText writes a time claim as a text.
func asText(name string, text func(int64) string) reference.Hooks {
	return change.Claims(func(c jwt.MapClaims) { c[name] = text(change.Number(c[name])) })
}

func decimal(seconds int64) string { return strconv.FormatInt(seconds, 10) }

func isoDate(seconds int64) string { return time.Unix(seconds, 0).UTC().Format(time.RFC3339) }
