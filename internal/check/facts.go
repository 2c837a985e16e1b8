package check

import (
	"math/big"
	"time"

	"github.com/klearstack/conformance/internal/redact"
)

// Release returns the release_version that a token response tells, fit to be shown; "" where it tells none.
func (l *Login) Release(secrets *redact.Secrets) string {
	members, err := l.object()
	if err != nil {
		return ""
	}
	release, _ := members["release_version"].(string)
	return secrets.Excerpt(release)
}

// Lifetimes returns when the access token says it was issued, and when both tokens say they expire; known tells whether
// they say so, in years that a calendar has.
func (l *Login) Lifetimes() (issued, access, refresh time.Time, known bool) {
	accessToken, err := l.token(Access)
	if err != nil {
		return issued, access, refresh, false
	}
	refreshToken, err := l.token(Refresh)
	if err != nil {
		return issued, access, refresh, false
	}
	issued, one := moment(accessToken.Number("iat"))
	access, other := moment(accessToken.Number("exp"))
	refresh, last := moment(refreshToken.Number("exp"))
	return issued, access, refresh, one && other && last
}

// lastSecond is the end of the year 9999, the last that RFC 3339 can write, in seconds since 1970.
const lastSecond = 253402300799

func moment(seconds *big.Rat, known bool) (time.Time, bool) {
	if !known || seconds.Sign() < 0 || seconds.Cmp(big.NewRat(lastSecond, 1)) > 0 {
		return time.Time{}, false
	}
	whole := new(big.Int).Quo(seconds.Num(), seconds.Denom())
	return time.Unix(whole.Int64(), 0).UTC(), true
}
