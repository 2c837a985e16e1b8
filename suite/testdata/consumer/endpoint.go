// Package tokens is a token endpoint that knows nothing of the suite. Its test asks the suite whether it keeps the
// contract.
package tokens

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"
)

// Endpoint issues tokens to one user.
type Endpoint struct {
	Username, Password, CompanyName string
	Key                             []byte        // signs the tokens with HS256
	AccessLifetime                  time.Duration // of access tokens
}

// ServeHTTP implements [http.Handler].
func (e Endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path != "/access/klearstack/get_access_token":
		refuse(w, http.StatusNotFound, "there is nothing here")
		return
	case r.Method != http.MethodPost:
		refuse(w, http.StatusMethodNotAllowed, "only POST gets tokens")
		return
	}
	const limit = 1 << 20
	if err := r.ParseMultipartForm(limit); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		refuse(w, http.StatusBadRequest, "the form can't be read")
		return
	}
	var missing []string
	for _, name := range []string{"username", "company_name", "password"} {
		if !r.PostForm.Has(name) {
			missing = append(missing, name)
		}
	}
	switch {
	case len(missing) > 0:
		refuse(w, http.StatusInternalServerError, "required: "+strings.Join(missing, ", "))
	case r.PostForm.Get("username") != e.Username, r.PostForm.Get("company_name") != e.CompanyName, r.PostForm.Get("password") != e.Password:
		refuse(w, http.StatusUnauthorized, "unknown login")
	default:
		answer(w, http.StatusOK, map[string]string{
			"access_token":    e.token("access", e.AccessLifetime),
			"refresh_token":   e.token("refresh", 30*24*time.Hour),
			"release_version": "1.0.0",
		})
	}
}

// token returns a JWT of a kind.
func (e Endpoint) token(kind string, lifetime time.Duration) string {
	id := make([]byte, 16)
	_, _ = rand.Read(id) // it never fails
	now := time.Now()
	signed := segment(map[string]string{"typ": "JWT", "alg": "HS256"}) + "." + segment(map[string]any{
		"token_type": kind, "iat": now.Unix(), "exp": now.Add(lifetime).Unix(), "jti": hex.EncodeToString(id), "user_id": 1,
	})
	mac := hmac.New(sha256.New, e.Key)
	mac.Write([]byte(signed))
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func segment(value any) string {
	text, _ := json.Marshal(value) // maps of texts and numbers can always be written
	return base64.RawURLEncoding.EncodeToString(text)
}

func refuse(w http.ResponseWriter, status int, reason string) {
	answer(w, status, map[string]string{"error": reason})
}

func answer(w http.ResponseWriter, status int, body map[string]string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // a client that is gone needs no answer
}
