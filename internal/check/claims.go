package check

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/klearstack/conformance/internal/outcome"
	"github.com/klearstack/conformance/internal/schema"
)

// TokenForm judges that a token is a signed JWT in compact form (TOK-1).
func (j *Judge) TokenForm(kind Kind) LoginCheck {
	return func(l *Login) error {
		_, err := l.token(kind)
		var blocked *outcome.Unjudged
		if errors.As(err, &blocked) && blocked.By == "TOK-1" {
			return &outcome.Violation{
				Expected: fmt.Sprintf("the %s token to be a JWT signed with HS256, in JWS Compact Serialization", kind),
				Got:      strings.Replace(blocked.Reason, fmt.Sprintf("the %s token ", kind), "one that ", 1),
			}
		}
		return err
	}
}

// LoginCheck judges the answer to a valid login.
type LoginCheck func(*Login) error

// TokenType judges a token's `token_type` (TOK-2).
func (j *Judge) TokenType(kind Kind, want string) LoginCheck {
	return func(l *Login) error {
		parsed, err := l.token(kind)
		if err != nil {
			return err
		}
		if parsed.Claims["token_type"] == want {
			return nil
		}
		got := "token_type " + j.claim(parsed.Claims, "token_type")
		if _, claimed := parsed.Claims["token_type"]; !claimed {
			got = "no token_type; the token has " + j.names(parsed.Claims)
		}
		return &outcome.Violation{Expected: fmt.Sprintf("token_type %q in the %s token", want, kind), Got: got}
	}
}

// Claims judges that a token has its claims, each of its type (TOK-3). `token_type` is not among them.
func (j *Judge) Claims(kind Kind) LoginCheck {
	return func(l *Login) error {
		parsed, err := l.token(kind)
		if err != nil {
			return err
		}
		validate := j.Schemas.AccessClaims
		if kind == Refresh {
			validate = j.Schemas.RefreshClaims
		}
		return j.defects(fmt.Sprintf("the %s token", kind), parsed.Claims, slices.DeleteFunc(validate(parsed.Claims),
			func(defect schema.Defect) bool { return defect.Member == "token_type" }))
	}
}

// Lifetime judges how long a token is valid, from `iat` to `exp`, or from the response on where there is no `iat` (TOK-4,
// TOK-5, ADV-4). A bound of zero is none.
func (j *Judge) Lifetime(kind Kind, least, most time.Duration) LoginCheck {
	return func(l *Login) error {
		exp, err := l.expiry(kind)
		if err != nil {
			return err
		}
		shortest, longest := new(big.Rat), new(big.Rat)
		since := "iat"
		if iat, ok := l.tokens[kind].Number("iat"); ok {
			shortest.Sub(exp, iat)
			longest.Set(shortest)
		} else {
			from, to, told := l.window()
			since = told
			shortest.Sub(exp, seconds(to.Add(j.Tolerance)))
			longest.Sub(exp, seconds(from.Add(-j.Tolerance)))
		}
		if longest.Cmp(duration(least)) >= 0 && (most == 0 || shortest.Cmp(duration(most)) <= 0) {
			return nil
		}
		hint := unitHint("exp", exp)
		if hint == "" {
			hint = lifetimeHint(shortest, least, most)
		}
		return &outcome.Violation{
			Expected: fmt.Sprintf("the %s token to be valid for %s", kind, bounds(least, most)),
			Got:      fmt.Sprintf("%s from %s to exp", length(shortest), since),
			Hint:     hint,
		}
	}
}

func bounds(least, most time.Duration) string {
	switch {
	case most == 0:
		return "at least " + limit(least)
	case least == 0:
		return "at most " + limit(most)
	default:
		return limit(least) + " to " + limit(most)
	}
}

// ExpiresFirst judges that the access token expires before the refresh token (TOK-6).
func (j *Judge) ExpiresFirst(l *Login) error {
	access, err := l.expiry(Access)
	if err != nil {
		return err
	}
	refresh, err := l.expiry(Refresh)
	if err != nil {
		return err
	}
	if access.Cmp(refresh) < 0 {
		return nil
	}
	_, now, _ := l.window()
	got := fmt.Sprintf("exp %s in both", clock(access, now))
	if later := new(big.Rat).Sub(access, refresh); later.Sign() > 0 {
		got = fmt.Sprintf("exp %s in the access token and %s in the refresh token, %s earlier", clock(access, now), clock(refresh, now), length(later))
	}
	return &outcome.Violation{Expected: "the access token to expire before the refresh token", Got: got}
}

// Fresh judges that a token is issued now and not yet expired (TOK-7).
func (j *Judge) Fresh(kind Kind) LoginCheck {
	return func(l *Login) error {
		parsed, err := l.token(kind)
		if err != nil {
			return err
		}
		from, to, told := l.window()
		earliest, latest := seconds(from.Add(-j.Tolerance)), seconds(to.Add(j.Tolerance))
		now := to.Add(-time.Second)
		iat, issued := parsed.Number("iat")
		if issued && (iat.Cmp(earliest) < 0 || iat.Cmp(latest) > 0) {
			return &outcome.Violation{
				Expected: fmt.Sprintf("iat of the %s token within %s of %s, %s", kind, limit(j.Tolerance), told, now.UTC().Format(time.TimeOnly+"Z")),
				Got:      "iat " + apart(iat, now),
				Hint:     j.timeHint(l, "iat", iat, now),
			}
		}
		exp, expires := parsed.Number("exp")
		if expires && exp.Cmp(earliest) < 0 {
			return &outcome.Violation{
				Expected: fmt.Sprintf("exp of the %s token after %s, %s, or less than %s before it", kind, told, now.UTC().Format(time.TimeOnly+"Z"), limit(j.Tolerance)),
				Got:      "exp " + apart(exp, now),
				Hint:     j.timeHint(l, "exp", exp, now),
			}
		}
		if !issued && !expires {
			return &outcome.Unjudged{By: "TOK-3", Reason: fmt.Sprintf("the %s token has neither a numeric iat nor a numeric exp", kind)}
		}
		return nil
	}
}

// Signature judges that a token's signature verifies (TOK-9).
func (j *Judge) Signature(kind Kind) LoginCheck {
	return func(l *Login) error {
		parsed, err := l.token(kind)
		if err != nil {
			return err
		}
		if err := parsed.Verify(j.Key); err != nil {
			return &outcome.Violation{
				Expected: "the signature to verify with the key in KLEARSTACK_JWT_KEY",
				Got:      fmt.Sprintf("the %s token, which %s", kind, err),
				Hint:     j.notVerified(parsed),
			}
		}
		return nil
	}
}

// UserIsNumber judges that `user_id` is a number in both tokens (ADV-9).
func (j *Judge) UserIsNumber(l *Login) error {
	for _, kind := range []Kind{Access, Refresh} {
		parsed, err := l.token(kind)
		if err != nil {
			return err
		}
		switch id := parsed.Claims["user_id"].(type) {
		case json.Number:
		case string:
			if id == "" || strings.Trim(id, "0123456789") != "" {
				return &outcome.Unjudged{By: "TOK-3", Reason: fmt.Sprintf("user_id of the %s token is not a string of digits", kind)}
			}
			return &outcome.Violation{
				Expected: fmt.Sprintf("user_id to be a number in the %s token", kind),
				Got:      "user_id " + j.Secrets.Quote(id) + ", a string",
			}
		default:
			return &outcome.Unjudged{By: "TOK-3", Reason: fmt.Sprintf("user_id of the %s token is neither a number nor a string", kind)}
		}
	}
	return nil
}

// NoPassword judges that neither the claims nor the token response hold the password (TOK-10).
func (j *Judge) NoPassword(l *Login) error {
	if l.documentErr != nil {
		return l.documentErr
	}
	sought := soughtIn(l.Request)
	var unread error
	for _, kind := range []Kind{Access, Refresh} { // before the response, which holds them
		parsed, err := l.token(kind)
		if err != nil {
			unread = err
			continue
		}
		if where := sought.inValue(parsed.Claims); where != "" {
			return &outcome.Violation{
				Expected: fmt.Sprintf("no password in the claims of the %s token", kind),
				Got:      "the password in " + j.Secrets.Quote(where),
			}
		}
	}
	if where := cmp.Or(sought.inHeader(l.Header), sought.inValue(l.document)); where != "" {
		return &outcome.Violation{Expected: "no password in the token response", Got: "the password in " + j.Secrets.Quote(where)}
	}
	return unread
}

// claim shows a claim's value.
func (j *Judge) claim(claims map[string]any, name string) string {
	if text, ok := claims[name].(string); ok {
		return j.Secrets.Quote(text)
	}
	text, _ := json.Marshal(claims[name]) // it was decoded
	return j.Secrets.Body(string(text))
}

func seconds(t time.Time) *big.Rat { return big.NewRat(t.UnixMilli(), 1000) }

func duration(d time.Duration) *big.Rat { return big.NewRat(d.Milliseconds(), 1000) }

// show writes a number of seconds.
func show(number *big.Rat) string {
	text := trimmed(number.FloatString(3))
	if len(text) > 24 {
		return text[:8] + fmt.Sprintf("… (%d digits) s", len(text))
	}
	return text + " s"
}
