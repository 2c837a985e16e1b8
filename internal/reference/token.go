package reference

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Kind is the value of the claim token_type (TOK-2).
type Kind string

// The two tokens of a pair.
const (
	Access  Kind = "access"
	Refresh Kind = "refresh"
)

// jtiBytes are 32 hex digits, as SimpleJWT makes them (TOK-3).
const jtiBytes = 16

// Token is one token while it is made.
type Token struct {
	// Kind is the member that the token is meant for.
	Kind Kind
	// Header is the JOSE header: typ and alg (TOK-1).
	Header map[string]any
	// Claims are token_type, exp, iat, jti and user_id; times are whole seconds since 1970.
	Claims jwt.MapClaims
	// Method and Key sign it. Key is []byte for HS256.
	Method jwt.SigningMethod
	Key    any
	// Compact is the JWS in compact form, once signed (RFC 7515 §7.1).
	Compact string
}

// Pair is what a login earns: two tokens in compact form.
type Pair struct{ Access, Refresh string }

// mint makes both tokens of one user. The error tells that a hook left something that can't be signed.
func (s *Server) mint(call *Call, user User) (Pair, error) {
	now := s.config.Now()
	access, err := s.sign(call, newToken(Access, user, now, s.config.AccessLifetime, s.config.Key))
	if err != nil {
		return Pair{}, err
	}
	refresh, err := s.sign(call, newToken(Refresh, user, now, s.config.RefreshLifetime, s.config.Key))
	return Pair{Access: access, Refresh: refresh}, err
}

func newToken(kind Kind, user User, now time.Time, lifetime time.Duration, key []byte) *Token {
	id := make([]byte, jtiBytes)
	_, _ = rand.Read(id) // never fails
	return &Token{
		Kind:   kind,
		Header: map[string]any{"typ": "JWT", "alg": jwt.SigningMethodHS256.Alg()},
		Claims: jwt.MapClaims{
			"token_type": string(kind),
			"exp":        now.Unix() + int64(lifetime/time.Second),
			"iat":        now.Unix(),
			"jti":        hex.EncodeToString(id),
			"user_id":    user.ID,
		},
		Method: jwt.SigningMethodHS256,
		Key:    key,
	}
}

func (s *Server) sign(call *Call, token *Token) (string, error) {
	if hook := s.config.Hooks.Claimed; hook != nil {
		hook(call, token)
	}
	unsigned := jwt.Token{Header: token.Header, Claims: token.Claims, Method: token.Method}
	compact, err := unsigned.SignedString(token.Key)
	if err != nil {
		return "", fmt.Errorf("the %s token cannot be signed: %w", token.Kind, err)
	}
	token.Compact = compact
	if hook := s.config.Hooks.Signed; hook != nil {
		hook(call, token)
	}
	return token.Compact, nil
}
