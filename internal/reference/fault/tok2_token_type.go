package fault

import (
	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func tokenType() []Fault {
	return of("TOK-2",
		hooked("tokens-swapped", "Answers with the refresh token as access_token, and the other way round.",
			change.Composing(func(a *reference.Answer) {
				access, refresh := a.Members.Get(reference.MemberAccess), a.Members.Get(reference.MemberRefresh)
				a.Members.Set(reference.MemberAccess, refresh)
				a.Members.Set(reference.MemberRefresh, access)
			}).Only(change.Granted)),
		hooked("access-token-twice", "Answers with the access token as refresh_token too.",
			change.Composing(func(a *reference.Answer) {
				a.Members.Set(reference.MemberRefresh, a.Members.Get(reference.MemberAccess))
			}).Only(change.Granted)),
		hooked("token-types-swapped", "Writes token_type refresh into the access token, and the other way round.",
			change.Claim("token_type", "refresh", reference.Access).Then(change.Claim("token_type", "access", reference.Refresh))),
		hooked("both-typed-access", "Writes token_type access into both tokens.", change.Claim("token_type", "access")),
		hooked("both-typed-refresh", "Writes token_type refresh into both tokens.", change.Claim("token_type", "refresh")),
		hooked("token-type-absent", "Leaves token_type out of both tokens.", change.NoClaim("token_type")),
		hooked("token-type-absent-from-refresh-token", "Leaves token_type out of the refresh token.", change.NoClaim("token_type", reference.Refresh)),
		hooked("token-type-capitalised", "Writes token_type Access into the access token.", change.Claim("token_type", "Access", reference.Access)),
		hooked("token-type-bearer", "Writes token_type bearer into both tokens.", change.Claim("token_type", "bearer")),
		hooked("token-type-in-list", "Writes token_type as a list of one text.",
			change.Claims(func(c jwt.MapClaims) { c["token_type"] = []any{c["token_type"]} })),
		hooked("token-type-by-another-name", "Names the claim typ in place of token_type.",
			change.Claims(func(c jwt.MapClaims) {
				c["typ"] = c["token_type"]
				delete(c, "token_type")
			})),
	)
}
