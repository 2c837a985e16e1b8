// Package redact keeps secrets, and anything else that does no good on a terminal, out of the text that the suite shows.
package redact

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"sort"
	"strings"
	"sync"
)

// mask stands where a secret stood.
const mask = "[redacted]"

// opaque is a run of characters that tokens, signatures and keys are made of, long enough to be one.
var opaque = regexp.MustCompile(`[A-Za-z0-9_+/=-]{40,}|[A-Za-z0-9_+/=-]{8,}(?:\.[A-Za-z0-9_+/=-]{8,}){1,}`)

// Secrets are the texts of a run that must never be shown. It is safe for concurrent use.
type Secrets struct {
	mutex  sync.RWMutex
	masked []string // every spelling, longest first
}

// Add makes the secrets known, as they are and in the spellings in which they travel. Empty ones are ignored.
func (s *Secrets) Add(secrets ...string) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	known := map[string]bool{}
	for _, spelling := range s.masked {
		known[spelling] = true
	}
	for _, secret := range secrets {
		for _, spelling := range spellings(secret) {
			if spelling != "" && !known[spelling] {
				known[spelling] = true
				s.masked = append(s.masked, spelling)
			}
		}
	}
	sort.Slice(s.masked, func(i, j int) bool { return len(s.masked[i]) > len(s.masked[j]) })
}

func spellings(secret string) []string {
	if secret == "" {
		return nil
	}
	quoted, _ := json.Marshal(secret)
	var plain strings.Builder
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(secret)
	return []string{
		secret,
		url.QueryEscape(secret),
		url.PathEscape(secret),
		strings.Trim(string(quoted), `"`),
		strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(plain.String()), `"`), `"`),
		strings.Trim(fmt.Sprintf("%q", secret), `"`),
		strings.Trim(fmt.Sprintf("%+q", secret), `"`),
		base64.StdEncoding.EncodeToString([]byte(secret)),
		base64.RawStdEncoding.EncodeToString([]byte(secret)),
		base64.URLEncoding.EncodeToString([]byte(secret)),
		base64.RawURLEncoding.EncodeToString([]byte(secret)),
	}
}

// Known returns text without the secrets that are known, keeping long runs: for text whose make-up is plain, as a path.
func (s *Secrets) Known(text string) string {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	for _, secret := range s.masked {
		text = strings.ReplaceAll(text, secret, mask)
	}
	return text
}

// Text returns text without the secrets, and without anything long enough and random enough to be one.
func (s *Secrets) Text(text string) string { return opaque.ReplaceAllString(s.Known(text), mask) }

// QuoteAddress is Quote for a URL, whose long path is no secret.
func (s *Secrets) QuoteAddress(address string) string {
	if len(address) > 2*shown {
		address = address[:2*shown]
	}
	return fmt.Sprintf("%q", strings.ToValidUTF8(s.Known(address), "\uFFFD"))
}

const (
	shown  = 160     // bytes of the target's text that a message quotes at most
	read   = 1 << 16 // bytes of it that are looked through for secrets
	margin = 1 << 13 // bytes at the end of those that may hold a part of a secret
)

// Quote returns text from the target fit to stand in a message: redacted, cut, on one line, without control characters.
func (s *Secrets) Quote(text string) string {
	whole := len(text) <= read
	if whole {
		text = s.Text(text)
	} else {
		text = s.Text(text[:read])
		text = text[:max(0, len(text)-margin)]
	}
	if len(text) > shown {
		text, whole = text[:shown], false
	}
	quoted := fmt.Sprintf("%q", strings.ToValidUTF8(text, "\uFFFD"))
	if !whole {
		quoted += "…"
	}
	return quoted
}
