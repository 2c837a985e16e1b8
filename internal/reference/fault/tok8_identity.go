package fault

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"github.com/golang-jwt/jwt/v5"

	"github.com/klearstack/conformance/internal/reference"
	"github.com/klearstack/conformance/internal/reference/change"
)

func identity() []Fault {
	return of("TOK-8",
		hooked("user-id-differs-within-pair", "Names another user in the refresh token than in the access token.",
			change.Claims(func(c jwt.MapClaims) { c["user_id"] = change.Number(c["user_id"]) + 1 }, reference.Refresh)),
		hooked("user-id-differs-at-each-login", "Names another user at each login.",
			reference.Hooks{Claimed: func(c *reference.Call, t *reference.Token) { t.Claims["user_id"] = c.User.ID + c.Login }}),
		hooked("pair-shares-jti", "Gives both tokens of a pair the same jti.", sharedJTI()),
		hooked("jti-of-the-user", "Derives jti from user and type, so that it is the same at every login.",
			change.Claims(func(c jwt.MapClaims) { c["jti"] = digest(fmt.Sprint(c["user_id"], c["token_type"])) })),
		hooked("jti-constant", "Gives every token the same jti.", change.Claim("jti", digest(""))),
		remembering("pair-handed-out-twice", "Answers every second login with the tokens of the login before it.",
			pairHandedOutTwice),
		remembering("refresh-token-handed-out-twice", "Answers every second login with the refresh token of the login before it.",
			func() reference.Hooks { return handedOutTwice(reference.MemberRefresh) }),
		hooked("signature-constant", "Writes the same signature under every token.",
			change.Compact(change.Signature(func([]byte) []byte { return make([]byte, 32) })),
			AlsoBroken{"TOK-9", "one signature can't be right for different tokens"}),
	)
}

// sharedJTI derives jti from the login alone.
func sharedJTI() reference.Hooks {
	return reference.Hooks{Claimed: func(c *reference.Call, t *reference.Token) {
		t.Claims["jti"] = digest(fmt.Sprint(c.Number, t.Claims["iat"]))
	}}
}

// digest is 32 hex digits.
func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:16])
}

func pairHandedOutTwice() reference.Hooks {
	return handedOutTwice(reference.MemberAccess, reference.MemberRefresh)
}

// handedOutTwice keeps members of a login for the next one. The next login gets
// them and the one after it fresh ones, so that they never get old.
func handedOutTwice(members ...string) reference.Hooks {
	var mutex sync.Mutex
	kept := map[string]any{}
	return change.Composing(func(a *reference.Answer) {
		mutex.Lock()
		defer mutex.Unlock()
		for _, member := range members {
			if token, found := kept[member]; found {
				a.Members.Set(member, token)
				delete(kept, member)
				continue
			}
			kept[member] = a.Members.Get(member)
		}
	}).Only(change.Granted)
}
