package result

import "time"

// Lifetimes are the times that the tokens of one login name: `iat` of the access token, and `exp` of both (RFC 7519,
// section 4.1).
type Lifetimes struct {
	Issued         time.Time `json:"issued"`
	AccessExpires  time.Time `json:"access_expires"`
	RefreshExpires time.Time `json:"refresh_expires"`
}
