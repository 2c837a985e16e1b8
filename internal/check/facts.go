package check

import (
	"math/big"
	"regexp"
	"time"
)

var release = regexp.MustCompile(`^[0-9A-Za-z][-0-9A-Za-z.+_~^@#=:/,;' ()[\]]{0,63}$`)

// Release returns the release_version that a token response tells, where it looks like one; "" where it does not.
func (l *Login) Release() string {
	members, err := l.object()
	if err != nil {
		return ""
	}
	if text, _ := members["release_version"].(string); release.MatchString(text) {
		return text
	}
	return ""
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
