package fault

import (
	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
)

func tokenType() []Fault {
	return of("TOK-2",
		hooked("tokens-swapped", "Answers with the refresh token as access_token, and the other way round.",
			composing(func(a *reference.Answer) {
				access, refresh := a.Members.Get(reference.MemberAccess), a.Members.Get(reference.MemberRefresh)
				a.Members.Set(reference.MemberAccess, refresh)
				a.Members.Set(reference.MemberRefresh, access)
			}).Only(granted)),
		hooked("access-token-twice", "Answers with the access token as refresh_token too.",
			composing(func(a *reference.Answer) {
				a.Members.Set(reference.MemberRefresh, a.Members.Get(reference.MemberAccess))
			}).Only(granted)),
		hooked("token-types-swapped", "Writes token_type refresh into the access token, and the other way round.",
			claim("token_type", "refresh", reference.Access).Then(claim("token_type", "access", reference.Refresh))),
		hooked("both-typed-access", "Writes token_type access into both tokens.", claim("token_type", "access")),
		hooked("both-typed-refresh", "Writes token_type refresh into both tokens.", claim("token_type", "refresh")),
		hooked("token-type-absent", "Leaves token_type out of both tokens.", noClaim("token_type")),
		hooked("token-type-absent-from-refresh-token", "Leaves token_type out of the refresh token.", noClaim("token_type", reference.Refresh)),
		hooked("token-type-capitalised", "Writes token_type Access into the access token.", claim("token_type", "Access", reference.Access)),
		hooked("token-type-bearer", "Writes token_type bearer into both tokens.", claim("token_type", "bearer")),
		hooked("token-type-in-list", "Writes token_type as a list of one text.",
			claims(func(c jwt.MapClaims) { c["token_type"] = []any{c["token_type"]} })),
		hooked("token-type-by-another-name", "Names the claim typ in place of token_type.",
			claims(func(c jwt.MapClaims) {
				c["typ"] = c["token_type"]
				delete(c, "token_type")
			})),
	)
}
