package check

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/token"
)

// Pair judges that both tokens of a login name the same user and differ in id and signature (TOK-8).
func (j *Judge) Pair(l *Login) error {
	if err := j.Identified(l); err != nil {
		return err
	}
	access, err := l.typed(Access)
	if err != nil {
		return err
	}
	refresh := l.tokens[Refresh] // typed, too, or the access token would not be
	accessUser, hasAccessUser := access.User()
	refreshUser, hasRefreshUser := refresh.User()
	if hasAccessUser && hasRefreshUser && accessUser != refreshUser {
		return &outcome.Violation{
			Expected: "both tokens to name the same user",
			Got: fmt.Sprintf("user_id %s in the access token and %s in the refresh token",
				j.Secrets.Quote(accessUser), j.Secrets.Quote(refreshUser)),
		}
	}
	if id, ok := sameID(access, refresh); ok {
		return &outcome.Violation{Expected: "each token to have a jti of its own", Got: "jti " + j.Secrets.Quote(id) + " in both tokens"}
	}
	if access.Signature == refresh.Signature {
		return &outcome.Violation{Expected: "each token to have a signature of its own", Got: "one signature on both tokens"}
	}
	return nil
}

func sameID(one, other *token.Token) (string, bool) {
	id, ok := one.Claims["jti"].(string)
	otherID, otherOK := other.Claims["jti"].(string)
	return id, ok && otherOK && strings.EqualFold(id, otherID)
}

// Distinct judges that two logins name the same user and that no token of the one shares an id or a signature with a
// token of the other (TOK-8).
func (j *Judge) Distinct(one, other *Login) error {
	for _, kind := range []Kind{Access, Refresh} {
		for _, otherKind := range []Kind{Access, Refresh} {
			first, second := one.tokens[kind], other.tokens[otherKind]
			if first == nil || second == nil {
				continue
			}
			logins := fmt.Sprintf("two logins: %s and %s", one.Request.Name, other.Request.Name)
			user, known := first.User()
			otherUser, otherKnown := second.User()
			if kind == otherKind && known && otherKnown && user != otherUser {
				return &outcome.Violation{
					Expected: "every login to name the same user",
					Got: fmt.Sprintf("user_id %s and %s in the %s tokens of %s",
						j.Secrets.Quote(user), j.Secrets.Quote(otherUser), kind, logins),
				}
			}
			if kind == otherKind && first.Signature == second.Signature && reflect.DeepEqual(first.Claims, second.Claims) {
				return &outcome.Violation{
					Expected: "every login to get tokens of its own",
					Got:      fmt.Sprintf("the same %s token, %s apart, in response to %s", kind, span(one.Received.Sub(other.Received)), logins),
					Hint:     cmp.Or(j.cached(one.Exchange), j.cached(other.Exchange), "is the response cached?"),
				}
			}
			if id, same := sameID(first, second); same {
				return &outcome.Violation{
					Expected: "every token of a run to have a jti of its own",
					Got:      fmt.Sprintf("jti %s in tokens of %s", j.Secrets.Quote(id), logins),
				}
			}
			if first.Signature == second.Signature {
				return &outcome.Violation{
					Expected: "every token of a run to have a signature of its own",
					Got:      "one signature on tokens of " + logins,
				}
			}
		}
	}
	return nil
}

// Identified is nil where both tokens of the login can be compared with those of another (TOK-8).
func (j *Judge) Identified(l *Login) error {
	for _, kind := range []Kind{Access, Refresh} {
		parsed, err := l.token(kind)
		if err != nil {
			return err
		}
		if _, ok := parsed.Claims["jti"].(string); !ok {
			return &outcome.Unjudged{By: "TOK-3", Reason: fmt.Sprintf("the %s token has no jti", kind)}
		}
	}
	return nil
}

// SameUser tells whether two logins name the same user in each of their tokens (TOK-8).
func (j *Judge) SameUser(one, other *Login) bool {
	for _, kind := range []Kind{Access, Refresh} {
		if one.tokens[kind] == nil || other.tokens[kind] == nil {
			continue
		}
		user, known := one.tokens[kind].User()
		otherUser, otherKnown := other.tokens[kind].User()
		if known && otherKnown && user != otherUser {
			return false
		}
	}
	return true
}
